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

/** The most statements of a day. */
const STEP_STATEMENTS = 12
/** Days before the last one whose people are stored again when their sessions change. Earlier days seldom change. */
const RECENT_DAYS = 3
/** Days after which a list is deleted: the longest period that is usually compared with the one before is a quarter. */
const KEPT_DAYS = 100

/**
 * Stores who was active on each of the last rolled-up days. A period that ends in the middle of a day is compared with
 * one that ends at the same time of an earlier day, whose people can then be counted without reading sessions.
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
