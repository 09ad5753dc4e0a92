import { LIMITS } from '../../../shared/limits'
import { Problem } from '../../lib/problem'
import type { SiteConfig } from '../../storage/siteConfig'
import { layoutShift } from '../../storage/vitals'
import { isDeviceKind, type Machine } from '../enrich/device'
import { isBotRequest } from '../filter/exclusionOfBeacon'
import { isSpam } from '../filter/isSpam'
import { checkIdentify } from '../validate/checks'
import { checkRetained, checkTime } from '../validate/checkTime'
import { type Fields, identifier, isFields, number, type Reject, text, wholeNumber } from './fields'
import type { EventSender, IncomingEvent } from './incomingEvent'
import { isoTime } from './isoTime'
import { Omissions } from './omissions'
import { pageUrl, referrerText } from './page'
import { parseParameters } from './parameters'

/** Fields of an event that are not among its parameters. */
const OWN = new Set([
  'id',
  'name',
  'time',
  'visitor_id',
  'user_id',
  'ip',
  'user_agent',
  'url',
  'referrer',
  'country',
  'region',
  'city',
  'language',
  'browser',
  'os',
  'device',
  'engaged_seconds',
  'properties',
])

/** The same of a page view; any other event has these as properties. */
const OWN_OF_VIEW = new Set([...OWN, 'scroll_depth', 'clicks', 'lcp', 'inp', 'cls'])

/** ISO 8601 with a zone, or epoch milliseconds. */
const timeOf = (event: Fields, site: SiteConfig, now: number): number => {
  const given = event.time
  if (given === undefined || given === null) return now
  const time = typeof given === 'number' ? Math.round(given) : typeof given === 'string' ? isoTime(given) : Number.NaN
  if (!Number.isFinite(time)) {
    throw new Problem(
      400,
      'bad_time',
      '"time" must be ISO 8601 with its zone, like 2026-01-31T12:00:00Z, or epoch milliseconds.',
    )
  }
  checkTime(time, now)
  checkRetained(time, site)
  return time
}

const countryOf = (event: Fields): string => {
  const country = text(event, 'country', 2)
  if (country === null) return ''
  if (!/^[A-Za-z]{2}$/.test(country))
    throw new Problem(400, 'bad_country', '"country" must be two letters of ISO 3166, like SE.')
  return country.toUpperCase()
}

/** The machine as another tool recorded it, `null` when no part is given. */
const machineOf = (event: Fields): Machine | null => {
  const browser = text(event, 'browser', 100) ?? ''
  const os = text(event, 'os', 100) ?? ''
  const device = text(event, 'device', 100) ?? ''
  if (device !== '' && !isDeviceKind(device))
    throw new Problem(400, 'bad_device', '"device" must be desktop, mobile, tablet or tv.')
  return browser || os || device ? { browser, os, device: device as Machine['device'] } : null
}

const parametersFields = (event: Fields, own: ReadonlySet<string>, reject: Reject): Fields => {
  const { properties } = event
  const isGiven = properties !== undefined && properties !== null
  if (isGiven && !isFields(properties)) reject('properties', 'wrong_type', '"properties" must be an object.')
  // Without a prototype, so that a property named "__proto__" is one like any other.
  const fields: Record<string, unknown> = Object.create(null)
  for (const [name, value] of Object.entries(event)) if (!own.has(name)) fields[name] = value
  if (isFields(properties)) for (const [name, value] of Object.entries(properties)) fields[name] ??= value
  return fields
}

const senderOf = (event: Fields): EventSender => {
  const sender = {
    visitorId: identifier(event, 'visitor_id', LIMITS.identifier),
    userId: identifier(event, 'user_id', LIMITS.identifier),
    address: text(event, 'ip', 64),
    userAgent: text(event, 'user_agent', LIMITS.userAgent),
  }
  if (sender.visitorId === null && sender.userId === null && (sender.address === null || sender.userAgent === null)) {
    throw new Problem(
      400,
      'missing_identity',
      'An event needs a "visitor_id", a "user_id", or "ip" together with "user_agent".',
    )
  }
  return sender
}

interface Head {
  readonly fields: Fields
  readonly name: string
  readonly sender: EventSender
}

const headOf = (event: unknown): Head => {
  if (!isFields(event)) {
    throw new Problem(400, 'bad_shape', 'An event must be an object like {"name":"purchase","visitor_id":"v1"}.')
  }
  const name = text(event, 'name', LIMITS.eventName)
  if (name === null || name.trim() === '') throw new Problem(400, 'missing_name', 'An event needs a "name".')
  const sender = senderOf(event)
  if (name === 'identify') checkIdentify(sender.userId)
  return { fields: event, name, sender }
}

/** The page, without the fragment. */
const urlOf = (fields: Fields): URL | null => {
  const given = pageUrl(fields, 'url')
  if (!given?.hash) return given
  const url = new URL(given)
  url.hash = ''
  return url
}

/** A sender without an id of its own is filtered as a browser is. */
const checkPerson = (
  { visitorId, userId, userAgent, address }: EventSender,
  hostname: string,
  referrer: string,
): void => {
  if (visitorId !== null || userId !== null) return
  if (isBotRequest(userAgent ?? '', hostname, address)) {
    throw new Problem(400, 'bot', 'The "user_agent" belongs to a bot. Send the visitor\'s own.')
  }
  if (isSpam(referrer)) throw new Problem(400, 'referrer_spam', 'The referrer is a known spammer.')
}

type Measured = Pick<IncomingEvent, 'seen' | 'depth' | 'clicks' | 'vitals'>

const NOT_MEASURED: Measured = { seen: 0, depth: null, clicks: null, vitals: { lcp: null, inp: null, cls: null } }

/** A number of seconds as milliseconds. */
const milliseconds = (fields: Fields, name: string): number | null => {
  const seconds = number(fields, name, 0, LIMITS.vitalMilliseconds / 1000)
  return seconds === null ? null : Math.round(seconds * 1000)
}

const measuredOf = (fields: Fields, engagedSeconds: number): Measured => {
  const depth = number(fields, 'scroll_depth', 0, 100)
  const shift = number(fields, 'cls', 0, LIMITS.layoutShift)
  return {
    seen: Math.round(engagedSeconds * 1000),
    depth: depth === null ? null : Math.round(depth),
    clicks: wholeNumber(fields, 'clicks', 0, LIMITS.clicks),
    vitals: {
      lcp: milliseconds(fields, 'lcp'),
      inp: milliseconds(fields, 'inp'),
      cls: shift === null ? null : layoutShift(shift),
    },
  }
}

/**
 * One event of `POST /api/v1/events`.
 * @throws Problem with the code the beacon would give
 */
export const parseEvent = (event: unknown, site: SiteConfig, now: number): IncomingEvent => {
  const { fields, name, sender } = headOf(event)
  const url = urlOf(fields)
  const referrer = referrerText(fields, 'referrer')
  checkPerson(sender, url?.hostname ?? site.domain, referrer)
  const engaged = number(fields, 'engaged_seconds', 0, LIMITS.visibleSeconds) ?? 0
  const isView = name === 'page_view'
  const omissions = new Omissions(name)
  const parameters = parametersFields(fields, isView ? OWN_OF_VIEW : OWN, omissions.reject)
  return {
    name,
    time: timeOf(fields, site, now),
    url,
    referrer,
    userAgent: sender.userAgent,
    acceptLanguage: text(fields, 'language', 100) ?? '',
    machine: machineOf(fields),
    hasGpc: false,
    place: [countryOf(fields), text(fields, 'region', 100) ?? '', text(fields, 'city', 100) ?? ''],
    sender,
    sentId: identifier(fields, 'id', LIMITS.identifier) ?? '',
    recordId: null,
    client: null,
    late: false,
    parameters: parseParameters(name, parameters, site.currency, omissions),
    omitted: omissions.messages,
    ...(isView ? measuredOf(fields, engaged) : NOT_MEASURED),
  }
}
