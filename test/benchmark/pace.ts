import type { Pace } from './simulate.ts'

/** Page views in 30 days of a quiet day. */
const QUIET = 30_000

/** Of a month that is loaded whole, the same each day. */
export const steadyPace =
  (pageviews: number): Pace =>
  () =>
    pageviews

/** Days of a load of two months whose events are read when it is compared with the month before, and those around them. */
export const isBusy = (day: number): boolean => (day >= 28 && day <= 29) || day >= 56

/** Of two months: what is over is a row a day however busy it was, so that days of which no event is read can be quiet. */
export const sparsePace =
  (pageviews: number): Pace =>
  day =>
    isBusy(day) ? pageviews : Math.min(QUIET, pageviews)
