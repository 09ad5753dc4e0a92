import type { Range } from '../../lib/timeRange'
import type { Dimension } from '../../metrics/dimensions'
import { eventsOf } from '../../metrics/ruledEvents'
import { rulesOf } from '../../relations/sql/queryFilter'
import { idColumnOf } from '../../rollups/activePeople'
import type { ActiveBefore } from '../../rollups/coverage'
import { type RollupRequest, readRollups, type StoredRollups } from '../../rollups/readRollups'
import type { SiteConfig } from '../../storage/siteConfig'
import type { CountedReads } from '../execute/countedReads'
import { comparedPeriod, resolvePeriod } from '../parse/period'
import type { Query } from '../parse/query'
import { givenSteps } from './givenSteps'
import { namedIn } from './namedIn'
import { readActiveBefore } from './readActiveBefore'
import { type Currencies, readCurrencies } from './readCurrencies'
import { readCustomEvents } from './readCustomEvents'
import { type Exclusions, readExclusions } from './readExclusions'
import { readFirstDay } from './readFirstDay'
import { type ImportedDays, readImportedDays } from './readImportedDays'
import { type PlannedMeasure, requestedMeasures } from './requestedMeasures'
import { rollupChoice } from './rollupChoice'
import { userIdsOf } from './userIdsOf'

/** One of the periods of a query. */
interface QueryPeriod {
  readonly range: Range
  /** By which rollups are read; `null` for totals. */
  readonly dimension: Dimension | null
  /** Of rollups, the groups that answer the query; `null` for all. */
  readonly groups: readonly string[] | null
  readonly granularity: Query['granularity']
  readonly measures: readonly PlannedMeasure[]
}

/** A period, with what rollups hold of it. */
export interface PeriodContext extends QueryPeriod {
  readonly rollups: StoredRollups
  /** `null` without any in the period. */
  readonly imported: ImportedDays | null
}

/** The same for each period of a query. */
interface Periods<Period> {
  readonly current: Period
  /** Of a comparison. */
  readonly previous: Period | null
  /** The current period without buckets, by which groups are ordered, where the query has both. */
  readonly whole: Period | null
}

/** Everything the database says about a query before it can be planned. */
export interface QueryContext extends Periods<PeriodContext> {
  /** Of the previous period. */
  readonly activeBefore: ActiveBefore | null
  /** The first local day that the site has data of, where it matters; `null` of an empty site. */
  readonly firstDay: number | null
  readonly currencies: Currencies
  readonly customEvents: ReadonlyMap<string, number>
  readonly users: ReadonlyMap<string, number>
  /** Of a query that is to be explained. */
  readonly exclusions: Exclusions | null
}

/** @param firstDay the first that the site has data of; `null` if no query needs it */
const periodsOf = (query: Query, site: SiteConfig, now: number, firstDay: number | null): Periods<QueryPeriod> => {
  const range = resolvePeriod(query.period, site.timezone, now, firstDay)
  const { dimensions: [rolled] = [], groups = null } = rollupChoice(query) ?? {}
  const period = (own: Range, granularity = query.granularity): QueryPeriod => ({
    range: own,
    dimension: rolled ?? null,
    groups,
    granularity,
    measures: requestedMeasures({ ...query, granularity }, site.settings),
  })
  return {
    current: period(range),
    previous: query.compare && period(comparedPeriod(query.compare, range, site.timezone, now)),
    whole: query.dimensions.length > 0 && query.granularity ? period(range, null) : null,
  }
}

/** Whether a period counts people in total, or in groups that lists of active people tell. */
const countsPeople = ({ dimension, measures }: QueryPeriod): boolean =>
  (dimension === null || idColumnOf(dimension) !== null) && measures.some(({ stored }) => stored?.isOfActivity)

const listed = <Period>({ current, previous, whole }: Periods<Period>): Period[] =>
  [current, previous, whole].filter(period => period !== null)

const rollupRequestOf = ({ dimension, range, measures }: QueryPeriod): RollupRequest => ({
  dimension,
  range,
  keys: measures.flatMap(({ stored }) => (stored ? [stored.key] : [])),
})

type RestOfContext = Omit<QueryContext, keyof Periods<unknown>>

const readRest = async (
  reads: CountedReads,
  query: Query,
  site: SiteConfig,
  { current: { range }, previous }: Periods<QueryPeriod>,
  begin: number | null,
  activeBefore: (reads: CountedReads, range: Range) => Promise<ActiveBefore | null>,
): Promise<RestOfContext> => {
  const [firstDay, active, currencies, customEvents, users, exclusions] = await Promise.all([
    previous ? readFirstDay(reads, site) : begin,
    previous && countsPeople(previous) ? activeBefore(reads, previous.range) : null,
    readCurrencies(reads, query, site, range, previous?.range ?? null),
    readCustomEvents(reads, site, [
      ...namedIn(query.metrics, 'event'),
      ...eventsOf([...rulesOf(query.filters), ...givenSteps(query.metrics)]),
    ]),
    userIdsOf(site, namedIn(query.metrics, 'user')),
    query.explain ? readExclusions(reads, site, range) : null,
  ])
  return { firstDay, activeBefore: active, currencies, customEvents, users, exclusions }
}

/** Reads who was active before a range ends, once for all queries with that end. */
const activeReader = (site: SiteConfig) => {
  const known = new Map<number, Promise<ActiveBefore | null>>()
  return (reads: CountedReads, range: Range): Promise<ActiveBefore | null> => {
    const active = known.get(range.to) ?? readActiveBefore(reads, site, range)
    known.set(range.to, active)
    return active
  }
}

/** The imported days of every period. */
const readImported = async (
  reads: readonly CountedReads[],
  queries: readonly Query[],
  site: SiteConfig,
  now: number,
  all: readonly Periods<QueryPeriod>[],
): Promise<ReadonlyMap<QueryPeriod, ImportedDays | null>> => {
  const found = await Promise.all(
    all.map(async (one, index) => {
      const periods = listed(one)
      const days = await readImportedDays(reads[index] as CountedReads, site, queries[index] as Query, periods, now)
      return periods.map((period, at) => [period, days[at] ?? null] as const)
    }),
  )
  return new Map(found.flat())
}

/**
 * Reads the contexts of queries, in one round trip unless the period of one is "all".
 * @param reads one for each query; what several queries need counts for the first
 * @param now epoch milliseconds
 */
export const readQueryContexts = async (
  reads: readonly CountedReads[],
  queries: readonly Query[],
  site: SiteConfig,
  now: number,
): Promise<QueryContext[]> => {
  const shared = reads[0] as CountedReads
  const begin = queries.some(({ period }) => period === 'all') ? await readFirstDay(shared, site) : null
  const all = queries.map(query => periodsOf(query, site, now, begin))
  const periods = all.flatMap(listed)
  const activeBefore = activeReader(site)
  const [found, imported, ...rests] = await Promise.all([
    readRollups(shared, site, periods.map(rollupRequestOf)),
    readImported(reads, queries, site, now, all),
    ...queries.map((query, index) =>
      readRest(reads[index] as CountedReads, query, site, all[index] as Periods<QueryPeriod>, begin, activeBefore),
    ),
  ])
  const rollups = new Map(periods.map((period, index) => [period, found[index] as StoredRollups]))
  const contextOf = (period: QueryPeriod): PeriodContext => ({
    ...period,
    rollups: rollups.get(period) as StoredRollups,
    imported: imported.get(period) ?? null,
  })
  return all.map(({ current, previous, whole }, index) => ({
    current: contextOf(current),
    previous: previous && contextOf(previous),
    whole: whole && contextOf(whole),
    ...(rests[index] as RestOfContext),
  }))
}
