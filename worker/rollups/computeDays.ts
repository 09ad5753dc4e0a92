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
import { readCells } from '../query/execute/readCells'
import { readCustomEvents } from '../query/plan/readCustomEvents'
import { readSiteState } from '../query/plan/readSiteState'
import type { Scope } from '../relations/sql/scope'
import type { Database } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import visitsSelectEnd from '../storage/sql/visits.select_end.sql'
import { withinRetained } from './coverage'
import { rollupTextsOf } from './rollupText'
import { everyStoredMeasure } from './storedMeasures'

/** Local days, both included. */
export interface Days {
  readonly first: number
  readonly last: number
  /** When the first session began that can hold an event of them, where it is known. */
  readonly reach?: number | undefined
  /** Until when their sessions hold events, where it is known. */
  readonly heldTo?: number
}

/** A row of `sums`: day, part, reach, cells. */
export type ComputedRow = readonly [day: number, part: number, reach: number | null, cells: string]

/** Until when stored sessions that began in a range can hold events. */
const endOfSessions = async (reads: CountedReads, site: number, { from, to }: Range): Promise<number> => {
  const [row] = await reads.all(visitsSelectEnd, site, Math.floor(from / HOUR), Math.floor(to / HOUR), from, to)
  return Math.max(to, Number(row?.end ?? 0) + SESSION_TIMEOUT + 1)
}

/** The scope of everything stored of some days, by a dimension or in total. */
export const scopeOfDays = async (
  reads: CountedReads,
  site: SiteConfig,
  { first, last, reach, heldTo }: Days,
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
    heldTo: heldTo ?? (await endOfSessions(reads, id, range)),
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
  first === last
    ? []
    : Array.from({ length: last - first + 1 }, (_, index) => first + index).map(day => ({
        key: day,
        firstDay: day,
        lastDay: day,
      }))

const readReaches = async (reads: CountedReads, scope: Scope): Promise<ReadonlyMap<number, number>> => {
  const { sql, values } = reachesStatement(scope)
  return new Map((await reads.all(sql, ...values)).map(row => [Number(row.day), Number(row.reach)]))
}

/** Computes the rollups of days that are over and settled, by a dimension or in total. */
export const computeDays = async (
  db: Database,
  site: SiteConfig,
  days: Days,
  dimension: Dimension | null,
): Promise<ComputedRow[]> => {
  const reads = new CountedReads(new BatchedReads(db))
  const scope = await scopeOfDays(reads, site, days, dimension)
  const measures = everyStoredMeasure(site.settings, dimension)
  const cells = await readCells(reads, compileMeasures(scope, measures, bucketsOfDays(days), 'persistent'))
  const reaches = dimension === null ? await readReaches(reads, scope) : new Map<number, number>()
  const byDay = Map.groupBy(cells, ({ bucket }) => (days.first === days.last ? days.first : bucket))
  const rows: ComputedRow[] = []
  for (let day = days.first; day <= days.last; day++) {
    for (const [part, text] of rollupTextsOf(measures, byDay.get(day) ?? []).entries()) {
      rows.push([day, part, reaches.get(day) ?? null, text])
    }
  }
  return rows
}
