import { HOUR } from '../../shared/time'
import { dayOf, monthsBefore, startOfDay } from '../lib/calendar'
import { type Database, firstRow, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import dayPeopleDeleteBefore from '../storage/sql/day_people.delete_before.sql'
import eventIdsDeleteBefore from '../storage/sql/event_ids.delete_before.sql'
import eventsDeleteBefore from '../storage/sql/events.delete_before.sql'
import excludedTrafficDeleteUntil from '../storage/sql/excluded_traffic.delete_until.sql'
import factsFirstHour from '../storage/sql/facts.select_first_hour.sql'
import purchasesDeleteBefore from '../storage/sql/purchases.delete_before.sql'
import purchasesForgetBefore from '../storage/sql/purchases.forget_before.sql'
import reachesDeleteBefore from '../storage/sql/reaches.delete_before.sql'
import settlementsNext from '../storage/sql/settlements.next.sql'
import settlementsOutdate from '../storage/sql/settlements.outdate.sql'
import sitesKeepFrom from '../storage/sql/sites.keep_from.sql'
import viewsDeleteBefore from '../storage/sql/views.delete_before.sql'
import visitsDeleteBefore from '../storage/sql/visits.delete_before.sql'
import { type StatementBudget, UNLIMITED } from '../storage/statementBudget'
import { writeBatch } from '../storage/writeBatch'
import type { RetainedEvents } from './coverage'
import { storedMeasuresHash } from './rolledDimensions'
import { readRollupState } from './rollupState'

/**
 * Events stay so much longer than answers read them: a session that goes on in the first retained day is derived with
 * its beginning.
 */
export const DELETION_MARGIN = 48 * HOUR

/** Hours whose events one statement deletes: what arrives meanwhile waits for it. */
const HOURS_AT_ONCE = 6
/** Statements of one step. */
const STEP_STATEMENTS = 12
/** Steps of one run of the cron, enough for a month. The next run continues. */
const MOST_STEPS = 124

/** Advances the first retained day over days that are rolled up, where nothing unsettled can change them. */
const advance = async (db: Database, site: SiteConfig, months: number, now: number): Promise<RetainedEvents> => {
  const { retained, rolledUp, version } = await readRollupState(db, site.id)
  const zone = site.timezone
  if (rolledUp?.zone !== zone) return retained
  const firstHour = Math.floor(rolledUp.until / HOUR)
  const next = await firstRow<{ hour: number | null }>(db, settlementsNext, site.id, firstHour)
  // Days on which nothing happened have no rollup to wait for.
  const until = Math.max(rolledUp.until, next?.hour === null || next?.hour === undefined ? now : next.hour * HOUR)
  const day = Math.min(monthsBefore(dayOf(now, zone), months), dayOf(until, zone))
  const from = startOfDay(day, zone)
  const isComplete = rolledUp.rules === storedMeasuresHash(site.settings) && rolledUp.missingBefore === 0
  if (day <= retained.day || from <= retained.from || !isComplete) return retained
  await writeBatch(db, [
    statement(sitesKeepFrom, site.id, from, day, version, firstHour),
    statement(settlementsOutdate, site.id),
    statement(dayPeopleDeleteBefore, site.id, day),
    // Once a day: it reads all that is kept. There may be no events left that the steps below would find.
    statement(excludedTrafficDeleteUntil, site.id, from - DELETION_MARGIN),
  ])
  return (await readRollupState(db, site.id)).retained
}

/** Deletes what is older than the first retained day, some hours at a time. */
const deleteBefore = async (
  db: Database,
  site: SiteConfig,
  retained: RetainedEvents,
  budget: StatementBudget,
): Promise<void> => {
  const end = retained.from - DELETION_MARGIN
  for (let step = 0; step < MOST_STEPS && budget.hasRoomFor(STEP_STATEMENTS); step++) {
    const first = await firstRow<{ hour: number | null }>(db, factsFirstHour, site.id)
    if (first?.hour === null || first?.hour === undefined || first.hour * HOUR >= end) return
    // These read their whole table: once is enough, and it must be before the last event is deleted.
    const all = [eventIdsDeleteBefore, purchasesForgetBefore, purchasesDeleteBefore]
    const rare = step === 0 ? all.map(sql => [sql, end] as const) : []
    const until = Math.min(end, (first.hour + HOURS_AT_ONCE) * HOUR)
    const often = [viewsDeleteBefore, eventsDeleteBefore, reachesDeleteBefore, visitsDeleteBefore]
    await writeBatch(
      db,
      [...rare, ...often.map(sql => [sql, until] as const)].map(([sql, to]) => statement(sql, site.id, to)),
    )
  }
}

/**
 * Deletes the events of a site that are older than it retains them; the rollups of their days stay. Each step is atomic
 * and can be repeated, so the run may end anywhere.
 * @param now epoch milliseconds
 */
export const deleteExpiredEvents = async (
  db: Database,
  site: SiteConfig,
  now: number,
  budget = UNLIMITED,
): Promise<void> => {
  const months = site.settings.retention_months
  if (months === null || !budget.hasRoomFor(2 * STEP_STATEMENTS)) return
  await deleteBefore(db, site, await advance(db, site, months, now), budget)
}
