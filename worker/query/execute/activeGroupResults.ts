import type { ActiveGroupsSegment, RequestedMeasure } from '../plan/segment'
import type { Cell } from './cell'
import type { PartialResult } from './partialResult'

/** The people that some cells of one group stand for, each once. */
const peopleOf = (cells: readonly Cell[], { open, closed }: ActiveGroupsSegment): Set<number> =>
  new Set(cells.flatMap(({ active }) => (active && (active.isOpen ? open : closed).get(active.id)) ?? []))

/** The people of one group, those with an open session apart. */
const groupResults = (
  segment: ActiveGroupsSegment,
  { position, index }: RequestedMeasure,
  cells: readonly Cell[],
): PartialResult[] => {
  const [open, closed] = [true, false].map(isOpen => cells.filter(({ active }) => active?.isOpen === isOpen))
  const current = peopleOf(open ?? [], segment)
  const others = [...peopleOf(closed ?? [], segment)].filter(person => !current.has(person))
  const resultOf = (cell: Cell | undefined, people: ReadonlySet<number>): PartialResult[] => {
    if (!cell?.person || people.size === 0) return []
    const dimensions = segment.isGrouped ? cell.dimensions : []
    return [{ position, index, bucket: segment.bucket, dimensions, sums: {}, alike: { ...cell.person, people } }]
  }
  return [...resultOf(open?.[0], current), ...resultOf(closed?.[0], new Set(others))]
}

/** The people of each group, whichever ids belong to it, as results of one measure. */
export const activeGroupResults = (
  segment: ActiveGroupsSegment,
  requested: RequestedMeasure,
  cells: readonly Cell[],
): PartialResult[] => {
  const groups = Map.groupBy(cells, ({ dimensions }) => dimensions[0] ?? '')
  return [...groups].flatMap(([group, own]) =>
    segment.groups?.includes(group) === false ? [] : groupResults(segment, requested, own),
  )
}
