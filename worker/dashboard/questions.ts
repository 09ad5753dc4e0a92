import type { Filter, Parameters, Question } from '../../shared/question'
import type { MetricId } from '../metrics/metricId'
import { granularityOf, type View } from './address'

/** A question about metrics of the catalogue. */
export interface MetricQuestion extends Question {
  readonly metrics: readonly MetricId[]
  readonly parameters?: Readonly<Partial<Record<MetricId, Parameters>>>
}

/** The filters of a view, with those of its segment. */
export const filtersOf = ({ filters, segment }: Pick<View, 'filters' | 'segment'>): readonly Filter[] =>
  segment === '' ? filters : [['segment', segment], ...filters]

/** The parts that all questions of a view share: site, period, filters and comparison. */
export const about = ({ site, period, filters, segment, compare }: View) => ({
  site,
  period,
  filters: filtersOf({ filters, segment }),
  ...(compare && { compare }),
})

/** The question for cards of metrics. */
export const cardsQuestion = (metrics: readonly MetricId[], view: View): MetricQuestion => ({ ...about(view), metrics })

/** The question for a chart of a metric. */
export const chartQuestion = (metric: MetricId, view: View): MetricQuestion => ({
  ...about(view),
  metrics: [metric],
  granularity: granularityOf(view),
})

/** A tab and its dimensions. The first one is shown first. */
export interface Tab {
  readonly title: string
  readonly dimensions: readonly [string, ...string[]]
}

/** The tabs and columns of a breakdown panel. */
export interface Breakdown {
  readonly tabs: readonly [Tab, ...Tab[]]
  /** Rows are sorted by the first one. */
  readonly metrics: Columns
  /** Other metrics for some dimensions. */
  readonly of?: Readonly<Record<string, Columns>>
  /** The metrics after a click on More columns. */
  readonly all?: Columns
}

/** Metrics, one per column. */
export type Columns = readonly [MetricId, ...MetricId[]]

/** Rows of a breakdown at first, and after a click on Show more. */
export const FEW = 10
export const MANY = 100

/** The dimension in a view's `by`, or the first. */
export const dimensionOf = ({ tabs }: Breakdown, { own }: View): string =>
  tabs.flatMap(({ dimensions }) => dimensions).find(id => id === own.by) ?? tabs[0].dimensions[0]

/** The metrics shown for a view. */
export const columnsOf = (breakdown: Breakdown, view: View): Columns => {
  const { metrics, of = {}, all } = breakdown
  return (view.own.columns === 'all' && all) || (of[dimensionOf(breakdown, view)] ?? metrics)
}

const mostOf = ({ own }: View): number => (own.rows === 'more' ? MANY : FEW)

/** The question for the groups of the view's dimension. */
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
