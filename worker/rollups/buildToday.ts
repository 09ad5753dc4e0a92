import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { SessionChanges } from '../sessions/settle'
import { type Database, firstRow, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import hourSumsDeleteBefore from '../storage/sql/hour_sums.delete_before.sql'
import runningDelete from '../storage/sql/running.delete.sql'
import runningSelectAll from '../storage/sql/running.select_all.sql'
import runningUpsert from '../storage/sql/running.upsert.sql'
import visitsCountSome from '../storage/sql/visits.count_some.sql'
import { type StatementBudget, UNLIMITED } from '../storage/statementBudget'
import { writeBatch } from '../storage/writeBatch'
import { activePeopleText, readActivePeople } from './activePeopleText'
import { buildHours } from './buildHours'
import { readEarliestSessionStart } from './readEarliestSessionStart'
import { type RollupState, readRollupState } from './rollupState'
import { type TodayTotals, todayAfterChanges, todayFromSessions } from './todayOf'

/** Statements of a day without those of its hours. */
const DAY_STATEMENTS = 18

/** Fewer sessions are read quickly enough. */
const FEW = 1000

/** The stored rollup of a day. */
interface StoredToday extends TodayTotals {
  readonly day: number
  readonly zone: string
}

const readStored = async (db: Database, site: SiteConfig): Promise<StoredToday[]> => {
  const { rows } = await db.all<Record<string, unknown>>(runningSelectAll, site.id)
  return rows.map(row => ({
    day: Number(row.day),
    zone: String(row.zone),
    version: Number(row.version),
    cells: String(row.cells),
    active: readActivePeople(row.people, row.ids),
  }))
}

/** Whether a day has too few sessions to be rolled up. */
const hasFew = async (db: Database, { id, timezone }: SiteConfig, day: number, few: number): Promise<boolean> => {
  const [from, to] = [day, day + 1].map(one => Math.floor(startOfDay(one, timezone) / HOUR))
  const row = await firstRow<{ count: number }>(db, visitsCountSome, id, from, to, few)
  return Number(row?.count) < few
}

/** What the settled sessions of a day add up to: from the stored rollup and what changed since, else from all of them. */
const todayNow = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  day: number,
  stored: StoredToday | undefined,
  changes: readonly SessionChanges[],
): Promise<TodayTotals> => {
  const later = stored?.zone === site.timezone ? changes.filter(({ version }) => version >= stored.version) : []
  const after = stored && later.length > 0 ? await todayAfterChanges(db, site, day, stored, later) : null
  if (after?.version === state.version) return after
  const reach = await readEarliestSessionStart(db, site, state, day)
  return todayFromSessions(db, site, { first: day, last: day, reach }, state.version)
}

/** Limits of a run. */
interface TodayOptions {
  readonly budget?: StatementBudget
  /** Sessions of a day, below which it is not rolled up. */
  readonly few?: number
}

/**
 * Rolls up the settled sessions of the days that are not over, and the events of their settled hours, so that no
 * answer reads a busy day whole.
 * @param now epoch milliseconds
 * @param changes what was settled right before, which saves reading the whole day again
 */
export const buildToday = async (
  db: Database,
  site: SiteConfig,
  now: number,
  changes: readonly SessionChanges[],
  { budget = UNLIMITED, few = FEW }: TodayOptions = {},
): Promise<void> => {
  if (!budget.hasRoomFor(DAY_STATEMENTS)) return
  const state = await readRollupState(db, site.id)
  const zone = site.timezone
  if (state.rolledUp?.zone !== zone) return
  const today = dayOf(now, zone)
  const first = Math.max(dayOf(state.rolledUp.until, zone), today - 1)
  const all = await readStored(db, site)
  for (let day = first; day <= today; day++) {
    const stored = all.find(one => one.day === day)
    if (stored?.version === state.version && stored.zone === zone) continue
    if (!stored && (await hasFew(db, site, day, few))) continue
    // The day's own rollup comes last: it tells that all of this is done.
    if (!(await buildHours(db, site, state, day, budget)) || !budget.hasRoomFor(DAY_STATEMENTS)) return
    const { cells, active } = await todayNow(db, site, state, day, stored, changes)
    const values = [site.id, day, state.version, zone, cells, ...activePeopleText(active)]
    await writeBatch(db, [statement(runningUpsert, ...values)])
  }
  if (all.every(({ day }) => day >= first)) return
  await writeBatch(db, [
    statement(runningDelete, site.id, first),
    statement(hourSumsDeleteBefore, site.id, Math.floor(startOfDay(first, zone) / HOUR)),
  ])
}
