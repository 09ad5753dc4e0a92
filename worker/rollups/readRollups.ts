import { HOUR } from '../../shared/time'
import type { Range } from '../lib/timeRange'
import type { Dimension } from '../metrics/dimensions'
import type { ResultRow } from '../query/execute/cell'
import type { CountedReads } from '../query/execute/countedReads'
import { statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import hourSumsSelect from '../storage/sql/hour_sums.select.sql'
import rollupsSelect from '../storage/sql/rollups.select.sql'
import runningSelect from '../storage/sql/running.select.sql'
import sumsSelect from '../storage/sql/sums.select.sql'
import sumsSelectReaches from '../storage/sql/sums.select_reaches.sql'
import touchedSelect from '../storage/sql/touched.select.sql'
import { idColumnOf } from './activePeople'
import { readActivePeople } from './activePeopleText'
import { type ActiveBefore, type Coverage, type RetainedEvents, spanOfHours, type TodayRollup } from './coverage'
import { disjointRanges, type KeyedRange } from './disjointRanges'
import { type DayRollup, dayRollupOf, rollupsByDay } from './rollupText'

/** The rollups of a range, as stored: some of them can be stale. */
export type StoredRollups = Omit<Coverage, 'retained' | 'activeBefore'>

/** What changed since rollups were built, in epoch hours. */
interface Changes {
  readonly staleHours: readonly (readonly [first: number, last: number])[]
  readonly lateHours: readonly number[]
}

/** What a period needs of the rollups. */
export interface RollupRequest {
  /** `null` for totals. */
  readonly dimension: Dimension | null
  readonly range: Range
  /** Of measures. If there are none, nothing is read. */
  readonly keys: readonly string[]
}

const NOTHING: Omit<StoredRollups, 'zone'> = {
  progress: null,
  stale: [],
  daily: new Map(),
  reaches: new Map(),
  hourly: new Map(),
  today: new Map(),
}

const todayOf = ({ cells, people, ids }: ResultRow): TodayRollup => ({
  totals: dayRollupOf(String(cells)),
  active: readActivePeople(people, ids),
})

const within = <T>(all: ReadonlyMap<number, T>, first: number, last: number): ReadonlyMap<number, T> =>
  new Map([...all].filter(([at]) => first <= at && at <= last))

const daysOf = ({ dimension, range: { firstDay, lastDay }, keys }: RollupRequest): KeyedRange => ({
  dimension: dimension?.id ?? '',
  first: firstDay,
  last: lastDay,
  keys,
})

const hoursOf = ({ dimension, range, keys }: RollupRequest): KeyedRange => ({
  dimension: dimension?.id ?? '',
  first: Math.floor(range.from / HOUR),
  last: Math.floor(range.to / HOUR),
  keys,
})

/** The days, with the one before: the rollup of a day says how far back the sessions of the next day begin. */
const reachesOf = ({ range: { firstDay, lastDay } }: RollupRequest): KeyedRange => ({
  dimension: '',
  first: firstDay - 1,
  last: lastDay,
  keys: [],
})

/** Whether today's rollup says anything: it holds totals, and in which groups of some dimensions people were active. */
const needsToday = ({ dimension }: RollupRequest): boolean => dimension === null || idColumnOf(dimension) !== null

const todaysOf = (request: RollupRequest): KeyedRange => ({
  ...daysOf(request),
  dimension: '',
  keys: request.dimension === null ? request.keys : [],
})

/** Ranges as JSON, as the SQL files expect them. */
const textOf = (ranges: readonly KeyedRange[]): string =>
  JSON.stringify(disjointRanges(ranges).map(({ dimension, first, last, keys }) => [dimension, first, last, keys]))

const byDimension = <T>(
  rows: readonly ResultRow[],
  read: (rows: readonly ResultRow[]) => ReadonlyMap<number, T>,
): ReadonlyMap<string, ReadonlyMap<number, T>> =>
  new Map(
    [...Map.groupBy(rows, ({ dimension }) => String(dimension))].map(([dimension, own]) => [dimension, read(own)]),
  )

const readDaily = (rows: readonly ResultRow[]): ReadonlyMap<number, DayRollup> =>
  rollupsByDay(rows.map(row => ({ day: Number(row.day), cells: String(row.cells) })))

const readHourly = (rows: readonly ResultRow[]): ReadonlyMap<number, DayRollup> =>
  new Map(rows.map(row => [Number(row.hour), dayRollupOf(String(row.cells))]))

/** Reads the rollups of one or more requests, each row once. */
const readAll = async (reads: CountedReads, { id, timezone }: SiteConfig, requests: readonly RollupRequest[]) => {
  const ofToday = requests.filter(needsToday)
  const [rollups = [], stale = [], daily = [], reaches = [], hourly = [], today = []] = await reads.batch([
    statement(rollupsSelect, id),
    statement(touchedSelect, id),
    statement(sumsSelect, id, textOf(requests.map(daysOf))),
    statement(sumsSelectReaches, id, textOf(requests.map(reachesOf))),
    statement(hourSumsSelect, id, textOf(requests.map(hoursOf))),
    ...(ofToday.length > 0 ? [statement(runningSelect, id, timezone, textOf(ofToday.map(todaysOf)))] : []),
  ])
  const [progress] = rollups
  return {
    progress: progress
      ? { until: Number(progress.until), zone: String(progress.zone), since: Number(progress.since) }
      : null,
    stale: stale.map(row => spanOfHours(Number(row.first_hour), Number(row.last_hour))),
    daily: byDimension(daily, readDaily),
    reaches: new Map(reaches.map(row => [Number(row.day), row.reach === null ? null : Number(row.reach)])),
    hourly: byDimension(hourly, readHourly),
    today: new Map(today.map(row => [Number(row.day), todayOf(row)])),
  }
}

/**
 * Reads the rollups for all queries of a request at once, because the free plan limits the number of statements.
 * @returns for each request what is stored of its range
 */
export const readRollups = async (
  reads: CountedReads,
  site: SiteConfig,
  requests: readonly RollupRequest[],
): Promise<StoredRollups[]> => {
  const needed = requests.filter(({ keys }) => keys.length > 0)
  const all = needed.length > 0 ? await readAll(reads, site, needed) : null
  return requests.map(request => {
    const zone = site.timezone
    if (all === null || request.keys.length === 0) return { zone, ...NOTHING }
    const id = request.dimension?.id ?? ''
    const [days, hours] = [daysOf(request), hoursOf(request)]
    return {
      ...all,
      zone,
      daily: within(all.daily.get(id) ?? new Map(), days.first, days.last),
      hourly: within(all.hourly.get(id) ?? new Map(), hours.first, hours.last),
      today: within(needsToday(request) ? all.today : new Map(), days.first, days.last),
    }
  })
}

/** What of the stored rollups can be used, given what changed since they were built. */
export const coverageOf = (
  rollups: StoredRollups,
  { staleHours, lateHours }: Changes,
  retained: RetainedEvents,
  activeBefore: ActiveBefore | null,
): Coverage => ({
  ...rollups,
  retained,
  activeBefore,
  stale: [...staleHours.map(([first, last]) => spanOfHours(first, last)), ...rollups.stale],
  hourly: new Map([...rollups.hourly].filter(([hour]) => !lateHours.includes(hour))),
})
