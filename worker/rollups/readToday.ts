import { startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import { isMergeable } from '../metrics/people'
import { oneActive } from '../query/compile/oneActive'
import type { Cell } from '../query/compile/statement'
import type { Gathering } from '../query/gathering'
import type { Piece } from '../query/pieces'
import type { SqlQuery } from '../query/reads'
import type { Scope } from '../relations/sql/scope'
import { type CoveredMeasure, cellsOfDays } from './cellsOfDays'
import type { Coverage, TodayRollup } from './coverage'
import type { StoredMeasure } from './storedMeasures'

/** A session as compile/tables.ts reads it: person, begin, next, last, … */
export type SessionRow = readonly (number | null)[]

/** What is not settled, laid over what is stored. */
export interface SessionRows {
  readonly added: readonly SessionRow[]
  readonly gone: readonly SessionRow[]
}

/** A measure that may be kept. */
export interface WantedMeasure extends Omit<CoveredMeasure, 'rolled'> {
  readonly rolled: StoredMeasure
  readonly measureOf: Piece['asked'][number]['measureOf']
}

/** What a question asks of one running day. */
export interface DayAsked {
  readonly scope: Scope
  readonly bucket: number
  readonly laid: SessionRows
  readonly kept: TodayRollup
}

/** Whether a session began in a range. */
export const isOn = ([, begin]: SessionRow, { from, to }: Range): boolean => Number(begin) >= from && Number(begin) < to

/** Who was active on a day in these sessions. */
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

/** Whether everybody who is gone from the day is there again: else nobody knows who is left. */
export const isEverybodyThere = ({ gone, added }: SessionRows, day: number, zone: string): boolean => {
  const there = activeOn(added, day, zone)
  return [...activeOn(gone, day, zone)].every(person => there.has(person))
}

/** Which of the measures of a day need not be asked of the stored visits. */
export const isInTodayRollup =
  ({ scope, kept, laid }: DayAsked) =>
  ({ rolled }: WantedMeasure): boolean => {
    if (rolled.isOfSessions) return kept.sums.keys.has(rolled.key)
    return rolled.isOfActivity && kept.people !== null && isEverybodyThere(laid, scope.range.firstDay, scope.zone)
  }

const keptCells = ({ kept, bucket }: DayAsked, asked: readonly WantedMeasure[]): Cell[] =>
  cellsOfDays({ bucket, days: [kept.sums] }, asked, false)

const negative = (cell: Cell): Cell => ({
  ...cell,
  sums: Object.fromEntries(Object.entries(cell.sums).map(([name, sum]) => [name, -sum])),
})

/** A part of an answer: what has to be asked, and what becomes of what is found. */
export interface Part {
  readonly pieces: readonly Piece[]
  readonly queries: readonly SqlQuery[]
  gather(
    into: Gathering,
    cells: readonly (readonly Cell[])[],
    rows: readonly (readonly Record<string, unknown>[])[],
  ): void
}

/** What is asked of sessions alone: what is kept, with what is added and without what is gone. */
const sessionsPart = (day: DayAsked, asked: readonly WantedMeasure[]): Part => {
  const { scope, bucket, laid } = day
  const gone = laid.gone.filter(row => isOn(row, scope.range))
  const piece = (added: string | null): Piece => ({
    scope: { ...scope, stored: false, removed: null, added },
    asked,
    people: 'sums',
    bucketOfDay: () => 0,
  })
  return {
    pieces: [piece(scope.added), ...(gone.length > 0 ? [piece(JSON.stringify(gone))] : [])],
    queries: [],
    gather: (into, [added = [], removed = []]) => {
      for (const cell of keptCells(day, asked)) into.add(cell)
      for (const cell of added) into.add({ ...cell, bucket })
      for (const cell of removed) into.add(negative({ ...cell, bucket }))
    },
  }
}

/** What is asked of people: those who are known to have been active, and one by one those of whom there is more. */
const peoplePart = ({ scope, bucket, kept: { people } }: DayAsked, asked: readonly WantedMeasure[]): Part => {
  const active = oneActive(scope, asked)
  return {
    pieces: [{ scope: { ...scope, stored: false, removed: null }, asked, people: 'each', bucketOfDay: () => 0 }],
    queries: [active],
    gather: (into, [others = []], [rows = []]) => {
      for (const cell of others) into.add({ ...cell, bucket })
      const values = active.read(rows[0] ?? {})
      for (const [index, { metric, place, measure }] of asked.entries()) {
        const own = values[index]
        if (own && people && measure.form === 'sums' && isMergeable(measure))
          into.addAlike({ metric, place, bucket, dimensions: [], measure, people, values: own })
      }
    },
  }
}

/** Everything that is asked of a running day and need not be asked of the stored visits. */
export const todayParts = (day: DayAsked, asked: readonly WantedMeasure[]): Part[] => {
  const sessions = asked.filter(({ rolled }) => rolled.isOfSessions)
  const people = asked.filter(({ rolled }) => rolled.isOfActivity)
  return [
    ...(sessions.length > 0 ? [sessionsPart(day, sessions)] : []),
    ...(people.length > 0 ? [peoplePart(day, people)] : []),
  ]
}

/** Days of a range that are kept running and lie in it whole. */
export const todaysDays = ({ from, to, firstDay, lastDay }: Range, { running, zone }: Coverage): number[] =>
  [...running.keys()].filter(
    day => day >= firstDay && day <= lastDay && from <= startOfDay(day, zone) && startOfDay(day + 1, zone) <= to,
  )
