import { HOUR } from '../../shared/time'
import type { Range } from '../lib/timeRange'
import type { CountedReads } from '../query/execute/countedReads'
import { statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import hourSumsSelect from '../storage/sql/hour_sums.select.sql'
import rollupsSelect from '../storage/sql/rollups.select.sql'
import runningSelect from '../storage/sql/running.select.sql'
import runningSelectPeople from '../storage/sql/running.select_people.sql'
import sumsSelect from '../storage/sql/sums.select.sql'
import sumsSelectReaches from '../storage/sql/sums.select_reaches.sql'
import touchedSelect from '../storage/sql/touched.select.sql'
import { type Coverage, type RetainedEvents, spanOfHours } from './coverage'
import { dayRollupOf, rollupsByDay } from './rollupText'

/** The rollups of a range, as stored: some of them can be stale. */
export type StoredRollups = Omit<Coverage, 'retained'>

/** What changed since rollups were built, in epoch hours. */
interface Changes {
  readonly staleHours: readonly (readonly [first: number, last: number])[]
  readonly lateHours: readonly number[]
}

const peopleOf = (text: string): ReadonlySet<number> | null => {
  const people = JSON.parse(text) as number[] | null
  return people && new Set(people)
}

/**
 * Reads the rollups of a range.
 * @param dimension '' for totals
 * @param keys of the measures to read
 */
export const readRollups = async (
  reads: CountedReads,
  { id, timezone }: SiteConfig,
  dimension: string,
  range: Range,
  keys: readonly string[],
): Promise<StoredRollups> => {
  const wanted = JSON.stringify(keys)
  const { firstDay, lastDay } = range
  const [rollups = [], stale = [], daily = [], reaches = [], hourly = [], today = [], people = []] = await reads.batch([
    statement(rollupsSelect, id),
    statement(touchedSelect, id),
    statement(sumsSelect, id, dimension, firstDay, lastDay, wanted),
    statement(sumsSelectReaches, id, firstDay - 1, lastDay),
    statement(hourSumsSelect, id, dimension, Math.floor(range.from / HOUR), Math.floor(range.to / HOUR), wanted),
    ...(dimension === '' ? [statement(runningSelect, id, firstDay, lastDay, timezone, wanted)] : []),
    ...(dimension === '' ? [statement(runningSelectPeople, id, firstDay, lastDay, timezone)] : []),
  ])
  const progress = rollups[0]
  return {
    zone: timezone,
    progress: progress
      ? { until: Number(progress.until), zone: String(progress.zone), since: Number(progress.since) }
      : null,
    stale: stale.map(row => spanOfHours(Number(row.first_hour), Number(row.last_hour))),
    daily: rollupsByDay(daily.map(row => ({ day: Number(row.day), cells: String(row.cells) }))),
    reaches: new Map(reaches.map(row => [Number(row.day), row.reach === null ? null : Number(row.reach)])),
    hourly: new Map(hourly.map(row => [Number(row.hour), dayRollupOf(String(row.cells))])),
    today: new Map(
      today.map((row, index) => [
        Number(row.day),
        { totals: dayRollupOf(String(row.cells)), people: peopleOf(String(people[index]?.people)) },
      ]),
    ),
  }
}

/** What of the stored rollups can be used, given what changed since they were built. */
export const coverageOf = (
  rollups: StoredRollups,
  { staleHours, lateHours }: Changes,
  retained: RetainedEvents,
): Coverage => ({
  ...rollups,
  retained,
  stale: [...staleHours.map(([first, last]) => spanOfHours(first, last)), ...rollups.stale],
  hourly: new Map([...rollups.hourly].filter(([hour]) => !lateHours.includes(hour))),
})
