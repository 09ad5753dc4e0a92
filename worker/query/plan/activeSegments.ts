import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Scope } from '../../relations/sql/scope'
import { type Coverage, coveredDays } from '../../rollups/coverage'
import type { CoveredMeasure, Segment } from './segment'

/** A gap that lies in one bucket, and what rollups hold of it. */
interface CoveredGap {
  /** Of the gap. */
  readonly scope: Scope
  readonly coverage: Coverage
  readonly bucket: number
}

/** Who was active in a gap that is the first part of a rolled-up day; `null` where that is not stored. */
export const activePeopleIn = (
  gap: Range,
  { scope, coverage }: Omit<CoveredGap, 'bucket'>,
): ReadonlySet<number> | null => {
  const { zone, dimensions, granularity } = scope
  const { day, people } = coverage.activeBefore ?? { day: null, people: null }
  if (day === null || gap.firstDay !== day || gap.lastDay !== day || gap.from !== startOfDay(day, zone)) return null
  if (dimensions.length > 0 || granularity === 'hour') return null
  return coveredDays({ ...gap, to: startOfDay(day + 1, zone) }, coverage).length > 0 ? people : null
}

/**
 * Segments of people in such a gap: those who were active, and those with events, one by one. The live delta has
 * nothing to add: a day whose sessions changed does not count as rolled up.
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
