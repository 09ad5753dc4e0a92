import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import { dayPeopleStatement } from '../query/compile/dayPeopleStatement'
import { BatchedReads } from '../query/execute/batchedReads'
import { CountedReads } from '../query/execute/countedReads'
import { type Database, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import dayPeopleDeleteBefore from '../storage/sql/day_people.delete_before.sql'
import dayPeopleSelectMissing from '../storage/sql/day_people.select_missing.sql'
import { UNLIMITED } from '../storage/statementBudget'
import { writeBatch } from '../storage/writeBatch'
import { scopeOfDays } from './computeDays'
import { readEarliestSessionStart } from './readEarliestSessionStart'
import { readRollupState } from './rollupState'

/** Statements of a day. */
const STEP_STATEMENTS = 12
/** Days back to the first one that is looked after: on few earlier ones anything changes. */
const RECENT_DAYS = 3
/** Days for which it is kept: the longest usual period that is compared with the one before has a quarter of a year. */
const KEPT_DAYS = 100

/**
 * Stores who was active on each of the last days that are rolled up: a period that ends in the course of a day is
 * compared with one that does too, and its people are then counted without their sessions.
 */
export const buildDayPeople = async (db: Database, site: SiteConfig, budget = UNLIMITED): Promise<void> => {
  if (!budget.hasRoomFor(STEP_STATEMENTS)) return
  const state = await readRollupState(db, site.id)
  const { rolledUp, stale, retained, version } = state
  if (rolledUp?.zone !== site.timezone) return
  const last = dayOf(rolledUp.until - 1, site.timezone)
  const { rows } = await db.all(dayPeopleSelectMissing, site.id, Math.max(last - RECENT_DAYS, retained.day), last)
  for (const row of rows) {
    const day = Number(row.day)
    const [from, to] = [startOfDay(day, site.timezone), startOfDay(day + 1, site.timezone)]
    const isStale = stale.some(({ hours: [first, end] }) => first * HOUR < to && (end + 1) * HOUR > from)
    if (isStale || !budget.hasRoomFor(STEP_STATEMENTS)) continue
    const reach = await readEarliestSessionStart(db, site, state, day)
    const reads = new CountedReads(new BatchedReads(db))
    const scope = await scopeOfDays(reads, site, { first: day, last: day, reach, heldTo: to }, null)
    await writeBatch(db, [
      statement(dayPeopleDeleteBefore, site.id, Math.max(last - KEPT_DAYS, retained.day)),
      dayPeopleStatement(scope, version, Number(row.version)),
    ])
  }
}
