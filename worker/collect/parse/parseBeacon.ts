import { LIMITS } from '../../../shared/limits'
import type { Beacon } from '../../../shared/wire'
import { Problem } from '../../lib/problem'
import type { DictionaryEntry } from '../../storage/dictionaryName'
import type { SiteConfig } from '../../storage/siteConfig'
import { layoutShift, type Vitals } from '../../storage/vitals'
import { checkHost } from '../validate/checkHost'
import { checkIdentify } from '../validate/checks'
import { checkAge, checkTime } from '../validate/checkTime'
import { cutQuery } from './cutQuery'
import { type Fields, identifier, isFields, number, rejectAll, text, wholeNumber } from './fields'
import type { IncomingEvent } from './incomingEvent'
import { Omissions } from './omissions'
import { pageUrl, referrerText } from './page'
import { parseParameters } from './parameters'

/** A clock that is less wrong than this is trusted: the records of one page view then have exactly one time. */
const TRUSTED = 60_000

/** The script sends at once. A record sent later than this, milliseconds, is a repetition or a page being left. */
const AT_ONCE = 2000

/** The request besides its body. */
export interface BeaconContext {
  readonly now: number
  readonly origin: string | null
  readonly address: string
  /** The isolate's name for the client. */
  readonly client: number
  readonly userAgent: string
  readonly acceptLanguage: string
  /** Whether a header says that the browser has Global Privacy Control. */
  readonly hasGpc: boolean
  readonly place: DictionaryEntry
}

/** @throws Problem `bad_shape` when a body is no beacon of any release */
export const parseBeacon = (body: unknown): Beacon => {
  const wrong = (): Problem =>
    new Problem(400, 'bad_shape', 'Not a beacon. Expected {"v":1,"s":site,"n":time,"e":[records]}.')
  if (!isFields(body) || body.v !== 1 || !Array.isArray(body.e)) throw wrong()
  if (typeof body.s !== 'string' && body.s !== undefined && body.s !== null) throw wrong()
  if (typeof body.n !== 'number' || !Number.isFinite(body.n)) throw wrong()
  if (body.e.length === 0 || body.e.length > LIMITS.recordsPerBeacon || !body.e.every(isFields)) throw wrong()
  return body as unknown as Beacon
}

const runningTotal = (record: Fields, name: string, most: number): number | null => {
  const total = number(record, name, 0, Number.MAX_SAFE_INTEGER)
  return total === null ? null : Math.round(Math.min(total, most))
}

/** The script begins a page view with 0 clicks and no depth. Only a record with a depth counted what happened on it. */
const clicksOf = (record: Fields, depth: number | null): number | null => {
  const clicks = runningTotal(record, 'c', LIMITS.clicks)
  return clicks === 0 && depth === null ? null : clicks
}

const vitalsOf = (record: Fields): Vitals => {
  const shift = number(record, 's', 0, Number.MAX_SAFE_INTEGER)
  return {
    lcp: runningTotal(record, 'l', LIMITS.vitalMilliseconds),
    inp: runningTotal(record, 'n', LIMITS.vitalMilliseconds),
    cls: shift === null ? null : layoutShift(Math.min(shift, LIMITS.layoutShift)),
  }
}

const required = <T>(value: T | null, name: string): T => {
  if (value === null) throw new Problem(400, 'bad_shape', `A record needs "${name}".`)
  return value
}

/** The time by the collector's clock, from the page's clock and its error. */
const ourTime = (record: Fields, sent: number, now: number): number => {
  const theirs = Math.round(required(number(record, 't', 0, Number.MAX_SAFE_INTEGER), 't'))
  const ahead = Math.round(sent) - now
  return Math.abs(ahead) > TRUSTED ? theirs - ahead : theirs
}

/**
 * Whether an object is what the script makes of a list or a string: it copies each property, and theirs are numbered from 0.
 * @example isNumbered({ 0: 'p', 1: 'r', 2: 'o' }) // true
 */
const isNumbered = (fields: Fields): boolean => {
  const names = Object.keys(fields)
  return names.length > 0 && names.every((name, place) => name === String(place))
}

type Parsed = Pick<IncomingEvent, 'parameters' | 'omitted'> & { readonly userId: string | null }

/** Of a page view that sends no parameters, as most do. */
const NO_PARAMETERS: Parsed = {
  parameters: parseParameters('page_view', {}, 'EUR', new Omissions('page_view')),
  omitted: new Map(),
  userId: null,
}

const parsedOf = (name: string, { k, o }: Fields, { currency }: SiteConfig): Parsed => {
  if (k === undefined && o === undefined) return NO_PARAMETERS
  const omissions = new Omissions(name)
  const isGiven = o !== undefined && o !== null
  const isObject = isFields(o) && !isNumbered(o)
  if (isGiven && !isObject) omissions.reject('properties', 'wrong_type', "An event's properties must be an object.")
  const fields = isObject ? o : {}
  const rejectUser = name === 'identify' ? rejectAll : omissions.omit
  const userId = identifier(fields, 'user_id', LIMITS.identifier, rejectUser)
  if (name === 'identify') checkIdentify(userId)
  return { parameters: parseParameters(name, fields, currency, omissions), omitted: omissions.messages, userId }
}

const withoutLongQuery = (record: Fields): Fields =>
  typeof record.u === 'string' && record.u.length > LIMITS.url
    ? { ...record, u: cutQuery(record.u, LIMITS.url) }
    : record

const visitorIdOf = (beacon: Beacon): string | null =>
  beacon.p === false ? null : identifier(beacon as unknown as Fields, 'p', LIMITS.identifier)

const incomingEventOf = (record: Fields, beacon: Beacon, site: SiteConfig, around: BeaconContext): IncomingEvent => {
  const url = required(pageUrl(withoutLongQuery(record), 'u'), 'u')
  checkHost(url, around.origin, site)
  const time = ourTime(record, beacon.n, around.now)
  checkTime(time, around.now)
  checkAge(time, around.now)
  const name = record.k === undefined ? 'page_view' : required(text(record, 'k', LIMITS.eventName), 'k')
  if (name.trim() === '') throw new Problem(400, 'missing_name', 'An event needs a name.')
  const { parameters, omitted, userId } = parsedOf(name, record, site)
  const depth = runningTotal(record, 'd', 100)
  const hasGpc = around.hasGpc || beacon.p === true
  return {
    name,
    time,
    url,
    referrer: referrerText(record, 'r'),
    userAgent: around.userAgent,
    acceptLanguage: around.acceptLanguage,
    machine: null,
    hasGpc,
    place: around.place,
    sender: {
      visitorId: hasGpc ? null : visitorIdOf(beacon),
      userId: hasGpc ? null : userId,
      address: around.address,
      userAgent: around.userAgent,
    },
    sentId: '',
    recordId: required(wholeNumber(record, 'i', 0, 2 ** 47), 'i'),
    client: around.client,
    late: beacon.n - Number(record.t) > AT_ONCE,
    parameters,
    omitted,
    seen: Math.min(
      runningTotal(record, 'm', LIMITS.visibleSeconds * 1000) ?? 0,
      Math.max(around.now - time + TRUSTED, 0),
    ),
    depth,
    clicks: clicksOf(record, depth),
    vitals: vitalsOf(record),
  }
}

/**
 * Whether a record is what the script makes of an element with `data-guide` and no step: a page that names the guides of a
 * tour library on its body, before the module `tours` has read the name.
 */
const isWithoutStep = ({ k, o }: Fields): boolean =>
  k === 'guide_step' && isFields(o) && o.interactive === false && o.step === null && o.step_count === null

/**
 * The events of a beacon. All or nothing: one invalid record rejects the beacon. Its invalid properties do not.
 * @throws Problem with a code for each thing that can be wrong
 */
export const eventsOfBeacon = (beacon: Beacon, site: SiteConfig, around: BeaconContext): IncomingEvent[] =>
  (beacon.e as unknown as readonly Fields[])
    .filter(record => !isWithoutStep(record))
    .map(record => incomingEventOf(record, beacon, site, around))
