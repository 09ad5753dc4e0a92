import type { Answer } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import { statusText } from '../format/statusText'
import { definitionOf } from '../state/definitionOf'
import { metricName } from '../state/metricName'
import { emptyPeriod } from './emptyPeriod'
import { emptyState } from './emptyState'
import { metricChart } from './metricChart'
import { metricsChart } from './metricsChart'

/** Metrics of one unit that share a chart. */
export interface Together {
  readonly metrics: readonly [MetricId, ...MetricId[]]
  /** Their name together. */
  readonly name: string
}

/** No value in any bucket. A rate of 0 is a value, a count of 0 is none. */
const isEmpty = ({ rows }: Answer, metric: MetricId): boolean => {
  const isCount = definitionOf(metric).unit === 'count'
  const lacks = (value: number | null | undefined): boolean =>
    value === null || value === undefined || (isCount && value === 0)
  return rows.every(({ metrics }) => lacks(metrics[metric]?.value) && lacks(metrics[metric]?.previous))
}

const NEEDS: readonly string[] = ['needs_input', 'needs_identity', 'pending']

const reasonOf = (answer: Answer, metric: MetricId, view: View): HTMLElement => {
  const lacking = answer.rows.map(row => row.metrics[metric]).find(value => value && NEEDS.includes(value.status))
  return lacking ? emptyState(statusText(lacking)) : emptyPeriod(view)
}

/** A metric's chart, or the reason why there is none. */
export const chartOrReason = (answer: Answer, metric: MetricId, view: View, name = metricName(metric)): HTMLElement =>
  isEmpty(answer, metric) ? reasonOf(answer, metric, view) : metricChart(answer, metric, name, view)

/** The chart of those metrics that have a value, or the reason why the first has none. */
export const chartTogether = (answer: Answer, { metrics, name }: Together, view: View): HTMLElement => {
  const [first, ...rest] = metrics.filter(metric => !isEmpty(answer, metric))
  return first ? metricsChart(answer, [first, ...rest], name, view) : reasonOf(answer, metrics[0], view)
}
