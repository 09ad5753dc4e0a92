import { LIMITS } from '../../shared/limits'
import { Problem } from '../problem'
import type { Site } from '../store/sites'
import { isBot } from './bot'
import { isHostOf } from './page'

const LOCAL = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/

/**
 * Whether a robot sent this. On the developer's own machine, by the page's host or by the sender's
 * address, a headless browser is a test at work, and tests are run to see numbers.
 */
export const isRobot = (userAgent: string, hostname: string | null, address: string | null): boolean => {
  const local = LOCAL.test(hostname ?? '') || LOCAL.test(address ?? '')
  return isBot(local ? userAgent.replace('HeadlessChrome', 'Chrome') : userAgent)
}

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
 * The page must be one of the site's, by its own word and by the browser's.
 * @throws Problem `foreign_hostname`
 */
export const checkHost = (url: URL, origin: string | null, site: Site): void => {
  const hosts = [url.hostname]
  if (origin && /^https?:/.test(origin) && URL.canParse(origin)) hosts.push(new URL(origin).hostname)
  const foreign = hosts.find(host => !isHostOf(host, site.domain, site.settings.hostnames))
  if (foreign) {
    throw new Problem(
      403,
      'foreign_hostname',
      `${foreign.slice(0, 200)} is not ${site.domain} or below it; if it is yours, add it to the site's settings.hostnames.`,
    )
  }
}

/** Why a beacon is deliberately not stored, `null` when it is. */
export const dropReason = (headers: Headers, { userAgent, address }: Sent, hostname: string | null): string | null => {
  if (headers.get('sec-gpc') === '1') return 'gpc'
  if (headers.get('sec-purpose')?.includes('prefetch')) return 'prefetch'
  return isRobot(userAgent, hostname, address) ? 'bot' : null
}

interface Sent {
  readonly userAgent: string
  readonly address: string
}
