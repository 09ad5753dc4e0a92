import type { Loaded } from './inside/month.ts'

/** The limit of a figure. */
export interface Bar {
  readonly limit: number
  readonly kind: 'at most' | 'at least'
}

const atMost = (limit: number): Bar => ({ limit, kind: 'at most' })
const atLeast = (limit: number): Bar => ({ limit, kind: 'at least' })

/**
 * Figures with a limit. Those of a month hold for 1,000,000 page views, or the number they name. Those of the history
 * and the catalogue hold for 1,200,000 in each of two months; those of pairs for the 180,000 of their last 30 days;
 * those of the report for a shop with 1,000,000 in 92 days.
 */
export const BARS: Readonly<Record<string, Bar>> = {
  rows_written_per_pageview: atMost(2.8),
  bytes_per_pageview: atMost(90),
  rows_read_dashboard_30d: atMost(60_000),
  rows_read_dashboard_30d_5m: atMost(90_000),
  rows_read_dashboard_30d_history: atMost(40_000),
  overview_ms_history: atMost(60),
  rows_read_catalogue: atMost(20_000),
  catalogue_ms: atMost(100),
  rows_read_pair: atMost(400_000),
  pair_ms: atMost(250),
  statements_report: atMost(40),
  rows_read_report: atMost(50_000),
  overview_ms: atMost(100),
  speedup_over_raw: atLeast(100),
  ingest_ratio: atLeast(0.85),
  umami_seconds: atMost(60),
  umami_importer_megabytes: atMost(200),
  export_parquet_seconds: atMost(60),
  export_parquet_grown_megabytes: atMost(150),
  export_csv_grown_megabytes: atMost(150),
}

/** By name, in the order of the table. */
export type Figures = Readonly<Record<string, number>>

export type Verdict = 'kept' | 'MISSED' | null

/** @example verdictOf('ingest_ratio', 0.9) // 'kept' */
export const verdictOf = (name: string, value: number): Verdict => {
  const bar = BARS[name]
  if (!bar) return null
  return (bar.kind === 'at most' ? value <= bar.limit : value >= bar.limit) ? 'kept' : 'MISSED'
}

/** The names of the figures that miss their limits. */
export const missed = (figures: Figures): string[] =>
  Object.entries(figures).flatMap(([name, value]) => (verdictOf(name, value) === 'MISSED' ? [name] : []))

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/**
 * The smallest value that at least this share of the values does not exceed.
 * @example quantile([1, 2, 3, 4], 0.5) // 2
 */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
  if (value === undefined) throw new Error('nothing was measured')
  return value
}

/** @example median([1, 2, 3, 4]) // 2.5 */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1)
  if (middle.length === 0) throw new Error('nothing was measured')
  return sum(middle) / middle.length
}

export type Part = Pick<Loaded, 'pageviews' | 'rowsWritten' | 'rowsRead' | 'bytes' | 'ms' | 'cronMs'>

/**
 * The cost of a page view, everything included.
 * @param empty bytes of the database before the first part
 * @param end the cost of finishing everything that was open
 */
export const costsOf = (empty: number, parts: readonly Part[], end: Pick<Part, 'rowsWritten' | 'bytes'>): Figures => {
  const pageviews = sum(parts.map(part => part.pageviews))
  if (pageviews === 0) throw new Error('nothing was loaded')
  return {
    pageviews,
    rows_written_per_pageview: (sum(parts.map(part => part.rowsWritten)) + end.rowsWritten) / pageviews,
    bytes_per_pageview: (end.bytes - empty) / pageviews,
    rows_read_per_pageview: sum(parts.map(part => part.rowsRead)) / pageviews,
    load_seconds: sum(parts.map(part => part.ms)) / 1000,
    settle_and_roll_up_seconds: sum(parts.map(part => part.cronMs)) / 1000,
  }
}

/**
 * Further inputs of test/benchmark/scale.ts, on the safe side: all of a beacon's time counts as the processor's, and
 * all of the bare Worker's and the cron's as the database's.
 */
export const scaleFigures = (figures: Figures): Figures => {
  const { ingest_beacons_per_second, ingest_bare_per_second, settle_and_roll_up_seconds, pageviews } = figures
  if (!ingest_beacons_per_second || !ingest_bare_per_second || !settle_and_roll_up_seconds || !pageviews) return {}
  return {
    cpu_ms_per_beacon: 1000 / ingest_beacons_per_second,
    db_ms_per_pageview: 2000 / ingest_bare_per_second + (settle_and_roll_up_seconds * 1000) / pageviews,
  }
}
