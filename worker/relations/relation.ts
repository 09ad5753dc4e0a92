import type { Builder } from './sql/builder'

/**
 * When a row of a relation can change no more: once its hour, its session or its day is final.
 */
export type Rolls = 'hour' | 'session' | 'day'

/** Rows that measures aggregate: `bucket`, `d0` …, `person` and columns of their own. */
export interface Relation {
  /** Equal for relations whose rows are equal. */
  readonly key: string
  /** Set if rollups can store its aggregates: each row depends only on its own hour, session or day. */
  readonly rolls?: Rolls
  /** Whether its rows are active visitors by day, with or without other rows. */
  readonly isActivity?: true
  /** Whether its rows are imported: they stay when raw events are deleted. */
  readonly isImported?: true
  /** Keys of relations that contain its rows, plus rows without activity: they can answer its measures too. */
  readonly within?: readonly string[]
  /** Keys of relations with the same rows and more columns: they can answer its measures too. */
  readonly extendedBy?: readonly string[]
  rows(b: Builder): string
}
