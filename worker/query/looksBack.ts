import type { Scope } from '../relations/sql/scope'
import { SINCE_EVER } from '../relations/sql/tables'
import { begin } from './compile/statement'
import { type RequestedMeasure, statements } from './compile/statements'

/**
 * Whether a measure of a period depends on what was before the facts that are kept.
 * @param keptFrom epoch milliseconds
 */
export const looksBack = (scope: Scope, one: RequestedMeasure, keptFrom: number): boolean => {
  if (keptFrom === 0) return false
  const measure = one.measureOf(begin(scope))
  const before = 'relation' in measure ? (measure.relation.looksBack ?? 0) : 0
  if (before > 0 && scope.range.from - before < keptFrom) return true
  return statements(scope, [one], () => 0).some(({ sql }) => SINCE_EVER.test(sql))
}
