import { type Dimension, JOINS } from '../metrics/dimensions'
import type { SessionColumn } from '../relations/sql/sessionColumns'

/** Columns of sessions whose ids the lists of active people hold. */
export const ID_COLUMNS = ['source', 'place', 'device'] as const satisfies readonly SessionColumn[]

export type IdColumn = (typeof ID_COLUMNS)[number]

/** For each of these columns the ids, `null` where a session has none. */
export type Ids = readonly (readonly (number | null)[])[]

/** People who were active on a day, each once for every combination of ids of their sessions. */
export interface ActivePeople {
  readonly people: readonly number[]
  /** In the order of `people`; `null` where they are not stored. */
  readonly ids: Ids | null
}

/** The columns as dimensions, whose groups are the ids. */
export const ID_DIMENSIONS: readonly Dimension[] = ID_COLUMNS.map(column => ({
  id: column,
  help: 'An id of a dictionary.',
  level: 'session',
  joins: [],
  expression: `s.${column}`,
}))

/** The column that a dimension follows from; `null` if these lists do not tell its groups. */
export const idColumnOf = ({ level, joins }: Dimension): IdColumn | null => {
  const [join] = joins
  if (level !== 'session' || join === undefined || joins.length > 1) return null
  return ID_COLUMNS.find(column => column === JOINS[join].column) ?? null
}

/** The people of some lists by an id of their sessions; the same person can be in several lists. */
export const peopleById = (
  lists: readonly ActivePeople[],
  column: IdColumn,
): ReadonlyMap<number | null, readonly number[]> => {
  const groups = new Map<number | null, number[]>()
  for (const { people, ids } of lists)
    for (const [place, id] of (ids?.[ID_COLUMNS.indexOf(column)] ?? []).entries()) {
      const group = groups.get(id) ?? []
      group.push(people[place] as number)
      groups.set(id, group)
    }
  return groups
}
