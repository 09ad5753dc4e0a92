import type { Change, Interval, Verdict } from '../../shared/question'
import type { Metric, Reading } from './metric'
import { newcombe } from './statistics/newcombe'
import { Z } from './statistics/normal'

const verdictOf = (interval: Interval | null): Verdict => {
  if (interval === null) return 'no_clear_change'
  if (interval[0] > 0) return 'up'
  return interval[1] < 0 ? 'down' : 'no_clear_change'
}

const change = (value: number | null, interval: Interval | null): Change => ({
  value,
  interval,
  verdict: verdictOf(interval),
})

/** Half the width of a reading's interval in standard errors. */
const standardError = ({ interval }: Reading): number | null =>
  interval === null ? null : (interval[1] - interval[0]) / 2 / Z

/** Of two independent estimates: the variance of the quotient by the delta method. */
const fractionInterval = (now: Reading, before: Reading, value: number): Interval | null => {
  const [a, b] = [standardError(now), standardError(before)]
  if (a === null || b === null || !now.value || !before.value) return null
  const half = Z * Math.abs(now.value / before.value) * Math.hypot(a / now.value, b / before.value)
  return [value - half, value + half]
}

/** Of a difference of two independent estimates. */
const plainInterval = (now: Reading, before: Reading, value: number): Interval | null => {
  const [a, b] = [standardError(now), standardError(before)]
  return a === null || b === null ? null : [value - Z * Math.hypot(a, b), value + Z * Math.hypot(a, b)]
}

/** Shares by Newcombe; anything else as the difference of independent estimates. */
const differenceInterval = (metric: Metric, now: Reading, before: Reading, value: number): Interval | null =>
  metric.intervalBy === 'wilson'
    ? newcombe(Number(now.numerator), Number(now.denominator), Number(before.numerator), Number(before.denominator))
    : plainInterval(now, before, value)

/**
 * How a metric differs from the period before: a difference for rates, with Newcombe's interval for
 * shares; a fraction of the previous value for everything else. The verdict is up or down only where
 * the interval lies on one side of 0.
 */
export const changeOf = (metric: Metric, now: Reading, before: Reading): Change => {
  if (now.value === null || before.value === null) return change(null, null)
  if (metric.change === 'difference') {
    const value = now.value - before.value
    return change(value, differenceInterval(metric, now, before, value))
  }
  if (before.value === 0) return change(null, null)
  const value = (now.value - before.value) / before.value
  return change(value, fractionInterval(now, before, value))
}
