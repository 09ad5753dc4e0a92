import type { Problem } from '../problem'
import type { Claim, Fact } from '../store/fact'
import { storeFacts } from '../store/facts'
import type { Site } from '../store/sites'
import { claimOf, factOf } from './fact'
import { identifier } from './identify'
import type { Occurrence } from './occurrence'
import { judgeRefunds, REFUND, type Warning } from './refund'

/** What becomes of an occurrence that cannot stand beside what is stored; when it throws, nothing is stored. */
export type Refuse = (position: number, problem: Problem) => void

/** Says of an occurrence that is stored what its sender should know. */
export type Warn = (position: number, warning: Warning) => void

const refuseAll: Refuse = (_, problem) => {
  throw problem
}

/** What an occurrence leaves in the store: its sender is a number by now. */
export interface Trace {
  readonly claim: Claim | null
  /** `null` of an identify, which is no event but only the claim. */
  readonly fact: Fact | null
}

/** Enriches and identifies, in the order of the occurrences. */
export const tracesOf = async (db: D1Database, site: Site, occurrences: readonly Occurrence[]): Promise<Trace[]> => {
  const identify = identifier(db, site)
  const traces: Trace[] = []
  for (const occurrence of occurrences) {
    const identity = await identify(occurrence)
    const fact = occurrence.name === 'identify' ? null : factOf(occurrence, identity, site)
    traces.push({ claim: claimOf(occurrence, identity), fact })
  }
  return traces
}

const factsOf = (traces: readonly Trace[]): Fact[] => {
  const facts: Fact[] = []
  for (const { fact } of traces) if (fact) facts.push(fact)
  return facts
}

const claimsOf = (traces: readonly Trace[]): Claim[] => {
  const claims: Claim[] = []
  for (const { claim } of traces) if (claim) claims.push(claim)
  return claims
}

/** Stores traces in one atomic write, and says of each fact whether it only repeats one that was known. */
export const storeTraces = (db: D1Database, site: number, traces: readonly Trace[]): Promise<boolean[]> =>
  storeFacts(db, site, factsOf(traces), claimsOf(traces))

/**
 * The end of the pipeline, for beacons and events alike: enrich, identify, store, in one atomic write.
 * @param refuse is called with each occurrence that is refused; unless given, one refuses all
 * @param warn is called with each that is stored with a warning
 * @returns for every occurrence, whether it only repeats one that was known.
 * @throws Problem `refund_too_large`, unless `refuse` takes it
 */
export const store = async (
  db: D1Database,
  site: Site,
  occurrences: readonly Occurrence[],
  refuse: Refuse = refuseAll,
  warn: Warn = () => {},
): Promise<boolean[]> => {
  const traces = await tracesOf(db, site, occurrences)
  const hasRefund = occurrences.some(({ name }) => name === REFUND)
  const said = hasRefund ? await judgeRefunds(db, site.id, factsOf(traces)) : null
  const standing: Trace[] = []
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
  const repeats = await storeTraces(db, site.id, standing)
  const result = occurrences.map(() => false)
  for (const [index, position] of positions.entries()) result[position] = repeats[index] ?? false
  return result
}
