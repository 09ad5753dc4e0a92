import type { Scope } from './compile/scope'
import { begin } from './compile/statement'
import { type Asked, statements } from './compile/statements'
import { SINCE_EVER } from './compile/tables'

/**
 * Whether a measure of a period depends on what was before the facts that are kept.
 * @param keptFrom epoch milliseconds
 */
export const looksBack = (scope: Scope, one: Asked, keptFrom: number): boolean => {
  if (keptFrom === 0) return false
  const measure = one.measureOf(begin(scope))
  const before = 'relation' in measure ? (measure.relation.looksBack ?? 0) : 0
  if (before > 0 && scope.range.from - before < keptFrom) return true
  return statements(scope, [one], () => 0).some(({ sql }) => SINCE_EVER.test(sql))
}
