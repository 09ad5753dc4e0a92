import type { Granularity, Interval } from '../../../../shared/question'

/** One line of a chart. */
export interface Series {
  readonly name: string
  /** `previous` is drawn as a pale area. */
  readonly look: 'current' | 'previous'
  readonly values: readonly (number | null)[]
}

/** A note on a bucket. */
export interface ChartNote {
  readonly at: number
  readonly day: string
  readonly text: string
}

export interface TimeChart {
  readonly label: string
  /** The time of each value, as in the API. */
  readonly times: readonly string[]
  readonly granularity: Granularity
  readonly series: readonly Series[]
  /** The 95 % intervals of the current values. */
  readonly intervals: readonly (Interval | null)[]
  /** How many buckets have begun: the future is not drawn as a drop to 0. */
  readonly begun: number
  /** The bucket that is not over yet; `null` for none. */
  readonly unfinished: number | null
  readonly notes: readonly ChartNote[]
  /** The name of its picture's file. */
  readonly file: string
  /** Formats a value. */
  text(value: number | null): string
  /** Formats a value for the axis, where space is tight. */
  short(value: number): string
  /** Whether the axis has whole numbers only. */
  readonly whole: boolean
  /** Everything about a bucket, a line each: its value, the compared one, the change. */
  reading(at: number): readonly string[]
  /** Shows the time between two buckets. */
  zoom(first: number, last: number): void
  /** Asks for a note on a bucket; `null` where the reader cannot add one. */
  readonly annotate: ((at: number) => void) | null
}
