/** The local days of a bucket, both included. */
export interface BucketDays {
  readonly key: number
  readonly firstDay: number
  readonly lastDay: number
}

/** The key of the bucket that holds a local day; 0 where no bucket does, as everything is in one. */
export const bucketOf = (buckets: readonly BucketDays[], day: number): number =>
  buckets.find(({ firstDay, lastDay }) => firstDay <= day && day <= lastDay)?.key ?? 0
