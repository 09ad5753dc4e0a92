import type { Interval } from '../../shared/question'
import type { Metric } from '../metrics/metric'

/** Beyond so many times today's sessions, no site can wait for an answer. */
const MOST_TIMES = 100

/** Half the width of an interval as `low_sample` has it, in points. */
const NARROW = 0.1

/** Fractions of a value are compared on the logarithm, where their intervals are symmetric. */
const SCALES: Readonly<Record<Metric['change'], (value: number) => number>> = {
  difference: value => value,
  fraction: value => Math.log1p(value),
}

const timesAsMany = (sessions: number, half: number, wanted: number): number | null => {
  const times = (half / wanted) ** 2
  return Number.isFinite(times) && times <= MOST_TIMES ? Math.max(1, Math.ceil(sessions * times)) : null
}

/**
 * Sessions of a period from which on a change of this size is clear: the width of an interval shrinks with the square root
 * of their number. `null` if that is out of reach.
 */
export const sessionsForChange = (
  sessions: number,
  scale: Metric['change'],
  change: { readonly value: number; readonly interval: Interval },
): number | null => {
  const of = SCALES[scale]
  const [low, high] = change.interval
  return timesAsMany(sessions, (of(high) - of(low)) / 2, Math.abs(of(change.value)))
}

/** Sessions of a period from which on a rate is known within 10 points. */
export const sessionsForValue = (sessions: number, [low, high]: Interval): number | null =>
  timesAsMany(sessions, (high - low) / 2, NARROW)
