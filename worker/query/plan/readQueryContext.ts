import type { Range } from '../../lib/timeRange'
import { readRollups, type StoredRollups } from '../../rollups/readRollups'
import type { SiteConfig } from '../../storage/siteConfig'
import type { CountedReads } from '../execute/countedReads'
import { previousPeriod, resolvePeriod } from '../parse/period'
import type { Query } from '../parse/query'
import { namedIn } from './namedIn'
import { type Currencies, readCurrencies } from './readCurrencies'
import { readCustomEvents } from './readCustomEvents'
import { type Exclusions, readExclusions } from './readExclusions'
import { readFirstDay } from './readFirstDay'
import { type PlannedMeasure, requestedMeasures } from './requestedMeasures'
import { userIdsOf } from './userIdsOf'

/** One of the periods of a query, with what rollups hold of it. */
export interface PeriodContext {
  readonly range: Range
  readonly granularity: Query['granularity']
  readonly measures: readonly PlannedMeasure[]
  readonly rollups: StoredRollups
}

/** Everything the database says about a query before it can be planned. */
export interface QueryContext {
  readonly current: PeriodContext
  /** Of a comparison. */
  readonly previous: PeriodContext | null
  /** The current period without buckets, by which groups are ordered, where the query has both. */
  readonly whole: PeriodContext | null
  /** The first local day that the site has data of, where it matters; `null` of an empty site. */
  readonly firstDay: number | null
  readonly currencies: Currencies
  readonly customEvents: ReadonlyMap<string, number>
  readonly users: ReadonlyMap<string, number>
  /** Of a query that is to be explained. */
  readonly exclusions: Exclusions | null
}

const readPeriod = async (
  reads: CountedReads,
  query: Query,
  site: SiteConfig,
  range: Range,
  granularity: Query['granularity'],
): Promise<PeriodContext> => {
  const measures = requestedMeasures({ ...query, granularity }, site.settings)
  const keys = measures.flatMap(({ stored }) => (stored ? [stored.key] : []))
  const rollups = await readRollups(reads, site, query.dimensions[0]?.id ?? '', range, keys)
  return { range, granularity, measures, rollups }
}

/**
 * Reads the context of a query, in one round trip unless the period is "all".
 * @param now epoch milliseconds
 */
export const readQueryContext = async (
  reads: CountedReads,
  query: Query,
  site: SiteConfig,
  now: number,
): Promise<QueryContext> => {
  const isAll = query.period === 'all'
  const begin = isAll ? await readFirstDay(reads, site) : null
  const range = resolvePeriod(query.period, site.timezone, now, begin)
  const previous = query.compare ? previousPeriod(range, site.timezone, now) : null
  const period = (own: Range, granularity = query.granularity): Promise<PeriodContext> =>
    readPeriod(reads, query, site, own, granularity)
  const [currentContext, previousContext, wholeContext, firstDay, currencies, customEvents, users, exclusions] =
    await Promise.all([
      period(range),
      previous && period(previous),
      query.dimensions.length > 0 && query.granularity ? period(range, null) : null,
      previous ? readFirstDay(reads, site) : begin,
      readCurrencies(reads, query, site, range, previous),
      readCustomEvents(reads, site, namedIn(query.metrics, 'event')),
      userIdsOf(site, namedIn(query.metrics, 'user')),
      query.explain ? readExclusions(reads, site, range) : null,
    ])
  return {
    current: currentContext,
    previous: previousContext,
    whole: wholeContext,
    firstDay,
    currencies,
    customEvents,
    users,
    exclusions,
  }
}
