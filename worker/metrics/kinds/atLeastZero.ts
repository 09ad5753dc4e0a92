import type { Interval } from '../../../shared/question'

/** Nothing that is averaged here can be below 0, whatever the symmetric interval of a small sample says. */
export const atLeastZero = ([low, high]: Interval): Interval => [Math.max(0, low), high]
