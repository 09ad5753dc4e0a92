/**
 * How far the watermark stays behind the clock, milliseconds. Leaving a page changes a row as old as the page was read
 * for. Before the watermark that is a late event, which costs a row written and deleted; after it, nothing.
 */
export const WATERMARK_LAG = 10 * 60_000

/**
 * Whether an event that is stored now may be late: before the watermark. One of the last minutes cannot, as long as the
 * clocks of those who store and settle differ by less than the other half of the lag.
 */
export const mayBeFinal = (time: number, now: number): boolean => time < now - WATERMARK_LAG / 2

/** How far the clocks of two machines may differ, milliseconds. */
const SKEW = 60_000

/** Whether a clock that was ahead of this one moved the watermark: events still arrive for a time before it. */
export const isWatermarkAhead = (settled: number, now: number): boolean => settled > now - WATERMARK_LAG + SKEW
