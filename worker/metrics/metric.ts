import type { Interval, ParameterValue, Status } from '../../shared/question'
import type { RelationName } from './compile/relations'

export type Unit = 'count' | 'ratio' | 'seconds' | 'currency'

/** What a metric can be computed from. */
export type Need = 'snippet' | 'lasting_id'

/** Sums of one group as the database gave them; what is missing is 0. */
export type Sums = Readonly<Record<string, number>>

/** What a reading may know besides its sums. */
export interface Surroundings {
  /** Of the money that was added. */
  readonly currency: string
  /** Days of the bucket that have begun. */
  readonly days: number
}

/** A metric's value before it is compared with another. */
export interface Reading {
  readonly value: number | null
  readonly numerator: number | null
  readonly denominator: number | null
  readonly interval: Interval | null
  readonly status: Status
  readonly reason?: string
  readonly pending: number
  readonly currency?: string
  /** Of metrics that need a lasting id: how many visitors have none. */
  readonly left_out?: number
}

/** Says SQL for things that only the question knows. */
export interface Terms {
  /** Whether a session `s` holds an event. */
  sessionHolds(event: string): string
  /** Whether a session `s` holds a conversion. */
  readonly sessionConverts: string
  /** Whether the fact `f` is this event. */
  factIs(event: string): string
  /** Whether the fact `f` is a conversion. */
  readonly factConverts: string
  /** SQL text of a value, bound. */
  bind(value: string | number): string
}

/** Sums over the rows of a relation. */
export interface SumsMeasure {
  readonly form: 'sums'
  readonly relation: RelationName
  /** First sums per person, as the names of `sums` can use them. */
  readonly perPerson?: Readonly<Record<string, string>>
  readonly sums: Readonly<Record<string, string>>
}

/** The middle values of a column of sessions. */
export interface QuantileMeasure {
  readonly form: 'quantile'
  readonly column: string
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
  readonly offset: number
  readonly orAfter: boolean
}

export type Measure = SumsMeasure | QuantileMeasure | DailyMeasure | WindowMeasure | CohortMeasure

export interface Parameter {
  readonly name: string
  readonly help: string
  /** The values it may have, or the bounds of a whole number, or any text. */
  readonly values?: readonly string[]
  readonly from?: number
  readonly to?: number
  readonly default: ParameterValue | null
}

/** Which dimensions a metric can be broken down by and filtered on. */
export type Breakdown = 'session_and_event' | 'session' | 'guide' | 'guide_step' | 'cohort'

export type Arguments = Readonly<Record<string, ParameterValue | null>>

export interface Metric {
  readonly id: string
  readonly name: string
  /** One sentence. */
  readonly help: string
  readonly formula: string
  readonly unit: Unit
  readonly better: 'up' | 'down'
  readonly needs: readonly Need[]
  readonly parameters: readonly Parameter[]
  readonly breakdown: Breakdown
  /** Names of event dimensions that would count an amount more than once. */
  readonly except?: readonly string[]
  /** True when it adds amounts, which must be of one currency. */
  readonly money?: true
  measure(args: Arguments, terms: Terms): Measure
  read(sums: Sums, surroundings: Surroundings, args: Arguments): Reading
  /** How a change is told: rates by their difference, everything else as a fraction. */
  readonly change: 'difference' | 'fraction'
}
