import type { SiteConfig } from '../../storage/siteConfig'
import { CONSENT } from '../identity/identifyVisitor'
import type { IncomingEvent } from '../parse/incomingEvent'
import { REFUND } from '../validate/validateRefunds'
import { agentFamily } from './agentFamily'
import type { ExcludedTraffic } from './excludedTraffic'
import {
  type BeaconExclusion,
  type BeaconRequest,
  exclusionOfBeacon,
  GPC,
  isServerOnly,
  SERVER_ONLY,
} from './exclusionOfBeacon'
import { filteredOut, filtersMatching } from './filteredOut'
import { isOwnLink } from './isOwnLink'
import { networkName } from './network'

export interface FilteredBeacon {
  readonly events: readonly IncomingEvent[]
  /** Why the whole beacon is excluded. */
  readonly excluded: string | null
  /** Events that are excluded from a beacon that is not: the reason, and the event's name. */
  readonly withheld: readonly WithheldEvent[]
  /** What the site keeps apart, and events that are stored and may be excluded later. */
  readonly kept: readonly ExcludedTraffic[]
}

export interface WithheldEvent {
  readonly reason: string
  readonly name: string
  /** Whether it is counted with the traffic that is kept. */
  readonly isKept: boolean
}

interface JudgedEvent {
  readonly event: IncomingEvent
  /** The reason of the filter that matches it. */
  readonly filter: string | null
  /** Whether a filter on an address matches it: if it were kept, the hash of that filter would tell the address. */
  readonly tellsAddress: boolean
  /** Why no browser may send it to this site. */
  readonly forbidden: string | null
}

const forbiddenReason = ({ name, hasGpc }: IncomingEvent, site: SiteConfig): string | null => {
  if (isServerOnly(name, site)) return SERVER_ONLY
  return hasGpc && (name === 'identify' || name === CONSENT) ? GPC : null
}

const judge = (event: IncomingEvent, site: SiteConfig): JudgedEvent => {
  const filter = filteredOut(event, site)
  return {
    event,
    filter,
    tellsAddress: filter !== null && filtersMatching([event], site).some(({ what }) => what === 'ip'),
    forbidden: forbiddenReason(event, site),
  }
}

/** A refund is checked against what is stored when it arrives, so it is not kept for later. */
const mayKeep = ({ event, forbidden, tellsAddress }: JudgedEvent): boolean =>
  forbidden === null && !tellsAddress && event.name !== REFUND

type Told = Pick<ExcludedTraffic, 'network' | 'agent'>

const keptOf = (
  judged: readonly JudgedEvent[],
  verdicts: ExcludedTraffic['verdicts'],
  reasons: readonly string[],
  told: Told,
): ExcludedTraffic[] => {
  const events = judged.filter(mayKeep).map(({ event }) => event)
  const isFiltered = judged.some(({ filter }) => filter !== null)
  const all = isFiltered ? [...verdicts, 'rule' as const] : verdicts
  return events.length === 0 || all.length === 0
    ? []
    : [{ events, verdicts: all, reasons, isCounted: reasons.length === 0, ...told }]
}

const excludeWhole = (
  excluded: string,
  judged: readonly JudgedEvent[],
  { verdicts, reason }: BeaconExclusion,
  told: () => Told,
): FilteredBeacon => {
  const isDiscarded = reason !== null && verdicts.length === 0
  return {
    events: [],
    excluded,
    withheld: [],
    kept: isDiscarded ? [] : keptOf(judged, verdicts, [excluded], told()),
  }
}

/** Divides the events of a beacon into what is stored, what is kept apart and what is discarded. */
export const filterBeacon = (
  all: readonly IncomingEvent[],
  request: BeaconRequest,
  site: SiteConfig,
): FilteredBeacon => {
  const judged = all.map(event => judge(event, site))
  const exclusion = exclusionOfBeacon(request, site)
  const own = judged.filter(({ event }) => !isOwnLink(event, site))
  const told = () => ({ network: networkName(request.network), agent: agentFamily(request.userAgent) })
  const whole = judged.every(({ filter }) => filter !== null) ? (judged[0]?.filter ?? null) : null
  const excluded = exclusion.reason ?? whole
  if (excluded !== null) return excludeWhole(excluded, own, exclusion, told)
  const stored = own.filter(({ filter, forbidden }) => filter === null && forbidden === null)
  const filtered = own.filter(one => one.filter !== null && mayKeep(one))
  const { verdicts } = exclusion
  return {
    events: stored.map(({ event }) => event),
    excluded,
    withheld: own.flatMap(({ event, filter, forbidden }) => {
      const reason = filter ?? forbidden
      return reason === null ? [] : [{ reason, name: event.name, isKept: filtered.some(one => one.event === event) }]
    }),
    kept: [
      ...(filtered.length > 0
        ? keptOf(
            filtered,
            verdicts,
            filtered.flatMap(({ filter }) => filter ?? []),
            told(),
          )
        : []),
      ...(verdicts.length > 0 ? keptOf(stored, verdicts, [], told()) : []),
    ],
  }
}
