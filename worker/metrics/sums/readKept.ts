import hourSumsSelect from '../../store/sql/hour_sums.select.sql'
import rollupsSelect from '../../store/sql/rollups.select.sql'
import runningSelect from '../../store/sql/running.select.sql'
import runningSelectPeople from '../../store/sql/running.select_people.sql'
import sumsSelect from '../../store/sql/sums.select.sql'
import sumsSelectReaches from '../../store/sql/sums.select_reaches.sql'
import touchedSelect from '../../store/sql/touched.select.sql'
import type { Asking, State } from '../asking'
import type { Range } from '../period'
import type { Plan } from '../question'
import { type Kept, spanOfHours } from './kept'
import { daySumsOf, sumsByDay } from './text'

const HOUR = 3_600_000

/** What changed since what is kept was made, in epoch hours. */
export interface Unsettled {
  readonly touched: readonly (readonly [first: number, last: number])[]
  readonly marked: readonly number[]
}

const peopleOf = (text: string): ReadonlySet<number> | null => {
  const people = JSON.parse(text) as number[] | null
  return people && new Set(people)
}

/**
 * What is kept of the days of a range, once it is known what changed since.
 * @param keys of the measures that are wanted
 */
export const readKept = async (
  asking: Asking,
  plan: Plan,
  range: Range,
  keys: readonly string[],
): Promise<(unsettled: Unsettled, state: State) => Kept> => {
  const site = asking.site.id
  const dimension = plan.dimensions[0]?.id ?? ''
  const wanted = JSON.stringify(keys)
  const ofDays = [site, range.firstDay, range.lastDay, asking.site.timezone]
  const [rollups = [], touched = [], sums = [], reaches = [], hours = [], running = [], people = []] =
    await asking.rows([
      { sql: rollupsSelect, values: [site] },
      { sql: touchedSelect, values: [site] },
      { sql: sumsSelect, values: [site, dimension, range.firstDay, range.lastDay, wanted] },
      { sql: sumsSelectReaches, values: [site, range.firstDay - 1, range.lastDay] },
      {
        sql: hourSumsSelect,
        values: [site, dimension, Math.floor(range.from / HOUR), Math.floor(range.to / HOUR), wanted],
      },
      ...(dimension === '' ? [{ sql: runningSelect, values: [...ofDays, wanted] }] : []),
      ...(dimension === '' ? [{ sql: runningSelectPeople, values: ofDays }] : []),
    ])
  const rollup = rollups[0]
  const keptHours = hours.map(row => [Number(row.hour), daySumsOf(String(row.cells))] as const)
  const kept = {
    zone: asking.site.timezone,
    running: new Map(
      running.map((row, index) => [
        Number(row.day),
        { sums: daySumsOf(String(row.cells)), people: peopleOf(String(people[index]?.people)) },
      ]),
    ),
    rollup: rollup ? { until: Number(rollup.until), zone: String(rollup.zone), since: Number(rollup.since) } : null,
    reaches: new Map(reaches.map(row => [Number(row.day), row.reach === null ? null : Number(row.reach)])),
    sums: sumsByDay(sums.map(row => ({ day: Number(row.day), cells: String(row.cells) }))),
  }
  const touchedHours = touched.map(row => [Number(row.first_hour), Number(row.last_hour)] as const)
  return (unsettled, { facts }) => ({
    ...kept,
    facts,
    hours: new Map(keptHours.filter(([hour]) => !unsettled.marked.includes(hour))),
    touched: [...unsettled.touched, ...touchedHours].map(([first, last]) => spanOfHours(first, last)),
  })
}
