import type { ChangeMetric } from '../../../shared/changes'
import { Z } from '../../../shared/normal'
import type { Interval, MetricValue, Row } from '../../../shared/question'
import { equalRates } from '../../metrics/statistics/equalRates'
import { upperTail } from '../../metrics/statistics/upperTail'

/** Counts with a smaller sum can never be significant, so they are not tested. */
const FEWEST = 6

/** The variance of an estimate, from its 95 % interval. */
const varianceIn = ([low, high]: Interval): number => ((high - low) / (2 * Z)) ** 2

/**
 * The variance of the previous amount of money. The interval of the change has both variances, relative to their amounts
 * and on the logarithm; there is none where money came in one period only.
 */
const previousVariance = (
  value: number,
  previous: number,
  variance: number,
  change: Interval | null,
): number | null => {
  if (previous === 0) return 0
  return change && previous ** 2 * (varianceIn([Math.log1p(change[0]), Math.log1p(change[1])]) - variance / value ** 2)
}

/**
 * The probability of a change of money. Where nothing changed, each order is as likely in one period as in the other, so
 * the difference is a sum of amounts with random signs, whose variance is the sum of their squares.
 */
const probabilityOfMoney = ({ value, previous, interval, change }: MetricValue): number | null => {
  if (value === null || typeof previous !== 'number' || interval === null) return null
  const now = varianceIn(interval)
  const before = previousVariance(value, previous, now, change?.interval ?? null)
  return before === null || now + before <= 0
    ? null
    : 2 * upperTail(Math.abs(value - previous) / Math.sqrt(now + before))
}

const probabilityOfCount = (value: number, previous: number): number | null =>
  value + previous < FEWEST ? null : equalRates(value, previous)

/** The rate whose numerator is the visitors behind a count, of all visitors. */
const RATES: Readonly<Partial<Record<ChangeMetric, string>>> = {
  conversions: 'conversion_rate',
  goal_conversions: 'goal_conversion_rate',
}

/** Visitors in both periods of whom a rate counts a share. */
const visitorsBehind = (rate: MetricValue, visitors: MetricValue): readonly [now: number, before: number] => [
  rate.numerator ?? 0,
  Math.round((rate.previous ?? 0) * (visitors.previous ?? 0)),
]

/**
 * The probability of a change of a count. One visitor may convert many times, which is no sign of a change: where a count has
 * visitors behind it, their number must have changed, too.
 */
export const probabilityOfChange = (
  metric: ChangeMetric,
  row: Row['metrics'],
  totals: Row['metrics'],
): number | null => {
  const of = row[metric]
  if (!of || of.value === null || typeof of.previous !== 'number') return null
  if (of.currency !== undefined) return probabilityOfMoney(of)
  const [rate, visitors] = [row[RATES[metric] ?? ''], row.visitors ?? totals.visitors]
  const ofCount = probabilityOfCount(of.value, of.previous)
  if (!rate || !visitors || ofCount === null) return ofCount
  const ofVisitors = probabilityOfCount(...visitorsBehind(rate, visitors))
  return ofVisitors === null ? null : Math.max(ofCount, ofVisitors)
}
