import { startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import { SESSION_COLUMNS } from '../relations/sql/sessionColumns'
import { ID_COLUMNS } from './activePeople'

/** A session as worker/relations/sql/tables.ts reads it: person, begin, next, last, … */
export type SessionRow = readonly (number | null)[]

/** Sessions to add to those stored, and stored ones to subtract. */
export interface SessionRows {
  readonly added: readonly SessionRow[]
  readonly retracted: readonly SessionRow[]
}

/** What a session says about a day on which it was active. */
export interface ActiveSession {
  /** The visitor's id of that day. */
  readonly person: number
  /** Of `ID_COLUMNS`. */
  readonly ids: readonly (number | null)[]
  readonly isOpen: boolean
}

/** Whether a session began in a range. */
export const beganIn = ([, begin]: SessionRow, { from, to }: Range): boolean =>
  Number(begin) >= from && Number(begin) < to

const ID_PLACES = ID_COLUMNS.map(column => 2 + SESSION_COLUMNS.indexOf(column))

/** The sessions that were active on a day. */
export const activeOn = (rows: readonly SessionRow[], day: number, zone: string): ActiveSession[] => {
  const [from, to] = [startOfDay(day, zone), startOfDay(day + 1, zone)]
  return rows.flatMap(row => {
    const [person, begin, next, last] = row
    const start = Number(begin)
    if (start >= to || start + Number(last) < from) return []
    const ids = ID_PLACES.map(place => row[place] ?? null)
    return [{ person: Number(start >= from ? person : (next ?? person)), ids, isOpen: row.at(-1) === 1 }]
  })
}

/** Equal for sessions that lists of active people do not tell apart. */
export const activeKey = ({ person, ids }: Pick<ActiveSession, 'person' | 'ids'>): string => `${person}/${ids}`

/**
 * Whether everybody whose sessions of a day are retracted has others added on it, with the same ids. Of anybody else it
 * is not known whether another stored session is left.
 */
export const keepsEverybody = ({ retracted, added }: SessionRows, day: number, zone: string): boolean => {
  const there = new Set(activeOn(added, day, zone).map(activeKey))
  return activeOn(retracted, day, zone).every(session => there.has(activeKey(session)))
}
