import { eventDefinition } from '../../../shared/events'
import type { SiteConfig } from '../../storage/siteConfig'
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
  /** True if the browser has Global Privacy Control and the site ignores such visitors. */
  readonly isGpcDropped: boolean
}

/** Why a visitor with Global Privacy Control is left out, or is not linked to a user. */
export const GPC = 'gpc'

interface Exclusion {
  readonly reason: string
  readonly fits: (sent: BeaconRequest) => boolean
}

/** Why a beacon is filtered, each reason with its test. The first that fits is reported and counted. */
const EXCLUSIONS: readonly Exclusion[] = [
  { reason: GPC, fits: ({ isGpcDropped }) => isGpcDropped },
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
