import { dayOf } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { BucketEnd } from '../../relations/sql/scope'
import { type Bucket, bucketsOf } from '../parse/period'
import type { Query } from '../parse/query'

/** One row of an answer for each group: its span and its local days. */
export interface AnswerBucket extends Bucket {
  readonly firstDay: number
  readonly lastDay: number
  /** Today at the latest. */
  readonly lastDayBegun: number
  readonly daysBegun: number
}

const withDays = (bucket: Bucket, zone: string, today: number): AnswerBucket => {
  const [firstDay, lastDay] = [dayOf(bucket.from, zone), dayOf(bucket.to - 1, zone)]
  const lastDayBegun = Math.min(lastDay, today)
  return { ...bucket, firstDay, lastDay, lastDayBegun, daysBegun: Math.max(0, lastDayBegun - firstDay + 1) }
}

const wholeRange = ({ from, to }: Range): Bucket => ({ key: 0, label: '', from, to })

/** The buckets of a range, in time order; one where the query has no granularity. */
export const answerBuckets = (
  granularity: Query['granularity'],
  range: Range,
  zone: string,
  now: number,
): AnswerBucket[] => {
  const buckets = granularity ? bucketsOf(range, granularity, zone) : [wholeRange(range)]
  return buckets.map(bucket => withDays(bucket, zone, dayOf(now, zone)))
}

/** Buckets as relations read them. */
export const endsOf = (buckets: readonly AnswerBucket[]): BucketEnd[] =>
  buckets.map(({ key, from, to, lastDayBegun, daysBegun }) => ({
    key,
    from,
    to,
    lastDay: lastDayBegun,
    days: daysBegun,
  }))
