import { startOfDay } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Scope } from '../../relations/sql/scope'
import type { ActivePeople } from '../../rollups/activePeople'
import { type Coverage, coveredDays } from '../../rollups/coverage'
import type { CoveredMeasure, Segment } from './segment'

/** A query's scope, and what rollups hold of it. */
interface CoveredScope {
  readonly scope: Scope
  readonly coverage: Coverage
}

/** Who was active in a gap that is the first part of a rolled-up day; `null` where that is not stored. */
export const activePeopleIn = (gap: Range, { scope, coverage }: CoveredScope): ActivePeople | null => {
  const { zone, granularity } = scope
  const { day, active } = coverage.activeBefore ?? { day: null, active: null }
  if (day === null || gap.firstDay !== day || gap.lastDay !== day || gap.from !== startOfDay(day, zone)) return null
  if (granularity === 'hour') return null
  return coveredDays({ ...gap, to: startOfDay(day + 1, zone) }, coverage).length > 0 ? active : null
}

/** People who were active on a day or on a part of it. */
export interface ListedPeople {
  /** Of that time, in one bucket. */
  readonly scope: Scope
  readonly bucket: number
  /** `null` where they are not listed. */
  readonly active: ActivePeople | null
}

/** Segments, and the measures that they answer. */
export interface ListedAnswer {
  readonly measures: readonly CoveredMeasure[]
  readonly segments: readonly Segment[]
}

export const NOTHING: ListedAnswer = { measures: [], segments: [] }

/** Answers measures of people in total: by those who were active, and one by one those with events. */
export const listedPeople = (
  { scope: whole, bucket, active }: ListedPeople,
  all: readonly CoveredMeasure[],
): ListedAnswer => {
  const measures = all.filter(({ stored }) => stored.isOfActivity)
  if (active === null || measures.length === 0) return NOTHING
  const scope = { ...whole, granularity: null, ends: [] }
  const named = { ...scope, stored: false, removed: null, added: null } as const
  return {
    measures,
    segments: [
      { source: 'live', measures, scope: named, people: 'each', buckets: [], bucket, sign: 1 },
      { source: 'active_people', measures, scope, bucket, people: new Set(active.people) },
    ],
  }
}
