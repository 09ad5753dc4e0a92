/** What can be asked and what is answered: `POST /api/v1/query`. */

export type Granularity = 'hour' | 'day' | 'week' | 'month'

export const PERIODS = ['today', 'yesterday', '7d', '30d', '90d', '12mo', 'month', 'year', 'all'] as const
export type PeriodName = (typeof PERIODS)[number]
/** Days of the site's time zone as `YYYY-MM-DD`, both included. */
export interface DateRange {
  readonly from: string
  readonly to: string
}
export type Period = PeriodName | DateRange

export const OPERATORS = ['is', 'is_not', 'contains', 'matches'] as const
export type Operator = (typeof OPERATORS)[number]
export type Filter = readonly [Operator, string, readonly string[]]

export type ParameterValue = string | number
export type Parameters = Readonly<Record<string, ParameterValue>>

export interface Question {
  readonly site: string
  readonly metrics: readonly string[]
  readonly period?: Period
  readonly granularity?: Granularity
  readonly dimensions?: readonly string[]
  readonly filters?: readonly Filter[]
  readonly compare?: 'previous_period'
  /** By metric id. */
  readonly parameters?: Readonly<Record<string, Parameters>>
  readonly order_by?: readonly (readonly [string, 'asc' | 'desc'])[]
  /** Dimension groups, never buckets. */
  readonly limit?: number
  /** Whether each value says how it was made. */
  readonly explain?: boolean
}

export type Status = 'ok' | 'low_sample' | 'no_data' | 'pending' | 'needs_input' | 'needs_identity' | 'unavailable'
/** `not_tested` where no interval says what chance alone would do. */
export type Verdict = 'up' | 'down' | 'no_clear_change' | 'not_tested'
export type Interval = readonly [number, number]

export interface Change {
  /** A difference for rates, a fraction of the previous value for everything else. */
  readonly value: number | null
  /** 95 %; `null` where the change is judged without one, or not at all. */
  readonly interval: Interval | null
  readonly verdict: Verdict
}

export interface MetricValue {
  /** Rates are fractions of 1, durations seconds, money major units. */
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  /** 95 %, `null` where the metric's kind has none. */
  readonly interval: Interval | null
  readonly status: Status
  /** How many of the counted units are still open. */
  readonly pending: number
  /** Why there is no plain value. */
  readonly reason?: string
  /** Of metrics that need a lasting id: how many visitors have none and are left out. */
  readonly left_out?: number
  /** Of money: ISO 4217. */
  readonly currency?: string
  /** What it is made of. */
  readonly parts?: Readonly<Record<string, number | null>>
  /** Of one user among all: the share with a score no higher. */
  readonly percentile?: number
  /** With `compare`; `null` where the period before has no value. */
  readonly previous?: number | null
  readonly change?: Change
  readonly explanation?: Explanation
}

/** How a value was made. */
export interface Explanation {
  readonly formula: string
  /** Both say what the numbers of these names count; `null` where there is no such number. */
  readonly numerator: string | null
  readonly denominator: string | null
  /** The value is the numerator over the denominator, times this. */
  readonly factor: number
  /** What the words of both mean. */
  readonly definitions: Readonly<Record<string, string>>
  /** Rules and windows that were used. */
  readonly parameters: Readonly<Record<string, ParameterValue | null>>
  /** How much was left out of it, by reason. */
  readonly left_out: Readonly<Record<string, number>>
}

export interface Row {
  /** The bucket, with a granularity: a day, the Monday of a week, the first of a month, or an hour with its offset. */
  readonly time?: string
  readonly dimensions?: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, MetricValue>>
}

export interface Answer {
  readonly query: Readonly<Record<string, unknown>>
  readonly rows: readonly Row[]
  readonly meta: {
    readonly rows_read: number
    readonly duration_ms: number
    readonly warnings: readonly string[]
  }
}
