import { eventDefinition } from '../../../shared/events'
import { FILTERED_BY } from '../../../shared/settings'
import type { TrafficVerdict } from '../../../shared/verdicts'
import type { SiteConfig } from '../../storage/siteConfig'
import { filterReason } from './filteredOut'
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

/** A headless browser that gives another User-Agent still says what it is in the other header. */
const isHeadless = ({ headers, userAgent, hostname, address }: BeaconRequest): boolean =>
  (userAgent.includes(HEADLESS) || headers.get('sec-ch-ua')?.includes(HEADLESS) === true) && !isLocal(hostname, address)
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
  /** The verdict under which the site keeps the traffic; `null` for what is discarded. */
  readonly verdict: TrafficVerdict | null
  readonly fits: (sent: BeaconRequest) => boolean
}

/** Why a beacon is filtered, each reason with its test. The first that fits is reported and counted. */
const EXCLUSIONS: readonly Exclusion[] = [
  { reason: GPC, verdict: null, fits: ({ isGpcDropped }) => isGpcDropped },
  {
    reason: 'prefetch',
    verdict: null,
    fits: ({ headers }) => PREPARING.some(({ header, word }) => headers.get(header)?.includes(word)),
  },
  { reason: 'bot', verdict: 'bot', fits: ({ userAgent }) => isBot(userAgent.replace(HEADLESS, 'Chrome')) },
  { reason: 'bot', verdict: 'headless', fits: isHeadless },
  { reason: 'bot', verdict: 'automated', fits: ({ network }) => isAutomated(network) },
  { reason: 'datacenter', verdict: 'data_centre', fits: ({ network }) => isDataCentre(network) },
  { reason: 'referrer_spam', verdict: 'referrer_spam', fits: ({ referrer }) => isSpam(referrer) },
]

/** What the filters say of a beacon. */
export interface BeaconExclusion {
  /** Why it is not stored as a person's, `null` when it is. */
  readonly reason: string | null
  /** Why it may be no person's; none of a beacon that is discarded. */
  readonly verdicts: readonly TrafficVerdict[]
}

const NOT_EXCLUDED: BeaconExclusion = { reason: null, verdicts: [] }

/** Judges a beacon by the verdicts that the site excludes. */
export const exclusionOfBeacon = (sent: BeaconRequest, { settings }: SiteConfig): BeaconExclusion => {
  const fitting = EXCLUSIONS.filter(exclusion => exclusion.fits(sent))
  if (fitting.length === 0) return NOT_EXCLUDED
  const isExcluded = ({ verdict }: Exclusion) => verdict === null || settings.excluded_verdicts.includes(verdict)
  return {
    reason: fitting.find(isExcluded)?.reason ?? null,
    verdicts: fitting.some(({ verdict }) => verdict === null) ? [] : fitting.flatMap(({ verdict }) => verdict ?? []),
  }
}

/** The reasons under which traffic is counted that the site keeps. */
export const KEPT_REASONS: readonly string[] = [
  ...new Set(EXCLUSIONS.flatMap(({ reason, verdict }) => (verdict === null ? [] : [reason]))),
  ...FILTERED_BY.map(filterReason),
]

/** The reason for which events of browsers are rejected that only servers may send. */
export const SERVER_ONLY = 'server_only'

/** Whether a browser may not send an event of this name to the site: anybody can send as a browser, without a key. */
export const isServerOnly = (name: string, { settings }: SiteConfig): boolean =>
  !settings.browser_money && eventDefinition(name)?.serverOnly === true
