import { startOfDay } from '../lib/calendar'
import type { Dimension } from '../metrics/dimensions'
import type { BucketDays } from '../query/compile/bucketDays'
import { compileMeasures } from '../query/compile/compileMeasures'
import { reachesStatement } from '../query/compile/reachesStatement'
import { BatchedReads } from '../query/execute/batchedReads'
import { CountedReads } from '../query/execute/countedReads'
import { readCustomEvents } from '../query/plan/readCustomEvents'
import { readSiteState } from '../query/plan/readSiteState'
import type { Scope } from '../relations/sql/scope'
import type { Database } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import { combineDimensions } from './combineDimensions'
import { withinRetained } from './coverage'
import { type Days, type DaysWithSessions, daysIn } from './days'
import { type ComputedRow, GatheredDays, type RollupTarget } from './gatheredDays'

/** The scope of everything stored of some days, by a dimension or in total. */
export const scopeOfDays = async (
  reads: CountedReads,
  site: SiteConfig,
  { first, last, reach, heldTo }: DaysWithSessions,
  dimension: Dimension | null,
): Promise<Scope> => {
  const { id, timezone: zone, settings } = site
  const { hasIdentities, formerEvents, retained } = await readSiteState(reads, id)
  const days = { from: startOfDay(first, zone), to: startOfDay(last + 1, zone), firstDay: first, lastDay: last }
  const range = withinRetained(days, retained)
  return {
    site: id,
    zone,
    now: startOfDay(last + 1, zone),
    range,
    ...(reach !== undefined && { reach }),
    heldTo,
    // One day needs no sorting by days.
    granularity: first === last ? null : 'day',
    dimensions: dimension ? [dimension] : [],
    filters: [],
    removed: null,
    added: null,
    hasIdentities,
    formerEvents,
    customEvents: await readCustomEvents(reads, site, []),
    currencies: new Map(),
    settings,
    users: new Map(),
    ends: [],
  }
}

/** Each day a bucket; none of a single day, in which all is one. */
const bucketsOfDays = ({ first, last }: Days): BucketDays[] =>
  first === last ? [] : daysIn({ first, last }).map(day => ({ key: day, firstDay: day, lastDay: day }))

const readReaches = async (reads: CountedReads, scope: Scope): Promise<ReadonlyMap<number, number>> => {
  const { sql, values } = reachesStatement(scope)
  return new Map((await reads.all(sql, ...values)).map(row => [Number(row.day), Number(row.reach)]))
}

/** What to compute of some days. */
interface DaysRequest {
  /** One target, or several whose dimensions are of sessions, which share statements. */
  readonly targets: readonly RollupTarget[]
  /** Whether the results of all statements together may not fit into memory. */
  readonly isBusy: boolean
  /** Stores a row of people. No answer uses it until the last rows are stored. */
  readonly store: (row: ComputedRow) => Promise<void>
}

const dimensionOf = (targets: readonly RollupTarget[]): Dimension | null => {
  const dimensions = targets.map(({ dimension }) => dimension)
  return dimensions.length === 1 ? (dimensions[0] ?? null) : combineDimensions(dimensions.filter(one => one !== null))
}

/**
 * Computes measures of days that are over and settled, by some dimensions or in total. For busy days it holds the
 * result of one statement at a time.
 * @returns the rows to store last
 */
export const computeDays = async (
  db: Database,
  site: SiteConfig,
  days: DaysWithSessions,
  { targets, isBusy, store }: DaysRequest,
): Promise<ComputedRow[]> => {
  const reads = new CountedReads(new BatchedReads(db))
  const scope = await scopeOfDays(reads, site, days, dimensionOf(targets))
  const isNewTotal = targets.some(({ dimension, lastParts }) => dimension === null && lastParts.size === 0)
  const reaches = isNewTotal ? await readReaches(reads, scope) : new Map<number, number>()
  const gathered = new GatheredDays(days, targets, store)
  const statements = compileMeasures(scope, gathered.measures, bucketsOfDays(days), 'packed')
  for (const together of isBusy ? statements.map(one => [one]) : [statements]) {
    // `BatchedReads` holds what it has read, so each result has its own.
    const results = await new CountedReads(new BatchedReads(db)).batch(together)
    for (const [index, statement] of together.entries()) await gathered.take(statement, results[index] ?? [])
  }
  return gathered.rows(reaches)
}
