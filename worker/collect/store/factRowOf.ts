import { hash47, hash52 } from '../../lib/hash'
import { isPlain, memoize } from '../../lib/memoize'
import { dictionaryEntry } from '../../storage/dictionaryEntry'
import type { DictionaryEntry } from '../../storage/dictionaryName'
import type { FactRow, IdentityLink } from '../../storage/factRow'
import type { Site } from '../../storage/sites'
import { deviceOf } from '../enrich/device'
import { sourceOf } from '../enrich/source'
import type { Identity } from '../identity/identifyVisitor'
import type { IncomingEvent } from '../parse/incomingEvent'
import { hasQuery, isHostOf, pageTexts } from '../parse/page'

/** Parts of an id, 52 bits in all: the first puts facts of one time in order, the second tells equal ones apart. */
const CONTENTS = 2 ** 24
const COPIES = 2 ** 28

const isOwn = (host: string, own: string | undefined, { domain, settings }: Site): boolean =>
  host === own || isHostOf(host, domain, settings.hostnames)

/** By site, as it is now, what was made of pages' hosts and of referrers. */
const madeOf = new WeakMap<Site, Map<string, DictionaryEntry | null>>()

/** Many come from the same few places; what bounds this isolate's memory is how long they are. */
const MOST_SOURCES = 200
const LONGEST_SOURCE = 300

const sourceMadeOf = ({ url, referrer }: IncomingEvent, site: Site): DictionaryEntry | null => {
  const source = sourceOf(url, referrer, host => isOwn(host, url?.hostname, site))
  return source && dictionaryEntry('sources', source)
}

const sourceTexts = (occurrence: IncomingEvent, site: Site): DictionaryEntry | null => {
  const { url, referrer } = occurrence
  const key = `${url && pageTexts(url)[0]}\n${referrer}`
  if (key.length > LONGEST_SOURCE || (url && hasQuery(url)) || !isPlain(referrer)) return sourceMadeOf(occurrence, site)
  const made = madeOf.get(site) ?? new Map<string, DictionaryEntry | null>()
  madeOf.set(site, made)
  const known = made.get(key)
  if (known !== undefined) return known
  if (made.size >= MOST_SOURCES) made.clear()
  const texts = sourceMadeOf(occurrence, site)
  made.set(key, texts)
  return texts
}

/** Languages of one User-Agent. */
const MOST_LANGUAGES = 20

/** By User-Agent and then by language: a text that is put together anew has to be read whole to be found. */
const devicesOf = memoize((userAgent: string) =>
  memoize((acceptLanguage: string): DictionaryEntry | null => {
    const texts = dictionaryEntry('devices', deviceOf(userAgent, acceptLanguage))
    return texts.some(text => text !== '') ? texts : null
  }, MOST_LANGUAGES),
)

const deviceTexts = ({ userAgent, acceptLanguage }: IncomingEvent): DictionaryEntry | null =>
  devicesOf(userAgent ?? '')(acceptLanguage)

/**
 * The id of a fact: the browser's own; else a hash of what the fact says, so that the order of facts of
 * one time is that of their contents and not of their arrival. It is below 0, where no browser's can be: a browser
 * that guesses it must not take the place of what a server sends.
 */
const factId = (occurrence: IncomingEvent, visitor: number): number => {
  if (occurrence.recordId !== null) return occurrence.recordId
  const { name, time, url, referrer, userAgent, place, sentId, parameters, seen, sender } = occurrence
  // A visitor's number differs from site to site, so it has a part in the order only where nothing else has.
  const who = sender.visitorId ?? sender.userId ?? visitor
  const content = JSON.stringify([who, name, time, url, referrer, userAgent, place, sentId, parameters, seen])
  if (sentId !== '') return -1 - hash47(content)
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  return (hash52(content) % CONTENTS) * COPIES + (random % COPIES)
}

/** Enriches an occurrence and gives it to its visitor. */
export const factRowOf = (occurrence: IncomingEvent, identity: Identity, site: Site): FactRow => {
  const { parameters, name, sentId } = occurrence
  const id = factId(occurrence, identity.visitor)
  const base = {
    visitor: identity.visitor,
    previous: identity.previous,
    next: identity.next,
    id,
    time: occurrence.time,
    page: occurrence.url && pageTexts(occurrence.url),
    source: sourceTexts(occurrence, site),
    place: occurrence.place.some(text => text !== '') ? occurrence.place : null,
    device: deviceTexts(occurrence),
    browser: occurrence.recordId !== null,
    client: occurrence.client,
    late: occurrence.late,
    sentId: sentId === '' ? String(id) : sentId,
    key: sentId === '' ? null : hash52(sentId),
    sentVisitor: sentId === '' && parameters.transactionId === null ? '' : (occurrence.sender.visitorId ?? ''),
  }
  if (name === 'page_view') {
    const page = base.page ?? ['', '']
    return { ...base, kind: 'view', page, seen: occurrence.seen, depth: occurrence.depth, clicks: occurrence.clicks }
  }
  return { ...base, kind: 'event', name, ...parameters }
}

/** That the sender's visitor is the user it named, if it named one besides. */
export const identityLinkOf = ({ time }: IncomingEvent, { visitor, known, dayStart }: Identity): IdentityLink | null =>
  known === null ? null : { visitor: known, user: visitor, since: time, dayStart }
