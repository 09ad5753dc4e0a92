import type { Explanation, MetricValue, Row } from '../../../shared/question'
import type { Reading } from '../../metrics/metric'
import { wordsOf } from '../../metrics/wordsOf'
import type { QueriedMetric, Query } from '../parse/query'
import type { AnswerBucket } from '../plan/answerBuckets'
import type { Exclusions } from '../plan/readExclusions'
import { changeOf, NOT_COMPARED } from './change'
import { type PeriodResult, readGroup } from './periodResult'

const compared = (
  { metric }: QueriedMetric,
  now: Reading,
  before: Reading | undefined,
): Pick<MetricValue, 'previous' | 'change'> =>
  before ? { previous: before.value, change: changeOf(metric, now, before) } : { previous: null, change: NOT_COMPARED }

const explained = (
  { metric, args }: QueriedMetric,
  { pending, left_out }: Reading,
  exclusions: Exclusions,
): Explanation => ({
  ...wordsOf(metric, args),
  parameters: args,
  left_out: { pending, without_lasting_id: left_out ?? 0, ...exclusions },
})

const metricValue = (
  metric: QueriedMetric,
  now: Reading,
  before: Reading | undefined,
  { compare }: Query,
  exclusions: Exclusions | null,
): MetricValue => {
  const { variance: _, ...value } = now
  return {
    ...value,
    ...(compare && compared(metric, now, before)),
    ...(exclusions && { explanation: explained(metric, now, exclusions) }),
  }
}

const namesOf = ({ dimensions }: Query, values: readonly string[]): Pick<Row, 'dimensions'> =>
  dimensions.length > 0
    ? { dimensions: Object.fromEntries(dimensions.map(({ id }, index) => [id, values[index] ?? ''])) }
    : {}

/**
 * The rows of an answer, by bucket and group.
 * @param previous `null` where there is nothing to compare with; its buckets correspond by their order
 */
export const answerRows = (
  current: PeriodResult,
  previous: PeriodResult | null,
  groups: readonly (readonly string[])[],
  exclusions: Exclusions | null,
): Row[] => {
  const { query } = current
  const rowOf = (bucket: AnswerBucket, earlier: AnswerBucket | undefined, dimensions: readonly string[]): Row => {
    const now = readGroup(current, bucket, dimensions)
    const before = previous && earlier ? readGroup(previous, earlier, dimensions) : []
    const values = query.metrics.map((metric, position) => [
      metric.metric.id,
      metricValue(metric, now[position] as Reading, before[position], query, exclusions),
    ])
    return {
      ...(query.granularity && { time: bucket.label }),
      ...namesOf(query, dimensions),
      metrics: Object.fromEntries(values),
    }
  }
  return current.buckets.flatMap((bucket, index) =>
    groups.map(dimensions => rowOf(bucket, previous?.buckets[index], dimensions)),
  )
}
