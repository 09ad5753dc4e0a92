import type { Reading } from '../../metrics/metric'
import { groupKey, type Totals } from '../merge/totals'
import type { Query } from '../parse/query'
import type { AnswerBucket } from '../plan/answerBuckets'
import { type MetricContext, readMetric } from './readMetric'

/** The totals of one period, and what its metrics are read with. */
export interface PeriodResult {
  readonly query: Query
  readonly buckets: readonly AnswerBucket[]
  readonly totals: Totals
  readonly context: MetricContext
}

/** The readings of a group in a bucket, by the positions of their metrics. */
export const readGroup = (
  { query, totals, context }: PeriodResult,
  bucket: AnswerBucket,
  dimensions: readonly string[],
): Reading[] => {
  const sums = totals.get(groupKey(bucket.key, dimensions))
  return query.metrics.map((metric, position) => readMetric(metric, position, sums?.[position], bucket, context))
}
