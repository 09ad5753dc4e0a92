import { eventDefinition } from '../../../shared/events'
import { LIMITS } from '../../../shared/limits'
import { formatDay } from '../../lib/calendar'
import { memoize } from '../../lib/memoize'
import { Problem } from '../../lib/problem'
import type { Site } from '../../storage/sites'
import { isHostOf, pageTexts } from '../parse/page'
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
    throw new Problem(400, 'time_in_future', 'The time lies in the future; check the clock and its zone.')
  if (time < 0) throw new Problem(400, 'bad_time', 'The time lies before 1970.')
}

/** @throws Problem `too_old` */
export const checkAge = (time: number, now: number): void => {
  if (time < now - LIMITS.beaconAge)
    throw new Problem(400, 'too_old', 'This happened over a day ago; a server may send it to /api/v1/events.')
}

/**
 * What is summed up for good takes no more.
 * @throws Problem `too_old`
 */
export const checkRetained = (time: number, { keptFrom, keptDay }: Site): void => {
  if (time < keptFrom)
    throw new Problem(
      400,
      'too_old',
      `The site keeps no facts of before ${formatDay(keptDay)}; send what happened from that day on.`,
    )
}

const hostOfOrigin = memoize(origin => (/^https?:/.test(origin) ? (URL.parse(origin)?.hostname ?? null) : null))

/**
 * The page must be one of the site's, by its own word and by the browser's.
 * @throws Problem `foreign_hostname`
 */
export const checkHost = (url: URL, origin: string | null, site: Site): void => {
  const sender = origin === null ? null : hostOfOrigin(origin)
  const [host] = pageTexts(url)
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

/** What a browser that only prepares a page says, in the words of several generations. */
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

interface Drop {
  readonly reason: string
  readonly fits: (sent: BeaconRequest) => boolean
}

/** Why a beacon can be dropped, each with its test; the first that fits is given and counted. */
const DROPS: readonly Drop[] = [
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

/** Why a beacon is deliberately not stored, `null` when it is. */
export const exclusionReason = (sent: BeaconRequest): string | null =>
  DROPS.find(drop => drop.fits(sent))?.reason ?? null

/** The code under which events that only servers may send are refused from a browser. */
export const SERVER_ONLY = 'server_only'

/** Whether a browser may not send an event of this name to the site: anybody can send as a browser, without a key. */
export const isServerOnly = (name: string, { settings }: Site): boolean =>
  !settings.browser_money && eventDefinition(name)?.serverOnly === true
