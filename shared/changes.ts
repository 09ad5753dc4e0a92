import type { Change, Filter, MetricValue, Verdict } from './question'

/** The figures that are looked at. All can be added up; those of goals are looked at by goal alone. */
export const CHANGE_METRICS = ['visitors', 'conversions', 'revenue', 'goal_conversions'] as const
export type ChangeMetric = (typeof CHANGE_METRICS)[number]

/** The dimensions in whose groups changes are looked for. */
export const CHANGE_DIMENSIONS = ['channel', 'source', 'page', 'country', 'device', 'goal'] as const
export type ChangeDimension = (typeof CHANGE_DIMENSIONS)[number]

/** A change of one group that is clear although many were tested. */
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
  /** The share of the difference of the metric's total; negative if they have different signs, `null` if the total did not change. */
  readonly explains: number | null
  /** The probability of a change this large by chance, before it is corrected for how many were tested. */
  readonly probability: number
  /** A query with these shows the group. */
  readonly filters: readonly Filter[]
}

/** The answer of `GET /api/v1/sites/:domain/changes`. */
export interface ChangesAnswer {
  readonly query: Readonly<Record<string, unknown>>
  /** Of the whole site. */
  readonly totals: Readonly<Record<string, MetricValue>>
  /** How many changes were tested. */
  readonly tested: number
  /** In the order of how much they explain. */
  readonly changes: readonly ClearChange[]
  readonly meta: { readonly rows_read: number; readonly duration_ms: number; readonly warnings: readonly string[] }
}
