import type { Answer } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import { metricName } from '../state/metricName'
import { bucketValues, lineOf, readingParts } from './bucketValues'
import { drawTimeChart } from './drawTimeChart'
import { metricFrame } from './metricFrame'

/**
 * A chart with a line for each of several metrics of one unit.
 * @param name of the metrics together
 */
export const metricsChart = (
  answer: Answer,
  metrics: readonly [MetricId, ...MetricId[]],
  name: string,
  view: View,
): HTMLElement => {
  const frame = metricFrame(answer, metrics[0], name, view)
  const shown = metrics.map(metric => ({ metric, name: metricName(metric), values: bucketValues(answer, metric) }))
  const reading = (at: number): string[] => [
    frame.bucket(at),
    ...shown.map(({ metric, name, values }) => `${name}: ${readingParts(metric, values[at], frame.isOpen(at))[0]}`),
  ]
  return drawTimeChart({
    ...frame,
    lines: shown.map(({ metric, name, values }) => lineOf(metric, name, values)),
    previous: null,
    bars: false,
    reading,
  })
}
