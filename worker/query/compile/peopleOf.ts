import { ACTIVITY } from '../../relations/activity'
import type { Scope } from '../../relations/sql/scope'
import { begin } from './statement'

/** Everybody who was active in a range, each once. */
export const peopleOf = (scope: Scope): { sql: string; values: readonly unknown[] } => {
  const builder = begin(scope)
  return builder.statement(`select distinct person from (\n${ACTIVITY.rows(builder)}\n)`)
}
