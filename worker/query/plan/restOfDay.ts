import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Scope } from '../../relations/sql/scope'
import { type Coverage, coveredDays } from '../../rollups/coverage'
import type { CoveredMeasure } from './segment'

/** A scope, and what rollups hold of it. */
interface CoveredScope {
  readonly scope: Pick<Scope, 'zone' | 'dimensions'>
  readonly coverage: Coverage
}

/**
 * The rest of a rolled-up day of which a gap is the larger part: a period that ends at this time of the day is compared
 * with one that does too. Reading the rest, to subtract it from the day, is then cheaper than reading the gap.
 * @returns `null` where there is none
 */
export const restOfDay = (gap: Range, { scope: { zone, dimensions }, coverage }: CoveredScope): Range | null => {
  const { firstDay: day, lastDay } = gap
  const [from, to] = [startOfDay(day, zone), startOfDay(day + 1, zone)]
  const isLargerPart = day === lastDay && gap.from === from && to - gap.to < gap.to - from
  if (!isLargerPart || dimensions.length > 0) return null
  return coveredDays({ ...gap, to }, coverage).length > 0 ? { ...gap, from: gap.to, to } : null
}

/** Whether the rollup of a day, less what happened in the rest of it, gives a measure of its first part. */
export const isCutFromDay = ({ stored }: CoveredMeasure, day: number, { daily }: Coverage): boolean =>
  (stored.isOfSessions || stored.isOfEvents) && (daily.get(day)?.keys.has(stored.key) ?? true)
