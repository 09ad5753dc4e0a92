import type { Interval } from '../../../shared/question'
import type { Reading, Sums } from '../metric'
import { meanInterval } from '../statistics/studentT'
import { varianceOf } from '../statistics/varianceOf'
import { atLeastZero } from './atLeastZero'
import { get } from './get'
import { noData } from './noData'

export const meanReading = (
  sums: Sums,
  scale: (amount: number) => number,
  { of, send, signed = false }: { of: string; send?: string | undefined; signed?: boolean },
): Reading => {
  const [n, x] = [get(sums, 'n'), get(sums, 'x')]
  if (n === 0) return noData(get(sums, 'pending'), of, send)
  // Of imported units only the sum is known.
  const interval = get(sums, 'unspread') > 0 ? null : meanInterval(n, x, get(sums, 'xx'))
  const scaled: Interval | null = interval && [scale(interval[0]), scale(interval[1])]
  return {
    value: scale(x) / n,
    numerator: scale(x),
    denominator: n,
    interval: scaled && (signed ? scaled : atLeastZero(scaled)),
    variance: varianceOf(scaled),
    status: 'ok',
    pending: get(sums, 'pending'),
  }
}
