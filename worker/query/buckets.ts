import { dayOf } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import type { BucketEnd } from '../relations/sql/scope'
import type { Site } from '../storage/sites'
import type { ParsedQuery } from './parse/parseQuery'
import { type Bucket, bucketsOf } from './parse/period'

const oneBucket = (range: Range): readonly Bucket[] => [{ key: 0, label: '', from: range.from, to: range.to }]

/** The rows' buckets and how days fall into them. */
export interface Buckets {
  readonly list: readonly Bucket[]
  readonly ends: readonly BucketEnd[]
  bucketOfDay(day: number): number
  /** Days of a bucket that have begun. */
  daysOf(bucket: Bucket): number
}

/** The rows of a question over a range. */
export const bucketsFor = (plan: ParsedQuery, range: Range, site: Site, now: number): Buckets => {
  const zone = site.timezone
  const list = plan.granularity ? bucketsOf(range, plan.granularity, zone) : oneBucket(range)
  const today = dayOf(now, zone)
  const lastDay = ({ to }: Bucket): number => Math.min(dayOf(to - 1, zone), today)
  const days = list.map(bucket => ({ key: bucket.key, from: dayOf(bucket.from, zone), to: dayOf(bucket.to - 1, zone) }))
  const daysOf = (bucket: Bucket): number => Math.max(0, lastDay(bucket) - dayOf(bucket.from, zone) + 1)
  return {
    list,
    ends: list.map(bucket => ({
      key: bucket.key,
      from: bucket.from,
      to: bucket.to,
      lastDay: lastDay(bucket),
      days: daysOf(bucket),
    })),
    bucketOfDay: day => days.find(({ from, to }) => from <= day && day <= to)?.key ?? 0,
    daysOf,
  }
}
