import type { Interval } from '../../../shared/question'
import type { Reading, Sums } from '../metric'
import { get } from './get'
import { noData } from './noData'

/** The reading of a quantile, with an interval between order statistics. */
export const quantileReading = (sums: Sums, scale: (amount: number) => number, of: string): Reading => {
  const n = get(sums, 'n')
  if (n === 0) return { ...noData(0, of), numerator: null }
  const known = sums.lower !== undefined && sums.upper !== undefined
  const interval: Interval | null = known ? [scale(get(sums, 'lower')), scale(get(sums, 'upper'))] : null
  return {
    value: scale(get(sums, 'quantile')),
    numerator: null,
    denominator: n,
    interval,
    status: 'ok',
    pending: get(sums, 'pending'),
  }
}
