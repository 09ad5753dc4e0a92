import type { Builder } from './sql/builder'

/**
 * When a row of a relation is known for good, all that belongs to it with it: once its hour is settled, once its
 * session is, or once its day is.
 */
export type Rolls = 'hour' | 'session' | 'day'

/** What can be summed over: rows with `bucket`, `d0` …, `person` and columns of their own. */
export interface Relation {
  /** Equal for relations whose rows are equal. */
  readonly key: string
  /** Of a relation whose sums over days can be kept; each row depends on its own session and day alone. */
  readonly rolls?: Rolls
  /** Whether its rows are who was active by days, with or without others beside them. */
  readonly isActivity?: true
  /** Whether its rows are imported: they stay where facts are removed. */
  readonly isImported?: true
  /** Keys of relations that hold its rows, and others in which nobody is active: what it is asked can be asked of them. */
  readonly within?: readonly string[]
  rows(b: Builder): string
}
