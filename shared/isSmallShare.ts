import type { Interval } from './question.ts'

/** A share whose interval is wider than this on each side has a low sample. */
const LOW_SAMPLE = 0.1

export const isSmallShare = ([low, high]: Interval): boolean => (high - low) / 2 > LOW_SAMPLE
