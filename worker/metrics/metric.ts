import type { EventName, EventParameters } from '../../shared/events'
import type { ImportKind } from '../../shared/imports'
import type { Interval, ParameterValue, PathStep, Status, StepValue } from '../../shared/question'
import type { SiteSettings } from '../../shared/settings'
import type { Relation } from '../relations/relation'
import type { SessionColumn } from '../relations/sql/sessionColumns'
import type { MoneySource, Terms } from '../relations/terms'
import type { DayMeasure } from './dayMeasure'
import type { Dimension } from './dimensions'
import type { GlossaryTerm } from './glossary'

/** A `ratio` reads as a percentage, `per` as a plain number of one thing for each of another. */
export type Unit = 'count' | 'ratio' | 'per' | 'seconds' | 'currency' | 'score'

/** The kind of number that a metric is. It decides the value without data: 0 or null. */
export type Kind =
  | 'count'
  | 'amount'
  | 'share'
  | 'per'
  | 'mean'
  | 'quantile'
  | 'cohort'
  | 'duration'
  | 'score'
  | 'formula'

/** The method of the 95 % interval. */
export type IntervalMethod =
  | 'wilson'
  | 'delta'
  | 'student'
  | 'order_statistics'
  | 'kaplan_meier'
  | 'garwood'
  | 'newcombe'
  | 'compound_poisson'
  | 'normal'
  | 'none'

/** The input that a metric needs. */
export type Need = 'snippet' | 'lasting_id' | 'user_id' | 'server_events' | 'imports'

/** Sums of one group, as the database returned them; a missing one is 0. */
export type Sums = Readonly<Record<string, number>>

/** Everything besides its sums that a reading depends on. */
export interface ReadingContext {
  /** Currency of the amounts. */
  readonly currency: string
  /** Days of the bucket that have begun. */
  readonly days: number
  readonly settings: SiteSettings
}

/** A metric's value before it is compared with another. */
export interface Reading {
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly interval: Interval | null
  /** Variance of the value, by which changes are tested; the interval may be cut off at the possible values. */
  readonly variance?: number | null
  readonly status: Status
  readonly reason?: string
  readonly pending: number
  readonly currency?: string
  /** Visitors without a persistent id, if the metric needs one. */
  readonly left_out?: number
  /** Its components. */
  readonly parts?: Readonly<Record<string, number | null>>
  readonly steps?: readonly StepValue[] | readonly PathStep[]
  readonly not_followed?: number
  /** For one user: the share of users with no higher score. */
  readonly percentile?: number
}

/** A value of one person: the maximum or the sum of an SQL expression over the person's rows. */
export interface PersonValue {
  readonly merge: 'max' | 'sum'
  readonly of: string
}

/**
 * SQL, a function where it reads values per person, by the columns that hold them; or the names of values per person
 * whose product is summed, of none a count of the people.
 */
export type Sum = string | readonly string[] | ((columnOf: (name: string) => string) => string)

/** Sums over the rows of a relation. */
export interface SumsMeasure {
  readonly form: 'sums'
  /** Distinguishes it from other measures of its metric; part of its measure key. */
  readonly name?: string
  readonly relation: Relation
  /** Columns of sessions that its SQL reads. */
  readonly columns?: readonly SessionColumn[]
  /** Values per person, which `sums` can refer to: a `PersonValue` merges over time, any other SQL does not. */
  readonly perPerson?: Readonly<Record<string, PersonValue | string>>
  readonly sums: Readonly<Record<string, Sum>>
}

/** A quantile of a column, over rows in which it is not null. */
export interface QuantileMeasure {
  readonly form: 'quantile'
  /** The share of the rows below the quantile, such as 0.5 for the median. */
  readonly share: number
  readonly relation: Relation
  /** Columns of sessions that it reads. */
  readonly columns?: readonly SessionColumn[]
  readonly column: string
  /** SQL over a row: its unit is still open. */
  readonly open: string
}

/** Survival of units: the time to the outcome in `took`, or null, and the time under observation in `seen`; milliseconds. */
export interface SurvivalMeasure {
  readonly form: 'survival'
  readonly relation: Relation
}

/** Distinct visitors of each day. */
export interface DailyMeasure {
  readonly form: 'daily'
}

/** Distinct visitors with a persistent id in the days that end with a bucket. */
export interface WindowMeasure {
  readonly form: 'window'
  readonly days: number
}

/** How many sessions have each `name` at each `step` of a path; step 0 is its beginning, one row a session. */
export interface PathMeasure {
  readonly form: 'paths'
  readonly relation: Relation
}

/** Visitors first seen on a day, and their later activity. */
export interface CohortMeasure {
  readonly form: 'cohort'
  readonly unit: 'day' | 'week' | 'month'
  /** The first and the last unit to look at, counted from the unit of the first activity; `null` for no end. */
  readonly from: number
  readonly to: number | null
  /** Counts those who were active then, or those who were not. */
  readonly counts: 'present' | 'absent'
  /** The event that starts day 0 of a cohort; `null` for the first activity ever. */
  readonly first: string | null
  /** The event that counts as coming back; `null` for any activity. */
  readonly back: string | null
}

export type Measure =
  | SumsMeasure
  | QuantileMeasure
  | SurvivalMeasure
  | DailyMeasure
  | WindowMeasure
  | CohortMeasure
  | PathMeasure

export interface Parameter {
  readonly name: string
  readonly help: string
  /** The possible values, or else the bounds of a whole number, or else any text. */
  readonly values?: readonly string[]
  readonly from?: number
  readonly to?: number
  readonly default: ParameterValue | null
  /** The kind of thing that a text names, so that its stored id is looked up. */
  readonly names?: 'event' | 'user' | 'goal' | 'funnel'
  /** Set if the bounds are of any number, whole or not. */
  readonly fraction?: true
  /** A list of steps of a funnel; its argument is their JSON. */
  readonly steps?: true
  /** Set if it names page views or events that the filters of a query do not narrow. */
  readonly unfiltered?: true
}

/** A group of dimensions that a metric can be broken down by and filtered on. */
export type DimensionGroup =
  | 'session_and_event'
  | 'session'
  | 'start'
  | 'page'
  | 'item'
  | 'guide'
  | 'guide_step'
  | 'cohort'
  | 'feature'
  | 'goal'
  | 'spend'
  | 'email'
  | 'social'
  | 'ai_fetches'
  | 'served_pages'
  | 'none'

export type Arguments = Readonly<Record<string, ParameterValue | null>>

/** A text of a metric, which can depend on the arguments; `null` for none. */
export type Wording = string | null | ((args: Arguments) => string | null)

/** A metric. Its id is part of its type, so that a misspelled id anywhere is an error of the compiler. */
export interface Metric<Id extends string = string> {
  readonly id: Id
  readonly name: string
  /** One sentence. */
  readonly help: string
  /** `null` if it is the numerator over the denominator. */
  readonly formula: Wording
  /** Both numbers of the quotient, in words. */
  readonly numerator: Wording
  readonly denominator: Wording
  /** Terms of the glossary in the numerator and the denominator. */
  readonly glossary: readonly GlossaryTerm[] | ((args: Arguments) => readonly GlossaryTerm[])
  /** The value is the quotient times this; 1 by default. */
  readonly factor?: number
  readonly unit: Unit
  readonly better: 'up' | 'down'
  /** A formula that is often printed and should not be computed, with the reason. */
  readonly printed?: { readonly formula: string; readonly reason: string }
  /** Input to send, if the script alone is not enough. */
  readonly send?: string
  /** The events that it counts besides page views, with parameters if it needs certain ones. */
  readonly events: readonly (EventName | readonly [EventName, EventParameters])[]
  /** The imports that it counts. */
  readonly imports: readonly ImportKind[]
  readonly needs: readonly Need[]
  readonly parameters: readonly Parameter[]
  readonly breakdown: DimensionGroup
  /** Event dimensions that would count an amount more than once. */
  readonly except?: readonly string[]
  /** Where the amounts come from, of a metric that adds money; they must be in one currency. */
  readonly money?: readonly MoneySource[]
  /** Set if its buckets must be whole days, not hours. */
  readonly daily?: true
  /** Version of its stored measures, 1 if absent. Raise it when a release changes their meaning. */
  readonly version?: number
  /** The site's settings that its measures depend on. */
  readonly settings?: readonly (keyof SiteSettings)[]
  /** The setting or argument that the metric needs but lacks, in one sentence. */
  lacks?(settings: SiteSettings, args?: Arguments): string | null
  measure(args: Arguments, terms: Terms): Measure | readonly Measure[]
  /** Its sums from imported days, `null` if these cannot hold it. */
  ofDays?(args: Arguments): DayMeasure | null
  read(sums: Sums, context: ReadingContext, args: Arguments): Reading
  /** Returns true if a dimension can be used with these arguments. */
  allows?(args: Arguments, dimension: Pick<Dimension, 'id' | 'level'>, use: 'breakdown' | 'filter'): boolean
  readonly kind: Kind
  readonly intervalBy: IntervalMethod
  /** How a change is expressed: rates by their difference, everything else as a fraction. */
  readonly change: 'difference' | 'fraction'
  /** The interval of a change, if its kind has a better one than the variances give. */
  test?(now: Reading, before: Reading): Interval | null
}
