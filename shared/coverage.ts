import type { DateRange, Interval } from './question'

/** Pages of a day or a browser: those that the script recorded, and those that were served. */
export interface CoveredPages {
  readonly recorded: number
  readonly served: number
}

export interface CoverageOfBrowser extends CoveredPages {
  /** `(not set)` for unknown ones. */
  readonly browser: string
  readonly visitors: number
}

/** The answer of `GET /api/v1/sites/:domain/coverage`. It is about those days of the period whose served pages are known. */
export interface CoverageAnswer {
  readonly period: DateRange
  /** Visitors that the script recorded, each once a day. */
  readonly visitors: number
  /** Visitors with those whose script did not run, each once a day; `null` if that cannot be estimated. */
  readonly estimate: { readonly value: number; readonly interval: Interval } | null
  /** Why there is no estimate. */
  readonly reason: string | null
  readonly days: readonly (CoveredPages & { readonly day: string })[]
  /** The largest come first. */
  readonly browsers: readonly CoverageOfBrowser[]
  /** Why the pages of the last day could not be fetched from Cloudflare; `null` if they were, or if no zone is configured. */
  readonly problem: string | null
  readonly meta: { readonly rows_read: number; readonly warnings: readonly string[] }
}
