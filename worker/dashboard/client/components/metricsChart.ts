import type { Answer } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import { definitionOf } from '../state/definitionOf'
import { bucketValues, comparedBucket, lineOf, readingParts } from './bucketValues'
import { drawTimeChart } from './drawTimeChart'
import { metricFrame } from './metricFrame'

/**
 * A chart with a line for each of several metrics of one unit. Those it is compared with are in the tooltip alone, because
 * an area for each would hide the lines.
 * @param name of the metrics together
 */
export const metricsChart = (
  answer: Answer,
  metrics: readonly [MetricId, ...MetricId[]],
  name: string,
  view: View,
): HTMLElement => {
  const frame = metricFrame(answer, metrics[0], name, view)
  const shown = metrics.map(metric => ({
    metric,
    name: definitionOf(metric).name,
    values: bucketValues(answer, metric),
  }))
  const isCompared = shown.some(({ values }) => values.some(value => typeof value?.previous === 'number'))
  // Each line has its values in the order of the times in the first.
  const reading = (at: number): string[] => [
    [frame.bucket(at), ...(isCompared ? [comparedBucket(answer, at, view)] : [])].join(' · '),
    ...shown.map(
      ({ metric, name, values }) => `${name}: ${readingParts(metric, values[at], frame.isOpen(at)).join(' · ')}`,
    ),
  ]
  return drawTimeChart({
    ...frame,
    lines: shown.map(({ metric, name, values }) => lineOf(metric, name, values)),
    previous: null,
    bars: false,
    reading,
  })
}
