import { noPreviousData } from '../../../shared/noPreviousData'
import { formatDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Scope } from '../../relations/sql/scope'
import { coverageOf } from '../../rollups/readRollups'
import type { Query } from '../parse/query'
import { type AnswerBucket, answerBuckets } from './answerBuckets'
import { type ImportedPlan, importedPlan } from './importedPlan'
import { type Outage, outageWarning } from './outage'
import { planRange, type RangePlan } from './planRange'
import type { Exclusions } from './readExclusions'
import type { Moment } from './readMoment'
import type { PeriodContext, QueryContext } from './readQueryContexts'

/** How one period of a query is answered. */
export interface PeriodPlan extends RangePlan {
  readonly range: Range
  readonly buckets: readonly AnswerBucket[]
  readonly imported: ImportedPlan
}

/** How a query is answered. */
export interface QueryPlan {
  readonly query: Query
  readonly currencies: ReadonlyMap<string, string>
  readonly current: PeriodPlan
  /** The period of a comparison, `null` too where the site's data begin later. */
  readonly previous: PeriodPlan | null
  readonly previousRange: Range | null
  /** The first days of the previous period and of the site's data, where the latter is too late for a comparison. */
  readonly incomparable: { readonly from: string; readonly firstDay: string | null } | null
  /** The current period without buckets, by which groups are ordered, where the query has both. */
  readonly whole: PeriodPlan | null
  /** Why metrics that need deleted events have no value. */
  readonly deletedEventsReason: string
  readonly exclusions: Exclusions | null
  /** Within its periods. */
  readonly outages: readonly Outage[]
  readonly warnings: readonly string[]
}

const scopeOf = (
  query: Query,
  { range, granularity }: PeriodContext,
  { currencies, customEvents, users }: QueryContext,
  { site, now, state, removed, added }: Moment,
): Scope => ({
  site: site.id,
  zone: site.timezone,
  now,
  range,
  granularity,
  dimensions: query.dimensions,
  filters: query.filters,
  removed,
  added,
  hasIdentities: state.hasIdentities,
  customEvents,
  formerEvents: state.formerEvents,
  currencies: currencies.chosen,
  settings: site.settings,
  users,
  ends: [],
})

const planPeriod = (query: Query, period: PeriodContext, context: QueryContext, moment: Moment): PeriodPlan => {
  const { state, delta, site, now } = moment
  const { measures, dimension, groups } = period
  const buckets = answerBuckets(period.granularity, period.range, site.timezone, now)
  const activeBefore = period === context.previous ? context.activeBefore : null
  const coverage = coverageOf(period.rollups, delta, state.retained, activeBefore)
  const scope = scopeOf(query, period, context, moment)
  const planned = planRange({ measures, dimension, groups, scope, buckets, coverage, delta })
  const imported = importedPlan(query, period.imported, period.granularity, buckets)
  const segments = [...planned.segments, ...imported.segments]
  return { range: period.range, buckets, ...planned, segments, imported }
}

/** Why a period is compared with none, `null` if it can be: growth since days before the first data says nothing. */
const incomparable = ({ previous, firstDay }: QueryContext): QueryPlan['incomparable'] => {
  if (previous === null) return null
  const from = previous.range.firstDay
  if (firstDay !== null && from >= firstDay) return null
  return { from: formatDay(from), firstDay: firstDay === null ? null : formatDay(firstDay) }
}

const deletedEventsReason = ({ state: { retained }, site: { settings } }: Moment): string => {
  const months = settings.retention_months
  const why = months === null ? '' : `, as this site keeps them for ${months} ${months === 1 ? 'month' : 'months'}`
  return `Events before ${formatDay(retained.day)} were deleted${why}; ask for a later period.`
}

/** A warning about some metrics, none where there are none. */
const warningOf = ({ metrics }: Query, positions: Iterable<number>, text: string): string[] => {
  const names = [...new Set(positions)].map(position => metrics[position]?.metric.id)
  return names.length > 0 ? [`${names.join(', ')}: ${text}`] : []
}

/** Plans how a query is answered: for each of its periods, the segments to add up. */
export const plan = (query: Query, context: QueryContext, moment: Moment): QueryPlan => {
  const period = (one: PeriodContext): PeriodPlan => planPeriod(query, one, context, moment)
  const noComparison = incomparable(context)
  const current = period(context.current)
  const previous = context.previous && noComparison === null ? period(context.previous) : null
  const reason = deletedEventsReason(moment)
  // Readings give the reason, but previous periods have none, and without groups there are no rows.
  const unsaid = [...(previous?.withheld ?? []), ...(query.dimensions.length > 0 ? current.withheld : [])]
  const retainedFrom = formatDay(moment.state.retained.day)
  const ranges = [current, previous].flatMap(one => one?.range ?? [])
  const outages = moment.state.outages.filter(({ from, to }) =>
    ranges.some(range => from < range.to && to > range.from),
  )
  return {
    query,
    currencies: context.currencies.chosen,
    current,
    previous,
    previousRange: context.previous?.range ?? null,
    incomparable: noComparison,
    whole: context.whole && period(context.whole),
    deletedEventsReason: reason,
    exclusions: context.exclusions,
    outages,
    warnings: [
      ...outageWarning(outages),
      ...context.currencies.warnings,
      ...(noComparison === null ? [] : [noPreviousData(noComparison.from, noComparison.firstDay)]),
      ...warningOf(query, unsaid, reason),
      ...warningOf(
        query,
        [...current.truncated, ...(previous?.truncated ?? [])],
        `Events before ${retainedFrom} were deleted, so what happened then is left out.`,
      ),
    ],
  }
}

/** Every segment of a plan. */
export const segmentsOf = ({ current, previous, whole }: QueryPlan) =>
  [current, previous, whole].flatMap(period => period?.segments ?? [])
