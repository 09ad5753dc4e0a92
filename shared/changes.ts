import type { Change, Filter, MetricValue, Verdict } from './question'

/** The tested metrics. All are additive. Goal conversions are tested by goal only. */
export const CHANGE_METRICS = ['visitors', 'conversions', 'revenue', 'goal_conversions'] as const
export type ChangeMetric = (typeof CHANGE_METRICS)[number]

/** The dimensions whose groups are tested. */
export const CHANGE_DIMENSIONS = ['channel', 'source', 'page', 'country', 'device', 'goal'] as const
export type ChangeDimension = (typeof CHANGE_DIMENSIONS)[number]

/** A significant change of one group, corrected for multiple testing. */
export interface ClearChange {
  readonly metric: ChangeMetric
  readonly dimension: ChangeDimension
  /** The value of the dimension. */
  readonly group: string
  readonly value: number
  readonly previous: number
  /** `value` minus `previous`. */
  readonly difference: number
  readonly currency?: string
  /** A fraction of the previous value; `null` if that is 0. */
  readonly change: Change['value']
  readonly verdict: Extract<Verdict, 'up' | 'down'>
  /** The difference as a share of the total's difference; negative if their signs differ, `null` if the total did not change. */
  readonly explains: number | null
  /** The probability of a change this large by chance, before the correction for multiple testing. */
  readonly probability: number
  /** The filters that select the group in a query. */
  readonly filters: readonly Filter[]
}

/** The answer of `GET /api/v1/sites/:domain/changes`. */
export interface ChangesAnswer {
  readonly query: Readonly<Record<string, unknown>>
  /** The metrics of the whole site. */
  readonly totals: Readonly<Record<string, MetricValue>>
  /** How many changes were tested. */
  readonly tested: number
  /** Those that explain most come first. */
  readonly changes: readonly ClearChange[]
  readonly meta: { readonly rows_read: number; readonly duration_ms: number; readonly warnings: readonly string[] }
}
