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

/** The question for a chart of metrics. */
export const chartQuestion = (metrics: readonly MetricId[], view: View): MetricQuestion => ({
  ...about(view),
  metrics,
  granularity: granularityOf(view),
})

/** Metrics, one per column. */
export type Columns = readonly [MetricId, ...MetricId[]]
