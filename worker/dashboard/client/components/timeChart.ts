import type { Interval } from '../../../../shared/question'

/** A line of a chart. */
export interface Line {
  readonly name: string
  readonly values: readonly (number | null)[]
  /** The 95 % intervals of its values. */
  readonly intervals: readonly (Interval | null)[]
}

/** A note on a bucket. */
export interface ChartNote {
  readonly at: number
  readonly day: string
  readonly text: string
}

/** The buckets of a chart, and what can be done with them. */
export interface ChartBuckets {
  /** Where each bucket is on the axis. */
  readonly positions: readonly number[]
  /** How many buckets have begun: the future is not drawn as a drop to 0. */
  readonly begun: number
  /** Whether a bucket is dashed: its time is not over, or the window of its units has not closed. */
  isOpen(at: number): boolean
  readonly notes: readonly ChartNote[]
  /** The name of a bucket. */
  bucket(at: number): string
  /** The label of a position on the axis; empty where no bucket is. */
  tick(position: number): string
  /** Shows the time between two buckets; `null` where there is no more to see. */
  readonly zoom: ((first: number, last: number) => void) | null
  /** Asks for a note on a bucket; `null` where the reader cannot add one. */
  readonly annotate: ((at: number) => void) | null
}

export interface TimeChart extends ChartBuckets {
  readonly label: string
  /** Names the buckets in the table of values. */
  readonly head: string
  /** At most `MOST_LINES`. */
  readonly lines: readonly Line[]
  /** The values of the period before, drawn as a pale area. */
  readonly previous: Pick<Line, 'name' | 'values'> | null
  /** Whether values are drawn as bars, which is for few buckets of one line. */
  readonly bars: boolean
  /** The name of its picture's file. */
  readonly file: string
  /** Formats a value. */
  text(value: number | null): string
  /** Formats a value for the axis, where space is tight. */
  short(value: number): string
  /** Whether the axis has whole numbers only. */
  readonly whole: boolean
  /** Everything about a bucket, a line each. */
  reading(at: number): readonly string[]
}
