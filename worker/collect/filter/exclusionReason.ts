import { eventDefinition } from '../../../shared/events'
import { LIMITS } from '../../../shared/limits'
import { formatDay } from '../../lib/calendar'
import { memoize } from '../../lib/memoize'
import { Problem } from '../../lib/problem'
import type { SiteConfig } from '../../storage/siteConfig'
import { isHostOf, pageEntry } from '../parse/page'
import { isBot } from './isBot'
import { isSpam } from './isSpam'
import { isAutomated, isDataCentre, type Network } from './network'

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

const HEADLESS = 'HeadlessChrome'

const isLocal = (hostname: string | null, address: string | null): boolean =>
  LOCAL.test(hostname ?? '') || LOCAL.test(address ?? '')

/**
 * Whether a robot sent this. On the developer's own machine, by the page's host or by the sender's
 * address, a headless browser is a test at work, and tests are run to see numbers.
 */
export const isBotRequest = (userAgent: string, hostname: string | null, address: string | null): boolean =>
  isBot(userAgent.includes(HEADLESS) && isLocal(hostname, address) ? userAgent.replace(HEADLESS, 'Chrome') : userAgent)

/** A headless browser that gives another User-Agent still says what it is here, where the page is not local. */
const isHeadless = ({ headers, hostname, address }: BeaconRequest): boolean =>
  (headers.get('sec-ch-ua')?.includes(HEADLESS) ?? false) && !isLocal(hostname, address)

/**
 * @throws Problem `time_in_future`, `bad_time`
 * @example checkTime(Date.UTC(2014, 0, 7), Date.now())
 */
export const checkTime = (time: number, now: number): void => {
  if (time > now + LIMITS.future)
    throw new Problem(400, 'time_in_future', 'The time is in the future. Check the clock and its time zone.')
  if (time < 0) throw new Problem(400, 'bad_time', 'The time is before 1970.')
}

/** @throws Problem `too_old` */
export const checkAge = (time: number, now: number): void => {
  if (time < now - LIMITS.beaconAge)
    throw new Problem(400, 'too_old', 'This happened over a day ago. A server may send it to /api/v1/events.')
}

/**
 * Days whose events were deleted take no new ones.
 * @throws Problem `too_old`
 */
export const checkRetained = (time: number, { keptFrom, keptDay }: SiteConfig): void => {
  if (time < keptFrom)
    throw new Problem(
      400,
      'too_old',
      `The site has deleted its events before ${formatDay(keptDay)}. Send events from that day on.`,
    )
}

const hostOfOrigin = memoize(origin => (/^https?:/.test(origin) ? (URL.parse(origin)?.hostname ?? null) : null))

/**
 * The page must be one of the site's, by its own word and by the browser's.
 * @throws Problem `foreign_hostname`
 */
export const checkHost = (url: URL, origin: string | null, site: SiteConfig): void => {
  const sender = origin === null ? null : hostOfOrigin(origin)
  const [host] = pageEntry(url)
  const hosts = sender === null || sender === host ? [host] : [host, sender]
  const foreign = hosts.find(host => !isHostOf(host, site.domain, site.settings.hostnames))
  if (foreign) {
    throw new Problem(
      403,
      'foreign_hostname',
      `${foreign.slice(0, 200)} is not ${site.domain} or below it; if it is yours, add it to the site's settings.hostnames.`,
    )
  }
}

/** Headers of browsers that only prepare a page, new ones first. */
const PREPARING: readonly { readonly header: string; readonly word: string }[] = [
  { header: 'sec-purpose', word: 'prefetch' },
  { header: 'purpose', word: 'prefetch' },
  { header: 'x-purpose', word: 'preview' },
  { header: 'x-moz', word: 'prefetch' },
]

/** A request, and the page it is about. */
export interface BeaconRequest {
  readonly headers: Headers
  readonly userAgent: string
  readonly address: string
  readonly network: Partial<Network>
  readonly hostname: string
  readonly referrer: string
}

interface Exclusion {
  readonly reason: string
  readonly fits: (sent: BeaconRequest) => boolean
}

/** Why a beacon is filtered, each reason with its test. The first that fits is reported and counted. */
const EXCLUSIONS: readonly Exclusion[] = [
  { reason: 'gpc', fits: ({ headers }) => headers.get('sec-gpc') === '1' },
  {
    reason: 'prefetch',
    fits: ({ headers }) => PREPARING.some(({ header, word }) => headers.get(header)?.includes(word)),
  },
  { reason: 'bot', fits: ({ userAgent, hostname, address }) => isBotRequest(userAgent, hostname, address) },
  { reason: 'bot', fits: isHeadless },
  { reason: 'bot', fits: ({ network }) => isAutomated(network) },
  { reason: 'datacenter', fits: ({ network }) => isDataCentre(network) },
  { reason: 'referrer_spam', fits: ({ referrer }) => isSpam(referrer) },
]

/** Why a beacon is filtered, `null` when it is stored. */
export const exclusionReason = (sent: BeaconRequest): string | null =>
  EXCLUSIONS.find(exclusion => exclusion.fits(sent))?.reason ?? null

/** The reason for which events of browsers are rejected that only servers may send. */
export const SERVER_ONLY = 'server_only'

/** Whether a browser may not send an event of this name to the site: anybody can send as a browser, without a key. */
export const isServerOnly = (name: string, { settings }: SiteConfig): boolean =>
  !settings.browser_money && eventDefinition(name)?.serverOnly === true
