import type { Problem } from '../../lib/problem'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { FactRow, IdentityLink } from '../../storage/factRow'
import type { Site } from '../../storage/sites'
import { storeFacts } from '../../storage/storeFacts'
import { visitorIdentifier } from '../identity/identifyVisitor'
import type { IncomingEvent } from '../parse/incomingEvent'
import { type EventWarning, REFUND, validateRefunds } from '../validate/validateRefunds'
import { factRowOf, identityLinkOf } from './factRowOf'

/** What becomes of an occurrence that cannot stand beside what is stored; when it throws, nothing is stored. */
export type RejectEvent = (position: number, problem: Problem) => void

/** Says of an occurrence that is stored what its sender should know. */
export type WarnSender = (position: number, warning: EventWarning) => void

const refuseAll: RejectEvent = (_, problem) => {
  throw problem
}

/** What an occurrence leaves in the store: its sender is a number by now. */
export interface EnrichedEvent {
  readonly claim: IdentityLink | null
  /** `null` of an identify, which is no event but only the claim. */
  readonly fact: FactRow | null
}

/** Enriches and identifies, in the order of the occurrences. */
export const enrichEvents = async (
  db: CachedDatabase,
  site: Site,
  occurrences: readonly IncomingEvent[],
): Promise<EnrichedEvent[]> => {
  const identify = visitorIdentifier(db, site)
  const traces: EnrichedEvent[] = []
  for (const occurrence of occurrences) {
    const identity = await identify(occurrence)
    const fact = occurrence.name === 'identify' ? null : factRowOf(occurrence, identity, site)
    traces.push({ claim: identityLinkOf(occurrence, identity), fact })
  }
  return traces
}

const factsOf = (traces: readonly EnrichedEvent[]): FactRow[] => {
  const facts: FactRow[] = []
  for (const { fact } of traces) if (fact) facts.push(fact)
  return facts
}

const claimsOf = (traces: readonly EnrichedEvent[]): IdentityLink[] => {
  const claims: IdentityLink[] = []
  for (const { claim } of traces) if (claim) claims.push(claim)
  return claims
}

/** Stores traces in one atomic write, and says of each fact whether it only repeats one that was known. */
export const storeEnrichedEvents = (
  db: CachedDatabase,
  site: number,
  traces: readonly EnrichedEvent[],
): Promise<boolean[]> => storeFacts(db, site, factsOf(traces), claimsOf(traces))

/**
 * The end of the pipeline, for beacons and events alike: enrich, identify, store, in one atomic write.
 * @param refuse is called with each occurrence that is refused; unless given, one refuses all
 * @param warn is called with each that is stored with a warning
 * @returns for every occurrence, whether it only repeats one that was known.
 * @throws Problem `refund_too_large`, unless `refuse` takes it
 */
export const storeEvents = async (
  db: CachedDatabase,
  site: Site,
  occurrences: readonly IncomingEvent[],
  refuse: RejectEvent = refuseAll,
  warn: WarnSender = () => {},
): Promise<boolean[]> => {
  const traces = await enrichEvents(db, site, occurrences)
  const hasRefund = occurrences.some(({ name }) => name === REFUND)
  const said = hasRefund ? await validateRefunds(db, site.id, factsOf(traces)) : null
  const standing: EnrichedEvent[] = []
  const positions: number[] = []
  for (const [position, trace] of traces.entries()) {
    const { fact } = trace
    const problem = fact && said?.refused.get(fact)
    if (problem) {
      refuse(position, problem)
      continue
    }
    standing.push(trace)
    if (fact) positions.push(position)
    const warning = fact && said?.warnings.get(fact)
    if (warning) warn(position, warning)
  }
  const repeats = await storeEnrichedEvents(db, site.id, standing)
  const result = occurrences.map(() => false)
  for (const [index, position] of positions.entries()) result[position] = repeats[index] ?? false
  return result
}
