import type { EventName, EventParameters } from '../../shared/events'
import type { ImportKind } from '../../shared/imports'
import type { Interval, ParameterValue, Status } from '../../shared/question'
import type { SiteSettings } from '../../shared/settings'
import type { Relation } from '../relations/relation'
import type { SessionColumn } from '../relations/sql/sessionColumns'
import type { MoneySource, Terms } from '../relations/terms'
import type { Dimension } from './dimensions'
import type { GlossaryTerm } from './glossary'

/** A `ratio` reads as a percentage, `per` as a plain number of one thing for each of another. */
export type Unit = 'count' | 'ratio' | 'per' | 'seconds' | 'currency' | 'score'

/** What kind of number a metric is; it decides what is told when there is nothing. */
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

/** How uncertainty is told, 95 %. */
export type IntervalMethod =
  | 'wilson'
  | 'delta'
  | 'student'
  | 'order_statistics'
  | 'kaplan_meier'
  | 'garwood'
  | 'compound_poisson'
  | 'normal'
  | 'none'

/** What a metric can be computed from. */
export type Need = 'snippet' | 'lasting_id' | 'user_id' | 'server_events' | 'imports'
/** Sums of one group as the database gave them; what is missing is 0. */
export type Sums = Readonly<Record<string, number>>

/** What a reading may know besides its sums. */
export interface ReadingContext {
  /** Of the money that was added. */
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
  /** Of the value as an estimate, by which changes are tested; an interval may be cut to what is possible. */
  readonly variance?: number | null
  readonly status: Status
  readonly reason?: string
  readonly pending: number
  readonly currency?: string
  /** Of metrics that need a lasting id: how many visitors have none. */
  readonly left_out?: number
  /** What it is made of. */
  readonly parts?: Readonly<Record<string, number | null>>
  /** Of one user among all: the share with a score no higher. */
  readonly percentile?: number
}

/** A value of one person: the most, or all, of an SQL expression over the person's rows. */
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
  /** Tells it apart from other measures of its metric; part of the key that rollups store it by. */
  readonly name?: string
  readonly relation: Relation
  /** Columns of sessions that its SQL reads. */
  readonly columns?: readonly SessionColumn[]
  /** First values per person, which `sums` can name: what can be put together from parts of the time, or any SQL. */
  readonly perPerson?: Readonly<Record<string, PersonValue | string>>
  readonly sums: Readonly<Record<string, Sum>>
}

/** The middle values of a column; rows in which it is null have none. */
export interface QuantileMeasure {
  readonly form: 'quantile'
  readonly relation: Relation
  /** Columns of sessions that it reads. */
  readonly columns?: readonly SessionColumn[]
  readonly column: string
  /** SQL over a row: whether its unit is still open. */
  readonly open: string
}

/** When units got somewhere, or until when they were seen not to: columns `took` and `seen`, milliseconds. */
export interface SurvivalMeasure {
  readonly form: 'survival'
  readonly relation: Relation
}

/** Distinct visitors of each day. */
export interface DailyMeasure {
  readonly form: 'daily'
}

/** Distinct lasting visitors of the days that end with a bucket. */
export interface WindowMeasure {
  readonly form: 'window'
  readonly days: number
}

/** Those first seen on a day and what they did later. */
export interface CohortMeasure {
  readonly form: 'cohort'
  readonly unit: 'day' | 'week' | 'month'
  /** Units after the first: the first and the last of those that are looked at; no last: all there are. */
  readonly from: number
  readonly to: number | null
  /** Whether those are counted who were active then, or those who were not. */
  readonly counts: 'present' | 'absent'
}

export type Measure = SumsMeasure | QuantileMeasure | SurvivalMeasure | DailyMeasure | WindowMeasure | CohortMeasure

export interface Parameter {
  readonly name: string
  readonly help: string
  /** The values it may have, or the bounds of a whole number, or any text. */
  readonly values?: readonly string[]
  readonly from?: number
  readonly to?: number
  readonly default: ParameterValue | null
  /** What a text names, for its stored id to be looked up. */
  readonly names?: 'event' | 'user'
}

/** Which dimensions a metric can be broken down by and filtered on. */
export type Breakdown =
  | 'session_and_event'
  | 'session'
  | 'start'
  | 'guide'
  | 'guide_step'
  | 'cohort'
  | 'feature'
  | 'spend'
  | 'email'
  | 'social'
  | 'none'

export type Arguments = Readonly<Record<string, ParameterValue | null>>

/** A text of an entry, by the arguments where they decide it; `null` where there is none. */
export type Wording = string | null | ((args: Arguments) => string | null)

/** A metric. Its id is part of its type, so that a misspelled id anywhere is an error of the compiler. */
export interface Metric<Id extends string = string> {
  readonly id: Id
  readonly name: string
  /** One sentence. */
  readonly help: string
  /** `null` where it is the numerator over the denominator. */
  readonly formula: Wording
  /** The number above the line, and the one below it; see `wordsOf`. */
  readonly numerator: Wording
  readonly denominator: Wording
  /** Terms of the glossary in the numerator and the denominator. */
  readonly glossary: readonly GlossaryTerm[] | ((args: Arguments) => readonly GlossaryTerm[])
  /** The value is this many times the quotient; 1 unless an entry says otherwise. */
  readonly factor?: number
  readonly unit: Unit
  readonly better: 'up' | 'down'
  /** What an article prints for it that must not be computed as printed, and why. */
  readonly printed?: { readonly formula: string; readonly reason: string }
  /** What to send to get it, where the snippet alone does not. */
  readonly send?: string
  /** Events it is made of beside page views, with parameters where not any will do. */
  readonly events: readonly (EventName | readonly [EventName, EventParameters])[]
  /** Imports it is made of. */
  readonly imports: readonly ImportKind[]
  readonly needs: readonly Need[]
  readonly parameters: readonly Parameter[]
  readonly breakdown: Breakdown
  /** Names of event dimensions that would count an amount more than once. */
  readonly except?: readonly string[]
  /** Of a metric that adds amounts, which must be of one currency: where the amounts are. */
  readonly money?: readonly MoneySource[]
  /** Whether its buckets are whole days: by the hour it cannot be told. */
  readonly daily?: true
  /** Version of its stored measures, 1 if absent. Raise it when a release changes their meaning. */
  readonly version?: number
  /** Settings of the site that its measures depend on. */
  readonly settings?: readonly (keyof SiteSettings)[]
  /** Which setting of the site it needs and has not, in one sentence. */
  lacks?(settings: SiteSettings): string | null
  measure(args: Arguments, terms: Terms): Measure | readonly Measure[]
  read(sums: Sums, surroundings: ReadingContext, args: Arguments): Reading
  /** Which dimensions some arguments do not take. */
  allows?(args: Arguments, dimension: Pick<Dimension, 'id' | 'level'>): boolean
  readonly kind: Kind
  readonly intervalBy: IntervalMethod
  /** How a change is told: rates, and what is a difference of rates, by their difference; everything else as a fraction. */
  readonly change: 'difference' | 'fraction'
  /** The interval of a change, where its kind has a better one than that of the variances. */
  test?(now: Reading, before: Reading): Interval | null
}
