import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { Dimension } from '../metrics/dimensions'
import type { HourSpan } from '../sessions/staleHours'
import { type Database, firstRow, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import dayPeopleClear from '../storage/sql/day_people.clear.sql'
import exportedDaysForgetHours from '../storage/sql/exported_days.forget_hours.sql'
import rollupsAdvance from '../storage/sql/rollups.advance.sql'
import rollupsBegin from '../storage/sql/rollups.begin.sql'
import settlementsNext from '../storage/sql/settlements.next.sql'
import sumsClear from '../storage/sql/sums.clear.sql'
import sumsDeleteParts from '../storage/sql/sums.delete_parts.sql'
import sumsSelectVersions from '../storage/sql/sums.select_versions.sql'
import touchedClear from '../storage/sql/touched.clear.sql'
import touchedDelete from '../storage/sql/touched.delete.sql'
import touchedInsert from '../storage/sql/touched.insert_rolled.sql'
import { UNLIMITED } from '../storage/statementBudget'
import { writeBatch } from '../storage/writeBatch'
import { addMeasures, changeRules, lackOnlyMeasures } from './addMeasures'
import type { RetainedEvents } from './coverage'
import type { Days } from './days'
import { limitDays } from './limitDays'
import { readSessionSummary } from './readSessionSummary'
import { renameMeasures } from './renameMeasures'
import { hasHashedKeys, ROLLED_DIMENSIONS, storedMeasuresHash } from './rolledDimensions'
import { type RollupState, readRollupState, type StaleSpan } from './rollupState'
import { groupTargets, storeDays } from './storeDays'
import { everyStoredMeasure } from './storedMeasures'

/** Days of one statement. */
const MOST_DAYS = 7
/** The most statements of one step. */
const STEP_STATEMENTS = 26
/** Milliseconds of one run of the cron, after which the next one continues. */
const LONGEST_RUN = 20_000

/** After a change of the time zone, ids of one old day can be seen on so many new ones. */
const DAYS_OF_CHANGE = 2

/** Begins anew, but for days whose events are deleted. */
const begin = async (
  db: Database,
  site: SiteConfig,
  { rolledUp: before, retained }: RollupState,
  now: number,
): Promise<void> => {
  if (before !== null && hasHashedKeys(before.rules)) await renameMeasures(db, site)
  const isNewZone = before !== null && before.zone !== site.timezone
  const since = isNewZone ? startOfDay(dayOf(now, site.timezone) + DAYS_OF_CHANGE, site.timezone) : 0
  const until = retained.from === 0 ? 0 : Math.max(retained.from, startOfDay(retained.day, site.timezone))
  await writeBatch(db, [
    statement(sumsClear, site.id),
    statement(touchedClear, site.id),
    statement(dayPeopleClear, site.id),
    ...(isNewZone ? [statement(exportedDaysForgetHours, site.id)] : []),
    statement(rollupsBegin, site.id, until, site.timezone, since, storedMeasuresHash(site.settings)),
  ])
}

/** The hours that lie in no other days: where a zone is off by half an hour, days share an hour. */
const hoursOf = ({ first, last }: Days, zone: string): HourSpan => [
  Math.ceil(startOfDay(first, zone) / HOUR),
  Math.floor(startOfDay(last + 1, zone) / HOUR) - 1,
]

/** The days before `until` that hours lie in and that still have their events. */
const daysOf = ([first, last]: HourSpan, zone: string, until: number, retained: RetainedEvents): Days => ({
  first: Math.max(dayOf(first * HOUR, zone), retained.day),
  last: dayOf(Math.min((last + 1) * HOUR, until) - 1, zone),
})

/** The next days with events that only late events can change; `null` for none. */
const nextDays = async (db: Database, site: SiteConfig, state: RollupState, until: number): Promise<Days | null> => {
  const zone = site.timezone
  const isOver = (day: number): boolean => {
    const end = startOfDay(day + 1, zone)
    return end + SESSION_TIMEOUT <= state.settled && end <= state.firstOpenHour * HOUR
  }
  if (!isOver(dayOf(until, zone))) return null
  const row = await firstRow<{ hour: number | null }>(db, settlementsNext, site.id, Math.floor(until / HOUR))
  if (row?.hour === null || row?.hour === undefined) return null
  const first = dayOf(Math.max(until, row.hour * HOUR), zone)
  let last = first - 1
  while (last < first + MOST_DAYS - 1 && isOver(last + 1)) last++
  return last < first ? null : limitDays(db, site, { first, last })
}

/** Notes that days are rolled up but stale: until they are built, answers read their events. */
const advance = async (db: Database, site: SiteConfig, state: RollupState, days: Days): Promise<void> => {
  const until = startOfDay(days.last + 1, site.timezone)
  const hours = JSON.stringify([[...hoursOf(days, site.timezone), state.version]])
  await writeBatch(db, [
    statement(touchedInsert, site.id, hours, state.version),
    statement(rollupsAdvance, site.id, until, state.version),
  ])
}

const isWithin = ([first, last]: HourSpan, { hours }: StaleSpan): boolean => hours[0] <= last && hours[1] >= first

/** The dimensions whose rollups of some days are missing or stale. */
const missingDimensions = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  days: Days,
): Promise<(Dimension | null)[]> => {
  const hours = hoursOf(days, site.timezone)
  const needed = Math.max(...state.stale.filter(one => isWithin(hours, one)).map(({ version }) => version))
  const { rows } = await db.all<{ dimension: string; days: number; version: number }>(
    sumsSelectVersions,
    site.id,
    days.first,
    days.last,
  )
  return ROLLED_DIMENSIONS.filter(dimension => {
    const row = rows.find(one => one.dimension === (dimension?.id ?? ''))
    return row === undefined || row.days < days.last - days.first + 1 || row.version < needed
  })
}

/**
 * Builds the rollups of some days by as many of the dimensions as can share statements. Stores none if sessions are
 * settled meanwhile.
 */
const build = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  days: Days,
  dimensions: readonly (Dimension | null)[],
): Promise<void> => {
  const sessions = await readSessionSummary(db, site, days)
  const missing = dimensions.map(dimension => ({
    dimension,
    measures: everyStoredMeasure(site.settings, dimension),
    lastParts: new Map(),
  }))
  const [targets = []] = groupTargets(missing, sessions)
  const names = JSON.stringify(targets.map(({ dimension }) => dimension?.id ?? ''))
  const before = [statement(sumsDeleteParts, site.id, names, days.first, days.last, state.version)]
  await storeDays(db, site, state, days, { targets, sessions, before })
}

const mostOf = ({ first, last }: Days): Days => ({ first, last: Math.min(last, first + MOST_DAYS - 1) })

/** Splits a span of stale hours in two: the hours of these days, and those after. */
const split = async (db: Database, site: SiteConfig, state: RollupState, { hours, version }: StaleSpan, days: Days) => {
  const last = hoursOf(days, site.timezone)[1]
  const two = JSON.stringify([
    [hours[0], last, version],
    [last + 1, hours[1], version],
  ])
  await writeBatch(db, [
    statement(touchedInsert, site.id, two, state.version),
    statement(touchedDelete, site.id, ...hours, state.version),
  ])
}

const buildStale = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  stale: StaleSpan,
  until: number,
): Promise<void> => {
  const days = daysOf(stale.hours, site.timezone, until, state.retained)
  const missing = days.first > days.last ? [] : await missingDimensions(db, site, state, days)
  // Only the first dimension has to limit the days: the others build the same ones.
  const fitting = missing[0] === ROLLED_DIMENSIONS[0] ? await limitDays(db, site, mostOf(days)) : mostOf(days)
  if (fitting.last < days.last) return split(db, site, state, stale, fitting)
  if (missing.length > 0) return build(db, site, state, days, missing)
  await db.all(touchedDelete, site.id, ...stale.hours, state.version)
}

/**
 * Takes one step.
 * @param hasRoom whether the run has time and statements left
 * @returns whether there may be more to do
 */
const step = async (db: Database, site: SiteConfig, now: number, hasRoom: () => boolean): Promise<boolean> => {
  const state = await readRollupState(db, site.id)
  const { rolledUp, stale } = state
  if (rolledUp === null || rolledUp.zone !== site.timezone || hasHashedKeys(rolledUp.rules)) {
    await begin(db, site, state, now)
    return true
  }
  if (rolledUp.rules !== storedMeasuresHash(site.settings)) {
    if (await lackOnlyMeasures(db, site, rolledUp, state)) await changeRules(db, site, rolledUp)
    else await begin(db, site, state, now)
    return true
  }
  const [first] = stale
  if (first) {
    await buildStale(db, site, state, first, rolledUp.until)
    return true
  }
  const days = await nextDays(db, site, state, rolledUp.until)
  if (days) await advance(db, site, state, days)
  else if (rolledUp.missingBefore > 0) await addMeasures(db, site, state, rolledUp, { days: MOST_DAYS, hasRoom })
  return days !== null || rolledUp.missingBefore > 0
}

/**
 * Builds the rollups of days that are over, and rebuilds stale ones. Each step is atomic and can be repeated; a step
 * during which sessions were settled stores nothing and is repeated.
 * @param now epoch milliseconds
 */
export const buildDays = async (db: Database, site: SiteConfig, now: number, budget = UNLIMITED): Promise<void> => {
  const began = Date.now()
  const hasRoom = (): boolean => Date.now() - began < LONGEST_RUN && budget.hasRoomFor(STEP_STATEMENTS)
  while (hasRoom()) if (!(await step(db, site, now, hasRoom))) return
}
