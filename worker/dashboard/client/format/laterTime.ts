import type { Granularity } from '../../../../shared/question'
import { DAY, HOUR } from '../../../../shared/time'
import { asUtc } from './dateFormat'

const LENGTHS = { hour: HOUR, day: DAY, week: 7 * DAY } as const

/** Days from the Monday before, as 1970-01-01 was a Thursday. */
const sinceMonday = (time: number): number => (Math.floor(time / DAY) + 3) % 7

/**
 * The local time of the bucket that is a number of buckets later.
 * @example laterTime('2026-01-31', 1, 'month') // '2026-02-01T00:00:00'
 */
export const laterTime = (time: string, buckets: number, granularity: Granularity): string => {
  const at = asUtc(time)
  const iso = (later: number): string => new Date(later).toISOString().slice(0, 19)
  if (granularity === 'month') {
    const date = new Date(at)
    return iso(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + buckets, 1))
  }
  const start = granularity === 'week' ? at - sinceMonday(at) * DAY : at
  return iso(start + buckets * LENGTHS[granularity])
}
