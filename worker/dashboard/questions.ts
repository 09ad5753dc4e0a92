import type { Parameters, Question } from '../../shared/question'
import type { MetricId } from '../metrics/metricId'
import { granularityOf, type View } from './address'

/** A question about metrics of the catalogue. */
export interface MetricQuestion extends Question {
  readonly metrics: readonly MetricId[]
  readonly parameters?: Readonly<Partial<Record<MetricId, Parameters>>>
}

/** What every question about a view has: site, period, filters and comparison. */
export const about = ({ site, period, filters, compare }: View) => ({
  site,
  period,
  filters,
  ...(compare && { compare: 'previous_period' as const }),
})

/** What cards of these metrics show. */
export const cardsQuestion = (metrics: readonly MetricId[], view: View): MetricQuestion => ({ ...about(view), metrics })

/** What a chart of a metric shows. */
export const chartQuestion = (metric: MetricId, view: View): MetricQuestion => ({
  ...about(view),
  metrics: [metric],
  granularity: granularityOf(view),
})

/** A tab and the dimensions it breaks numbers down by, the one that is shown first at the front. */
export interface Tab {
  readonly title: string
  readonly dimensions: readonly [string, ...string[]]
}

/** What a panel of breakdowns shows. */
export interface Breakdown {
  readonly tabs: readonly [Tab, ...Tab[]]
  /** The first one decides the order. */
  readonly metrics: Columns
  /** By dimension, other metrics. */
  readonly of?: Readonly<Record<string, Columns>>
  /** What is shown instead when more is wanted. */
  readonly all?: Columns
}

/** Ids of metrics, a column each. */
export type Columns = readonly [MetricId, ...MetricId[]]

/** Rows of a breakdown at first, and when more are wanted. */
export const FEW = 10
export const MANY = 100

/** The dimension that a view's `by` names, else the first. */
export const dimensionOf = ({ tabs }: Breakdown, { own }: View): string =>
  tabs.flatMap(({ dimensions }) => dimensions).find(id => id === own.by) ?? tabs[0].dimensions[0]

/** The metrics that a view shows. */
export const columnsOf = (breakdown: Breakdown, view: View): Columns => {
  const { metrics, of = {}, all } = breakdown
  return (view.own.columns === 'all' && all) || (of[dimensionOf(breakdown, view)] ?? metrics)
}

const mostOf = ({ own }: View): number => (own.rows === 'more' ? MANY : FEW)

/** What to ask for the groups of the dimension that a view's `by` names. */
export const breakdownQuestion = (breakdown: Breakdown, view: View): MetricQuestion => {
  const { compare: _, ...rest } = about(view)
  const metrics = columnsOf(breakdown, view)
  return {
    ...rest,
    metrics,
    dimensions: [dimensionOf(breakdown, view)],
    order_by: [[metrics[0], 'desc']],
    limit: mostOf(view),
  }
}
