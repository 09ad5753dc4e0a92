import { hash47, hash52 } from '../../lib/hash'
import { isPlain, memoize } from '../../lib/memoize'
import { dictionaryEntry } from '../../storage/dictionaryEntry'
import type { DictionaryEntry } from '../../storage/dictionaryName'
import type { FactRow, IdentityLink } from '../../storage/factRow'
import type { SiteConfig } from '../../storage/siteConfig'
import { deviceOf, namedDeviceOf } from '../enrich/device'
import { sourceOf } from '../enrich/source'
import type { Identity } from '../identity/identifyVisitor'
import type { IncomingEvent } from '../parse/incomingEvent'
import { hasQuery, isHostOf, pageEntry, pageEntryWith } from '../parse/page'

/** Parts of an id, 52 bits in all: the first orders events of one time, the second tells equal ones apart. */
const CONTENTS = 2 ** 24
const COPIES = 2 ** 28

const isOwn = (host: string, own: string | undefined, { domain, settings }: SiteConfig): boolean =>
  host === own || isHostOf(host, domain, settings.hostnames)

/** By site with its present settings, the sources of hosts and referrers. */
const sourcesBySite = new WeakMap<SiteConfig, Map<string, DictionaryEntry | null>>()

/** Most visitors come from the same few sources. Their length bounds the memory. */
const MOST_SOURCES = 200
const LONGEST_SOURCE = 300

const makeSourceEntry = ({ url, referrer }: IncomingEvent, site: SiteConfig): DictionaryEntry | null => {
  const source = sourceOf(url, referrer, host => isOwn(host, url?.hostname, site))
  return source && dictionaryEntry('sources', source)
}

const sourceEntry = (event: IncomingEvent, site: SiteConfig): DictionaryEntry | null => {
  const { url, referrer } = event
  const key = `${url && pageEntry(url)[0]}\n${referrer}`
  if (key.length > LONGEST_SOURCE || (url && hasQuery(url)) || !isPlain(referrer)) return makeSourceEntry(event, site)
  const made = sourcesBySite.get(site) ?? new Map<string, DictionaryEntry | null>()
  sourcesBySite.set(site, made)
  const known = made.get(key)
  if (known !== undefined) return known
  if (made.size >= MOST_SOURCES) made.clear()
  const entry = makeSourceEntry(event, site)
  made.set(key, entry)
  return entry
}

/** Languages of one User-Agent. */
const MOST_LANGUAGES = 20

/** By User-Agent and then by language: a string that is joined again must be hashed again to be found. */
const devices = (hasGpc: boolean) =>
  memoize((userAgent: string) =>
    memoize((acceptLanguage: string): DictionaryEntry | null => {
      const entry = dictionaryEntry('devices', deviceOf(userAgent, acceptLanguage, hasGpc))
      return entry.some(value => value !== '') ? entry : null
    }, MOST_LANGUAGES),
  )
const devicesWithoutGpc = devices(false)
const devicesWithGpc = devices(true)

/** By what a server named, as JSON: events of an imported history have the same few hundred. */
const namedDevices = memoize((named: string): DictionaryEntry => {
  const [userAgent, acceptLanguage, machine] = JSON.parse(named)
  return dictionaryEntry('devices', namedDeviceOf(userAgent, acceptLanguage, machine))
})

const deviceEntry = ({ userAgent, acceptLanguage, machine, hasGpc }: IncomingEvent): DictionaryEntry | null =>
  machine === null
    ? (hasGpc ? devicesWithGpc : devicesWithoutGpc)(userAgent ?? '')(acceptLanguage)
    : namedDevices(JSON.stringify([userAgent ?? '', acceptLanguage, machine]))

/**
 * The id of an event: the browser's own, else a hash of the content, so that events of one time are ordered by content
 * and not by arrival. The hash is below 0, where no browser's id can be: a browser that guesses it must not replace what a
 * server sends.
 */
const factId = (event: IncomingEvent, visitor: number): number => {
  if (event.recordId !== null) return event.recordId
  const { name, time, url, referrer, userAgent, place, sentId, parameters, seen, sender } = event
  // A visitor's number differs from site to site and, without an id, from import to import of the same file, so it has a
  // part in the order only where nothing else has.
  const who = sender.visitorId ?? sender.userId ?? (sentId === '' ? visitor : '')
  const content = JSON.stringify([who, name, time, url, referrer, userAgent, place, sentId, parameters, seen])
  if (sentId !== '') return -1 - hash47(content)
  const random = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  return (hash52(content) % CONTENTS) * COPIES + (random % COPIES)
}

/** Enriches an event of a visitor. */
export const factRowOf = (event: IncomingEvent, identity: Identity, site: SiteConfig): FactRow => {
  const { parameters, name, sentId } = event
  const id = factId(event, identity.visitor)
  const base = {
    visitor: identity.visitor,
    previous: identity.previous,
    next: identity.next,
    id,
    time: event.time,
    page: event.url && pageEntryWith(event.url, site.settings.kept_parameters),
    source: sourceEntry(event, site),
    place: event.place.some(value => value !== '') ? event.place : null,
    device: deviceEntry(event),
    browser: event.recordId !== null,
    client: event.client,
    late: event.late,
    sentId: sentId === '' ? String(id) : sentId,
    key: sentId === '' ? null : hash52(sentId),
    sentVisitor: sentId === '' && parameters.transactionId === null ? '' : (event.sender.visitorId ?? ''),
  }
  if (name === 'page_view') {
    const page = base.page ?? ['', '']
    return {
      ...base,
      kind: 'view',
      page,
      seen: event.seen,
      depth: event.depth,
      clicks: event.clicks,
      vitals: event.vitals,
    }
  }
  return { ...base, kind: 'event', name, ...parameters }
}

/** The link between the sender's visitor and the user it named, `null` unless it named both. */
export const identityLinkOf = ({ time }: IncomingEvent, { visitor, known, dayStart }: Identity): IdentityLink | null =>
  known === null ? null : { visitor: known, user: visitor, since: time, dayStart }
