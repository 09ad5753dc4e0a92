import type { Dimension } from '../../metrics/dimensions'
import { ACTIVITY } from '../../relations/activity'
import { type ActivePeople, ID_COLUMNS, idColumnOf, peopleById } from '../../rollups/activePeople'
import { type ActiveSession, activeOn, keepsEverybody } from '../../rollups/sessionRows'
import { type ListedAnswer, type ListedPeople, NOTHING } from './listedPeople'
import type { LiveDelta } from './liveDelta'
import type { CoveredMeasure } from './segment'

/** People to count by a dimension. */
interface GroupedPeople extends ListedPeople {
  readonly dimension: Dimension
  /** To add up; `null` for all. */
  readonly groups: readonly string[] | null
}

/** Whether it is enough to know who was active, whatever else these people did. */
const isOfActivityAlone = ({ measure }: CoveredMeasure): boolean =>
  measure.form === 'sums' && measure.relation.key === ACTIVITY.key

const listOf = (sessions: readonly ActiveSession[]): ActivePeople => ({
  people: sessions.map(({ person }) => person),
  ids: ID_COLUMNS.map((_, column) => sessions.map(({ ids }) => ids[column] ?? null)),
})

/**
 * Answers measures of people by a dimension, or of one of its groups.
 * @param delta `null` where it has nothing to add
 */
export const listedGroups = (
  { scope, bucket, active, dimension, groups }: GroupedPeople,
  all: readonly CoveredMeasure[],
  delta: LiveDelta | null,
): ListedAnswer => {
  const measures = all.filter(isOfActivityAlone)
  const column = idColumnOf(dimension)
  const { zone, range } = scope
  const isKnown = delta === null || keepsEverybody(delta, range.firstDay, zone)
  if (measures.length === 0 || column === null || !active?.ids || !isKnown) return NOTHING
  const added = delta ? activeOn(delta.added, range.firstDay, zone) : []
  const segment = {
    source: 'active_groups',
    measures,
    scope: { ...scope, granularity: null, ends: [], removed: null, added: null },
    bucket,
    dimension,
    column,
    isGrouped: scope.dimensions.length > 0,
    groups,
    closed: peopleById([active, listOf(added.filter(({ isOpen }) => !isOpen))], column),
    open: peopleById([listOf(added.filter(({ isOpen }) => isOpen))], column),
  } as const
  return { measures, segments: [segment] }
}
