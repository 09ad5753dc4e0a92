import type { Builder } from './builder'

/** What can be summed over: rows with `bucket`, `d0` …, `person` and columns of their own. */
export interface Relation {
  /** Equal for relations whose rows are equal. */
  readonly key: string
  rows(b: Builder): string
}
