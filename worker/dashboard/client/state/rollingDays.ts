import type { Granularity } from '../../../../shared/question'
import { DAY } from '../../../../shared/time'
import type { View } from '../../address'
import { wholeDays } from './wholeDays'

/** Days. */
const LONG = 31
const LONG_PERIODS: readonly unknown[] = ['90d', 'quarter', 'last_quarter']

const isLong = ({ period }: View): boolean =>
  typeof period === 'string'
    ? LONG_PERIODS.includes(period)
    : (Date.parse(period.to) - Date.parse(period.from)) / DAY + 1 > LONG

/**
 * The granularity for metrics that look back from each bucket: every bucket reads its weeks again, so a long period has
 * weeks, unless the reader chose days.
 */
export const rollingDays = (view: View): Granularity => {
  const granularity = wholeDays(view)
  return view.granularity === null && granularity === 'day' && isLong(view) ? 'week' : granularity
}
