/** What loading the simulated month said, day by day. */
export interface Loaded {
  readonly pageviews: number
  readonly rowsWritten: number
  /** Bytes of the database after the day. */
  readonly bytes: number
}

export interface Costs {
  readonly pageviews: number
  readonly rows_written_per_pageview: number
  readonly bytes_per_pageview: number
}

/**
 * Rows and bytes a page view costs, everything included.
 * @param empty bytes of the database before the first day
 * @param after rows written after the last day, to settle what was open
 * @example costsOf(4096, [{ pageviews: 2, rowsWritten: 5, bytes: 4296 }], 1).rows_written_per_pageview // 3
 */
export const costsOf = (empty: number, days: readonly Loaded[], after: number): Costs => {
  const pageviews = days.reduce((sum, day) => sum + day.pageviews, 0)
  if (pageviews === 0) throw new Error('nothing was loaded')
  const rowsWritten = days.reduce((sum, day) => sum + day.rowsWritten, after)
  return {
    pageviews,
    rows_written_per_pageview: rowsWritten / pageviews,
    bytes_per_pageview: ((days.at(-1)?.bytes ?? empty) - empty) / pageviews,
  }
}

/** The bars of docs/benchmarks.md: at most this much. */
export const BARS: Readonly<Record<string, number>> = { rows_written_per_pageview: 2.8, bytes_per_pageview: 90 }
