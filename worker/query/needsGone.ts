import { startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import type { Measure } from '../metrics/metric'
import type { Scope } from '../relations/sql/scope'
import { type Coverage, isBeforeRetained } from '../rollups/coverage'

/** Where what a measure looks at begins; what looks back without an end is told from what there is. */
const beginOf = (measure: Measure, { range, zone, ends }: Scope): Pick<Range, 'from' | 'firstDay'> => {
  if (measure.form !== 'window') return range
  const firstDay = Math.min(...ends.map(({ lastDay }) => lastDay)) - measure.days + 1
  return { from: startOfDay(firstDay, zone), firstDay }
}

/**
 * Whether a measure that is asked of visits and facts would need some that are gone.
 * @param scope with the ends of its buckets
 */
export const needsGone = (measure: Measure, scope: Scope, kept: Coverage): boolean =>
  !(measure.form === 'sums' && measure.relation.isImported) && isBeforeRetained(beginOf(measure, scope), kept)
