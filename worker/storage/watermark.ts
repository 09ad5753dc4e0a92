/**
 * How far the settled time stays behind the clock, milliseconds. A page's leaving changes a fact as old
 * as the page was read for: for a settled time that costs a mark written and removed, for this last
 * stretch nothing.
 */
export const WATERMARK_LAG = 10 * 60_000

/**
 * Whether a fact that is stored now may be of a settled time, and so must leave a mark. One of the last minutes cannot,
 * as long as the clocks of those who store and settle differ by less than the other half of the stretch.
 */
export const mayBeFinal = (time: number, now: number): boolean => time < now - WATERMARK_LAG / 2

/** How far the clocks of two machines may differ, milliseconds. */
const SKEW = 60_000

/** Whether a site was settled by a clock that was ahead of this one: up to a time that facts still arrive for. */
export const isWatermarkAhead = (settled: number, now: number): boolean => settled > now - WATERMARK_LAG + SKEW
