import type { Interval } from '../../../shared/question'

/** Cuts an interval off at 0, below which no averaged value can be; the symmetric interval of a small sample can reach there. */
export const atLeastZero = ([low, high]: Interval): Interval => [Math.max(0, low), high]
