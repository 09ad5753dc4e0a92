import {
  CHANGE_DIMENSIONS,
  CHANGE_METRICS,
  type ChangeDimension,
  type ChangeMetric,
  type ClearChange,
} from '../../../shared/changes'
import type { Filter, Interval, MetricValue, Row } from '../../../shared/question'
import { benjaminiHochberg } from '../../metrics/statistics/benjaminiHochberg'
import { equalRates } from '../../metrics/statistics/equalRates'
import { Z } from '../../metrics/statistics/normal'
import { upperTail } from '../../metrics/statistics/upperTail'

/** The false discovery rate: the expected share of false changes among those found. */
const FALSE_CHANGES = 0.05

/** Counts with a smaller sum can never be significant, so they are not tested. */
const FEWEST = 6

/** A group's value of a metric in both periods, and how likely its change is by chance. */
type Tested = Omit<ClearChange, 'explains'>

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
const probabilityOf = (metric: ChangeMetric, row: Row['metrics'], totals: Row['metrics']): number | null => {
  const of = row[metric]
  if (!of || of.value === null || typeof of.previous !== 'number') return null
  if (of.currency !== undefined) return probabilityOfMoney(of)
  const [rate, visitors] = [row[RATES[metric] ?? ''], row.visitors ?? totals.visitors]
  const ofCount = probabilityOfCount(of.value, of.previous)
  if (!rate || !visitors || ofCount === null) return ofCount
  const ofVisitors = probabilityOfCount(...visitorsBehind(rate, visitors))
  return ofVisitors === null ? null : Math.max(ofCount, ofVisitors)
}

const filterOn = (dimension: ChangeDimension, group: string): Filter =>
  dimension === 'goal' ? ['has_done', { goal: group }] : ['is', dimension, [group]]

const testedOf = (metric: ChangeMetric, dimension: ChangeDimension, row: Row, totals: Row['metrics']): Tested[] => {
  const of = row.metrics[metric]
  const group = row.dimensions?.[dimension]
  if (!of || group === undefined || of.value === null) return []
  const { value, previous = null, currency, change } = of
  if (previous === null) return []
  const probability = probabilityOf(metric, row.metrics, totals)
  if (probability === null) return []
  const verdict = value > previous ? 'up' : 'down'
  return [
    {
      metric,
      dimension,
      group,
      value,
      previous,
      difference: value - previous,
      ...(currency !== undefined && { currency }),
      change: change?.value ?? null,
      verdict,
      probability,
      filters: [filterOn(dimension, group)],
    },
  ]
}

const explainedBy = ({ metric, difference }: Tested, totals: Row['metrics']): number | null => {
  const total = totals[metric]
  const whole = (total?.value ?? 0) - (total?.previous ?? 0)
  return whole === 0 ? null : difference / whole
}

/** If the total did not change, the largest changes come first. */
const compareChanges = (one: ClearChange, other: ClearChange): number =>
  Math.abs(other.explains ?? 0) - Math.abs(one.explains ?? 0) ||
  Math.abs(other.difference) - Math.abs(one.difference) ||
  one.probability - other.probability

/** Changes that are clear, and how many were tested. */
export interface FoundChanges {
  readonly tested: number
  readonly changes: readonly ClearChange[]
}

/**
 * The groups with a significant change, corrected for multiple testing. Those that explain most of the total's change come first.
 * @param totals of the whole site
 * @param rows by dimension, with values of both periods
 */
export const findChanges = (
  totals: Row['metrics'],
  rows: Readonly<Partial<Record<ChangeDimension, readonly Row[]>>>,
): FoundChanges => {
  const tested = CHANGE_METRICS.flatMap(metric =>
    CHANGE_DIMENSIONS.flatMap(dimension =>
      (rows[dimension] ?? []).flatMap(row => testedOf(metric, dimension, row, totals)),
    ),
  ).sort((one, other) => one.probability - other.probability)
  const clear = benjaminiHochberg(
    tested.map(({ probability }) => probability),
    FALSE_CHANGES,
  )
  return {
    tested: tested.length,
    changes: tested
      .slice(0, clear)
      .map((one): ClearChange => ({ ...one, explains: explainedBy(one, totals) }))
      .sort(compareChanges),
  }
}
