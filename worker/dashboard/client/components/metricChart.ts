import type { Answer } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import { rangeText } from '../format/rangeText'
import { bucketValues, comparedBucket, comparedIn, lineOf, readingParts, type Values } from './bucketValues'
import { drawTimeChart } from './drawTimeChart'
import { metricFrame } from './metricFrame'
import { periodOf } from './queryPanel'
import type { TimeChart } from './timeChart'

/** Charts with at most this many buckets have bars. */
const MOST_BARS = 10

const previousOf = (answer: Answer, values: Values): TimeChart['previous'] => {
  const compared = comparedIn(answer)
  if (!compared || !values.some(value => typeof value?.previous === 'number')) return null
  return { name: rangeText(compared), values: values.map(value => value?.previous ?? null) }
}

/** A chart of one metric, with the period it is compared with where the answer has it. */
export const metricChart = (answer: Answer, metric: MetricId, name: string, view: View): HTMLElement => {
  const frame = metricFrame(answer, metric, name, view)
  const values = bucketValues(answer, metric)
  const reading = (at: number): string[] => {
    const [shown, previous, change] = readingParts(metric, values[at], frame.isOpen(at))
    const lines = [`${frame.bucket(at)}: ${shown}`]
    if (previous !== undefined) lines.push(`${comparedBucket(answer, at, view)}: ${previous}`)
    return change === undefined ? lines : [...lines, change]
  }
  return drawTimeChart({
    ...frame,
    lines: [lineOf(metric, rangeText(periodOf(answer)), values)],
    previous: previousOf(answer, values),
    bars: values.length <= MOST_BARS,
    reading,
  })
}
