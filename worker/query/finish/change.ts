import { Z } from '../../../shared/normal'
import type { Change, Interval, Verdict } from '../../../shared/question'
import type { Metric, Reading } from '../../metrics/metric'
import { type Estimate, growthInterval } from '../../metrics/statistics/growthInterval'

/** The change from one value to another, and its interval by their variances. */
interface Comparison {
  value(now: number, before: number): number | null
  interval(now: Estimate, before: Estimate): Interval | null
}

const COMPARISONS: Readonly<Record<Metric['change'], Comparison>> = {
  difference: {
    value: (now, before) => now - before,
    interval: (now, before) => {
      const [value, half] = [now.value - before.value, Z * Math.sqrt(now.variance + before.variance)]
      return [value - half, value + half]
    },
  },
  fraction: {
    // A fraction of a negative value would have the wrong sign.
    value: (now, before) => (before > 0 ? (now - before) / before : null),
    interval: growthInterval,
  },
}

/** How a metric is compared. */
type Compared = Pick<Metric, 'change' | 'test'>

const estimateOf = ({ value, variance }: Reading): Estimate | null =>
  value === null || variance === null || variance === undefined ? null : { value, variance }

const intervalOf = (metric: Compared, now: Reading, before: Reading): Interval | null => {
  if (metric.test) return metric.test(now, before)
  const [one, other] = [estimateOf(now), estimateOf(before)]
  return one && other && COMPARISONS[metric.change].interval(one, other)
}

/** Means of equal amounts differ by less than this when their binary fractions were rounded differently. */
const ROUNDING = 1e-12

const verdictOf = ([low, high]: Interval): Verdict => {
  if (low > ROUNDING) return 'up'
  return high < -ROUNDING ? 'down' : 'no_clear_change'
}

/** The verdict on two values with intervals whose change has none: clear only where the intervals do not overlap. */
const verdictApart = ({ interval: now }: Reading, { interval: before }: Reading): Verdict => {
  if (now === null || before === null) return 'not_tested'
  if (now[0] > before[1]) return 'up'
  return now[1] < before[0] ? 'down' : 'not_tested'
}

/** The change of a value that is compared with nothing. */
export const NOT_COMPARED: Change = { value: null, interval: null, verdict: 'not_tested' }

/**
 * The change of a metric since the previous period: a difference for rates, a fraction of the previous value for
 * everything else. The verdict is up or down only where chance alone is an unlikely cause.
 */
export const changeOf = (metric: Compared, now: Reading, before: Reading): Change => {
  if (now.value === null || before.value === null) return NOT_COMPARED
  const value = COMPARISONS[metric.change].value(now.value, before.value)
  if (value === null) return NOT_COMPARED
  const interval = intervalOf(metric, now, before)
  return { value, interval, verdict: interval ? verdictOf(interval) : verdictApart(now, before) }
}
