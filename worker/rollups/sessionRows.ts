import { startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'

/** A session as worker/relations/sql/tables.ts reads it: person, begin, next, last, … */
export type SessionRow = readonly (number | null)[]

/** Sessions to add to those stored, and stored ones to subtract. */
export interface SessionRows {
  readonly added: readonly SessionRow[]
  readonly retracted: readonly SessionRow[]
}

/** Whether a session began in a range. */
export const beganIn = ([, begin]: SessionRow, { from, to }: Range): boolean =>
  Number(begin) >= from && Number(begin) < to

/** The people whose sessions were active on a day. */
export const activeOn = (rows: readonly SessionRow[], day: number, zone: string): Set<number> => {
  const [from, to] = [startOfDay(day, zone), startOfDay(day + 1, zone)]
  return new Set(
    rows.flatMap(([person, begin, next, last]) => {
      const start = Number(begin)
      if (start >= to || start + Number(last) < from) return []
      return [Number(start >= from ? person : (next ?? person))]
    }),
  )
}

/**
 * Whether everybody whose sessions of a day are retracted has others added on it. Of anybody else it is not known
 * whether another stored session is left.
 */
export const keepsEveryPerson = ({ retracted, added }: SessionRows, day: number, zone: string): boolean => {
  const there = activeOn(added, day, zone)
  return [...activeOn(retracted, day, zone)].every(person => there.has(person))
}
