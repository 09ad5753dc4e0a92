/** Queries and their answers, as in `POST /api/v1/query`. */

export type Granularity = 'hour' | 'day' | 'week' | 'month'

export const PERIODS = [
  'today',
  'yesterday',
  '7d',
  '28d',
  '30d',
  '90d',
  '12mo',
  'month',
  'last_month',
  'quarter',
  'last_quarter',
  'year',
  'last_year',
  'all',
] as const
export type PeriodName = (typeof PERIODS)[number]
/** Days of the site's time zone as `YYYY-MM-DD`, both included. */
export interface DateRange {
  readonly from: string
  readonly to: string
}
export type Period = PeriodName | DateRange

export const COMPARISONS = ['previous_period', 'previous_weekdays', 'previous_year'] as const
/** The period that values are compared with. */
export type Comparison = (typeof COMPARISONS)[number] | DateRange

export const OPERATORS = ['is', 'is_not', 'contains', 'does_not_contain', 'matches'] as const
export type Operator = (typeof OPERATORS)[number]
/** A filter on the values of one dimension. */
export type ValueFilter = readonly [Operator, string, readonly string[]]

/** `and`: all filters pass; `or`: at least one of them does; `not`: its one filter does not. */
export const COMBINATIONS = ['and', 'or', 'not'] as const
export type Combination = (typeof COMBINATIONS)[number]

/** Applies the filters of a segment, named by its id. */
export type SegmentFilter = readonly ['segment', string]

/** An event, a page, in which `*` matches any run of characters, or a goal; and filters that it must pass. */
export type Behavior = ({ readonly event: string } | { readonly page: string } | { readonly goal: string }) & {
  readonly where?: readonly ValueFilter[]
}
/** Visitors who did something in the period. */
export type BehaviorFilter = readonly ['has_done', Behavior]

export type Filter = ValueFilter | SegmentFilter | BehaviorFilter | readonly [Combination, ...Filter[]]

export type ParameterValue = string | number
export type Parameters = Readonly<Record<string, ParameterValue>>

export interface Question {
  readonly site: string
  readonly metrics: readonly string[]
  readonly period?: Period
  readonly granularity?: Granularity
  readonly dimensions?: readonly string[]
  readonly filters?: readonly Filter[]
  readonly compare?: Comparison
  /** With `compare`: true to add the groups that only the compared period has. */
  readonly include_previous?: boolean
  /** By metric id. */
  readonly parameters?: Readonly<Record<string, Parameters>>
  readonly order_by?: readonly (readonly [string, 'asc' | 'desc'])[]
  /** Limits groups of dimension values, never buckets. */
  readonly limit?: number
  /** Groups to skip, in their order. */
  readonly offset?: number
  /** True to explain each value. */
  readonly explain?: boolean
}

export type Status = 'ok' | 'low_sample' | 'no_data' | 'pending' | 'needs_input' | 'needs_identity' | 'unavailable'
/** `not_tested` without an interval to judge the change by. */
export type Verdict = 'up' | 'down' | 'no_clear_change' | 'not_tested'
export type Interval = readonly [number, number]

export interface Change {
  /** A difference for rates, a fraction of the previous value for everything else. */
  readonly value: number | null
  /** 95 %; `null` if the change was tested without one, or not at all. */
  readonly interval: Interval | null
  readonly verdict: Verdict
}

/** A step of a funnel. */
export interface StepValue {
  readonly name: string
  /** Visitors or sessions that reached it. */
  readonly reached: number
  /** Their share of those that reached the first step. */
  readonly share: number | null
  /** The share of those at the previous step that did not reach this one; `null` for the first step. */
  readonly dropoff: number | null
  readonly dropoff_interval: Interval | null
  /** Median time since the first step. */
  readonly median_seconds: number | null
}

/** One step of a path, before or after its beginning. */
export interface PathStep {
  /** The number of steps from the beginning. */
  readonly step: number
  /** Sessions that reached the step. */
  readonly reached: number
  /** The most frequent pages or events there, with their share of all sessions of the path. */
  readonly top: readonly {
    readonly name: string
    readonly sessions: number
    readonly share: number
    readonly interval: Interval | null
  }[]
}

export interface MetricValue {
  /** Rates are fractions of 1, durations are in seconds, money is in major units. */
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  /** 95 %; `null` if the metric's kind has none. */
  readonly interval: Interval | null
  readonly status: Status
  /** How many of the counted units are still open. */
  readonly pending: number
  /** The reason, unless the status is `ok`. */
  readonly reason?: string
  /** Visitors who are left out, as they have no persistent id and the metric needs one. */
  readonly left_out?: number
  /** Currency of an amount, ISO 4217. */
  readonly currency?: string
  /** Its components. */
  readonly parts?: Readonly<Record<string, number | null>>
  /** For a funnel or paths. */
  readonly steps?: readonly StepValue[] | readonly PathStep[]
  /**
   * Visitors in a funnel whose id expired at midnight before they reached its last step; conversions, with an attribution
   * model, of visitors with a daily id.
   */
  readonly not_followed?: number
  /** For one user: the share of users with no higher score. */
  readonly percentile?: number
  /** With `compare`; `null` if the period before has no value. */
  readonly previous?: number | null
  readonly change?: Change
  readonly explanation?: Explanation
}

/** How a value was computed. */
export interface Explanation {
  readonly formula: string
  /** The units of both numbers, in words; `null` without such a number. */
  readonly numerator: string | null
  readonly denominator: string | null
  /** The value is the numerator over the denominator, times this. */
  readonly factor: number
  /** Meanings of the terms in both. */
  readonly definitions: Readonly<Record<string, string>>
  /** Arguments that were used, with the defaults. */
  readonly parameters: Readonly<Record<string, ParameterValue | null>>
  /** How much was left out, by reason. */
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
    /** The first day with data, `null` without any, where the period to compare with begins earlier; absent otherwise. */
    readonly first_day?: string | null
    /** Times in the periods in which nothing could be stored, as a day's rows were used up; absent without any. */
    readonly incomplete?: readonly { readonly from: string; readonly to: string }[]
    /** The first and the last imported day that the answer counts, and the tools that they come from; absent without any. */
    readonly imported?: { readonly from: string; readonly to: string; readonly source?: string }
  }
}
