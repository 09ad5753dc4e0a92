/**
 * How fast a page view was. `null` means not reported.
 * @see https://web.dev/articles/vitals
 */
export interface Vitals {
  /** Largest Contentful Paint, milliseconds. */
  readonly lcp: number | null
  /** Interaction to Next Paint, milliseconds. */
  readonly inp: number | null
  /** Cumulative Layout Shift, ten-thousandths. */
  readonly cls: number | null
}

/** A Cumulative Layout Shift as stored. */
export const layoutShift = (score: number): number => Math.round(score * 10_000)
