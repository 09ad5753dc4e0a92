import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { SessionChanges } from '../sessions/settle'
import { type Database, firstRow, statement } from '../storage/database'
import type { Site } from '../storage/sites'
import hourSumsDeleteBefore from '../storage/sql/hour_sums.delete_before.sql'
import runningDelete from '../storage/sql/running.delete.sql'
import runningSelectAll from '../storage/sql/running.select_all.sql'
import runningUpsert from '../storage/sql/running.upsert.sql'
import visitsCountSome from '../storage/sql/visits.count_some.sql'
import { writeBatch } from '../storage/writeBatch'
import { buildHours } from './buildHours'
import { peopleText } from './peopleText'
import { reachBefore } from './reachBefore'
import { type RollupState, readRollupState } from './rollupState'
import { type TodayTotals, todayAfterChanges, todayFromSessions } from './todayOf'

/** Fewer visits are soon read. */
const FEW = 1000

/** A day as it was kept last. */
interface Known extends TodayTotals {
  readonly day: number
  readonly zone: string
}

const readKnown = async (db: Database, site: Site): Promise<Known[]> => {
  const { rows: results } = await db.all<Record<string, unknown>>(runningSelectAll, site.id)
  return results.map(row => ({
    day: Number(row.day),
    zone: String(row.zone),
    version: Number(row.version),
    cells: String(row.cells),
    people: JSON.parse(String(row.people)) as number[] | null,
  }))
}

/** Whether a day has so few visits that nothing is kept of it. */
const hasFew = async (db: Database, { id, timezone }: Site, day: number, few: number): Promise<boolean> => {
  const [from, to] = [day, day + 1].map(one => Math.floor(startOfDay(one, timezone) / HOUR))
  const row = await firstRow<{ count: number }>(db, visitsCountSome, id, from, to, few)
  return Number(row?.count) < few
}

/** What is settled of a day now: from what was kept and changed since, else from all its visits. */
const runningNow = async (
  db: Database,
  site: Site,
  state: RollupState,
  day: number,
  known: Known | undefined,
  changes: readonly SessionChanges[],
): Promise<TodayTotals> => {
  const later = known?.zone === site.timezone ? changes.filter(({ version }) => version >= known.version) : []
  const after = known && later.length > 0 ? await todayAfterChanges(db, site, day, known, later) : null
  if (after?.version === state.version) return after
  const reach = await reachBefore(db, site, state, day)
  return todayFromSessions(db, site, { first: day, last: day, reach }, state.version)
}

/**
 * Keeps what the stored visits of the days add up to that are not rolled up yet, and the facts of their settled
 * hours, so that a busy day is not read whole each time somebody looks.
 * @param now epoch milliseconds
 * @param changes what was settled right before, which saves reading all of the day again
 * @param few visits of a day, less than which nothing is kept of it
 */
export const buildToday = async (
  db: Database,
  site: Site,
  now: number,
  changes: readonly SessionChanges[],
  few = FEW,
): Promise<void> => {
  const state = await readRollupState(db, site.id)
  const zone = site.timezone
  if (state.rolled?.zone !== zone) return
  const today = dayOf(now, zone)
  const first = Math.max(dayOf(state.rolled.until, zone), today - 1)
  const all = await readKnown(db, site)
  for (let day = first; day <= today; day++) {
    const known = all.find(one => one.day === day)
    if (known?.version === state.version && known.zone === zone) continue
    if (!known && (await hasFew(db, site, day, few))) continue
    const { cells, people } = await runningNow(db, site, state, day, known, changes)
    await buildHours(db, site, state, day)
    const values = [site.id, day, state.version, zone, cells, peopleText(people)]
    await writeBatch(db, [statement(runningUpsert, ...values)])
  }
  if (all.every(({ day }) => day >= first)) return
  await writeBatch(db, [
    statement(runningDelete, site.id, first),
    statement(hourSumsDeleteBefore, site.id, Math.floor(startOfDay(first, zone) / HOUR)),
  ])
}
