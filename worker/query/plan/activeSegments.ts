import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Scope } from '../../relations/sql/scope'
import { type Coverage, coveredDays } from '../../rollups/coverage'
import type { CoveredMeasure, Segment } from './segment'

/** A gap in one bucket, and what rollups hold of it. */
interface CoveredGap {
  /** Of the gap. */
  readonly scope: Scope
  readonly coverage: Coverage
  readonly bucket: number
}

/** Who was active in the first part of a rolled-up day, where that is stored. */
export const activeIn = (gap: Range, { scope, coverage }: Omit<CoveredGap, 'bucket'>): ReadonlySet<number> | null => {
  const { zone, dimensions, granularity } = scope
  const { day, people } = coverage.activeBefore ?? { day: null, people: null }
  if (day === null || gap.firstDay !== day || gap.lastDay !== day || gap.from !== startOfDay(day, zone)) return null
  if (dimensions.length > 0 || granularity === 'hour') return null
  return coveredDays({ ...gap, to: startOfDay(day + 1, zone) }, coverage).length > 0 ? people : null
}

/**
 * People of that part: those who were active, and one by one those with events. None of the day's sessions has changed,
 * or it would not count as rolled up.
 */
export const activeSegments = (
  { scope: whole, bucket }: Omit<CoveredGap, 'coverage'>,
  measures: readonly CoveredMeasure[],
  people: ReadonlySet<number>,
): Segment[] => {
  const scope = { ...whole, granularity: null, ends: [] }
  const named = { ...scope, stored: false, removed: null, added: null } as const
  return [
    { source: 'live', measures, scope: named, people: 'each', buckets: [], bucket, sign: 1 },
    { source: 'active_people', measures, scope, bucket, people },
  ]
}
