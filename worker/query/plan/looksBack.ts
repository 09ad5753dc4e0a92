import type { Scope } from '../../relations/sql/scope'
import { compileMeasures } from '../compile/compileMeasures'
import type { MetricMeasure } from '../compile/metricMeasure'

/**
 * Whether a measure of a period depends on events before the retained ones.
 * @param retainedFrom epoch milliseconds
 */
export const looksBack = (scope: Scope, measure: MetricMeasure, retainedFrom: number): boolean =>
  retainedFrom > 0 &&
  compileMeasures(scope, [measure]).some(({ lookback }) => lookback > 0 && scope.range.from - lookback < retainedFrom)
