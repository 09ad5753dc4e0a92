import { ACTIVITY } from '../../relations/activity'
import type { Scope } from '../../relations/sql/scope'
import type { SqlStatement } from '../../storage/database'
import { begin } from './statement'

/** Everybody who was active in a range, once each. */
export const peopleStatement = (scope: Scope): SqlStatement => {
  const builder = begin(scope)
  return builder.statement(`select distinct person from (\n${ACTIVITY.rows(builder)}\n)`)
}
