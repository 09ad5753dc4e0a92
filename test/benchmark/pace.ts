import type { Pace } from './simulate.ts'

/** The pace of a quiet day: page views in 30 such days. */
const QUIET = 30_000

/** The same every day. */
export const steadyPace =
  (pageviews: number): Pace =>
  () =>
    pageviews

/** The days of two months whose events are read to compare the second month with the first, and the days next to them. */
export const isBusy = (day: number): boolean => (day >= 28 && day <= 29) || day >= 56

/** For two months. A final day is one row however busy it was, so days of which no event is read can be quiet. */
export const sparsePace =
  (pageviews: number): Pace =>
  day =>
    isBusy(day) ? pageviews : Math.min(QUIET, pageviews)
