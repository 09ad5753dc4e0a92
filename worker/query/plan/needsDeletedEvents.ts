import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Measure } from '../../metrics/metric'
import type { Scope } from '../../relations/sql/scope'
import { type Coverage, isBeforeRetained } from '../../rollups/coverage'

/** Where the events begin that a measure reads; for one that looks back without an end, where its period does. */
const beginOf = (measure: Measure, { range, zone, ends }: Scope): Pick<Range, 'from' | 'firstDay'> => {
  if (measure.form !== 'window') return range
  const firstDay = Math.min(...ends.map(({ lastDay }) => lastDay)) - measure.days + 1
  return { from: startOfDay(firstDay, zone), firstDay }
}

/**
 * Whether a measure that no rollup answers would read events that are deleted.
 * @param scope with the ends of its buckets
 */
export const needsDeletedEvents = (measure: Measure, scope: Scope, coverage: Coverage): boolean =>
  !(measure.form === 'sums' && measure.relation.isImported) && isBeforeRetained(beginOf(measure, scope), coverage)
