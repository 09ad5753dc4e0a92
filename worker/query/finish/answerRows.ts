import type { Change, Explanation, MetricValue, Row } from '../../../shared/question'
import type { Reading } from '../../metrics/metric'
import { wordsOf } from '../../metrics/wordsOf'
import type { QueriedMetric, Query } from '../parse/query'
import type { AnswerBucket } from '../plan/answerBuckets'
import type { Exclusions } from '../plan/readExclusions'
import { changeOf, NOT_COMPARED } from './change'
import { type PeriodResult, readGroup } from './periodResult'

/** A reading, and the imported days that it lacks. */
interface Read {
  readonly reading: Reading
  readonly lacks: 'none' | 'part' | 'days'
}

/** A value that lacks days is compared with none; one that lacks a part of a day is not tested. */
const changeBetween = ({ metric }: QueriedMetric, now: Read, before: Read): Change => {
  const lacks = [now.lacks, before.lacks]
  if (lacks.includes('days')) return NOT_COMPARED
  const change = changeOf(metric, now.reading, before.reading)
  return lacks.includes('part') ? { ...NOT_COMPARED, value: change.value } : change
}

const compared = (
  metric: QueriedMetric,
  now: Read,
  before: Read | undefined,
): Pick<MetricValue, 'previous' | 'change'> =>
  before
    ? { previous: before.reading.value, change: changeBetween(metric, now, before) }
    : { previous: null, change: NOT_COMPARED }

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
  now: Read,
  before: Read | undefined,
  { compare }: Query,
  exclusions: Exclusions | null,
): MetricValue => {
  const { variance: _, ...value } = now.reading
  return {
    ...value,
    ...(compare && compared(metric, now, before)),
    ...(exclusions && { explanation: explained(metric, now.reading, exclusions) }),
  }
}

/** The readings of a group in a bucket, by the positions of their metrics. */
const readAll = (period: PeriodResult, bucket: AnswerBucket, dimensions: readonly string[]): Read[] => {
  const { lacking, parts } = period.context.imported
  return readGroup(period, bucket, dimensions).map((reading, position) => {
    if (lacking.get(position)?.has(bucket.key)) return { reading, lacks: 'days' }
    const isOfDays = period.query.metrics[position]?.metric.imports.length === 0
    return { reading, lacks: isOfDays && parts.has(bucket.key) ? 'part' : 'none' }
  })
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
    const now = readAll(current, bucket, dimensions)
    const before = previous && earlier ? readAll(previous, earlier, dimensions) : []
    const values = query.metrics.map((metric, position) => [
      metric.metric.id,
      metricValue(metric, now[position] as Read, before[position], query, exclusions),
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
