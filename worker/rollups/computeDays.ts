import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import { startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
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
import visitsSelectEnd from '../storage/sql/visits.select_end.sql'
import { withinRetained } from './coverage'
import { type Days, daysIn } from './days'
import { type ComputedRow, GatheredDays, type StoredDays } from './gatheredDays'

/** How many stored sessions began in a range, and until when they can hold events. */
const readSessions = async (reads: CountedReads, site: number, { from, to }: Range) => {
  const [row] = await reads.all(visitsSelectEnd, site, Math.floor(from / HOUR), Math.floor(to / HOUR), from, to)
  return { sessions: Number(row?.sessions), end: Math.max(to, Number(row?.end ?? 0) + SESSION_TIMEOUT + 1) }
}

/**
 * The scope of everything stored of some days, by a dimension or in total, and how many sessions that are; 0 where it is
 * known until when they hold events.
 */
export const scopeOfDays = async (
  reads: CountedReads,
  site: SiteConfig,
  { first, last, reach, heldTo }: Days,
  dimension: Dimension | null,
): Promise<{ scope: Scope; sessions: number }> => {
  const { id, timezone: zone, settings } = site
  const { hasIdentities, formerEvents, retained } = await readSiteState(reads, id)
  const days = { from: startOfDay(first, zone), to: startOfDay(last + 1, zone), firstDay: first, lastDay: last }
  const range = withinRetained(days, retained)
  const { sessions, end } = heldTo === undefined ? await readSessions(reads, id, range) : { sessions: 0, end: heldTo }
  const scope: Scope = {
    site: id,
    zone,
    now: startOfDay(last + 1, zone),
    range,
    ...(reach !== undefined && { reach }),
    heldTo: end,
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
  return { scope, sessions }
}

/** Each day a bucket; none of a single day, in which all is one. */
const bucketsOfDays = ({ first, last }: Days): BucketDays[] =>
  first === last ? [] : daysIn({ first, last }).map(day => ({ key: day, firstDay: day, lastDay: day }))

const readReaches = async (reads: CountedReads, scope: Scope): Promise<ReadonlyMap<number, number>> => {
  const { sql, values } = reachesStatement(scope)
  return new Map((await reads.all(sql, ...values)).map(row => [Number(row.day), Number(row.reach)]))
}

/** Sessions of days whose statements share a round trip: their results are in memory at once. */
const FEW_SESSIONS = 5_000

/** What to compute of some days. */
export interface DaysRequest extends StoredDays {
  readonly dimension: Dimension | null
}

/**
 * Computes measures of days that are over and settled, by a dimension or in total. Of busy days, it holds the result of
 * one statement at a time.
 * @returns the rows to store at last
 */
export const computeDays = async (
  db: Database,
  site: SiteConfig,
  days: Days,
  { dimension, ...stored }: DaysRequest,
): Promise<ComputedRow[]> => {
  const reads = new CountedReads(new BatchedReads(db))
  const { scope, sessions } = await scopeOfDays(reads, site, days, dimension)
  const isNewTotal = dimension === null && stored.lastParts.size === 0
  const reaches = isNewTotal ? await readReaches(reads, scope) : new Map<number, number>()
  const gathered = new GatheredDays(days, stored)
  const statements = compileMeasures(scope, stored.measures, bucketsOfDays(days), 'packed')
  for (const together of sessions > FEW_SESSIONS ? statements.map(one => [one]) : [statements]) {
    // Its own reads, as they remember what they read.
    const results = await new CountedReads(new BatchedReads(db)).batch(together)
    for (const [index, statement] of together.entries()) await gathered.take(statement, results[index] ?? [])
  }
  return gathered.rows(reaches)
}
