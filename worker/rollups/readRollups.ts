import { HOUR } from '../../shared/time'
import type { Range } from '../lib/timeRange'
import type { Asking, QueryState } from '../query/asking'
import type { ParsedQuery } from '../query/parse/parseQuery'
import hourSumsSelect from '../storage/sql/hour_sums.select.sql'
import rollupsSelect from '../storage/sql/rollups.select.sql'
import runningSelect from '../storage/sql/running.select.sql'
import runningSelectPeople from '../storage/sql/running.select_people.sql'
import sumsSelect from '../storage/sql/sums.select.sql'
import sumsSelectReaches from '../storage/sql/sums.select_reaches.sql'
import touchedSelect from '../storage/sql/touched.select.sql'
import { type Coverage, spanOfHours } from './coverage'
import { dayRollupOf, rollupsByDay } from './rollupText'

/** What changed since what is kept was made, in epoch hours. */
export interface StaleHours {
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
export const readRollups = async (
  asking: Asking,
  plan: ParsedQuery,
  range: Range,
  keys: readonly string[],
): Promise<(unsettled: StaleHours, state: QueryState) => Coverage> => {
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
  const keptHours = hours.map(row => [Number(row.hour), dayRollupOf(String(row.cells))] as const)
  const kept = {
    zone: asking.site.timezone,
    running: new Map(
      running.map((row, index) => [
        Number(row.day),
        { sums: dayRollupOf(String(row.cells)), people: peopleOf(String(people[index]?.people)) },
      ]),
    ),
    rollup: rollup ? { until: Number(rollup.until), zone: String(rollup.zone), since: Number(rollup.since) } : null,
    reaches: new Map(reaches.map(row => [Number(row.day), row.reach === null ? null : Number(row.reach)])),
    sums: rollupsByDay(sums.map(row => ({ day: Number(row.day), cells: String(row.cells) }))),
  }
  const touchedHours = touched.map(row => [Number(row.first_hour), Number(row.last_hour)] as const)
  return (unsettled, { facts }) => ({
    ...kept,
    facts,
    hours: new Map(keptHours.filter(([hour]) => !unsettled.marked.includes(hour))),
    touched: [...unsettled.touched, ...touchedHours].map(([first, last]) => spanOfHours(first, last)),
  })
}
