import type { Scope } from '../relations/sql/scope'
import { type RequestedMeasure, statements } from './compile/statements'

/**
 * Whether a measure of a period depends on what was before the facts that are kept.
 * @param keptFrom epoch milliseconds
 */
export const looksBack = (scope: Scope, one: RequestedMeasure, keptFrom: number): boolean => {
  if (keptFrom === 0) return false
  return statements(scope, [one], () => 0).some(
    ({ lookback }) => lookback > 0 && scope.range.from - lookback < keptFrom,
  )
}
