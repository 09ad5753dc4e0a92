import { HOUR } from '../../shared/time'
import { dayOf, monthsBefore, startOfDay } from '../lib/calendar'
import { type Database, firstRow, statement } from '../storage/database'
import type { Site } from '../storage/sites'
import eventIdsDeleteBefore from '../storage/sql/event_ids.delete_before.sql'
import eventsDeleteBefore from '../storage/sql/events.delete_before.sql'
import factsFirstHour from '../storage/sql/facts.select_first_hour.sql'
import purchasesDeleteBefore from '../storage/sql/purchases.delete_before.sql'
import purchasesForgetBefore from '../storage/sql/purchases.forget_before.sql'
import reachesDeleteBefore from '../storage/sql/reaches.delete_before.sql'
import settlementsNext from '../storage/sql/settlements.next.sql'
import settlementsOutdate from '../storage/sql/settlements.outdate.sql'
import sitesKeepFrom from '../storage/sql/sites.keep_from.sql'
import viewsDeleteBefore from '../storage/sql/views.delete_before.sql'
import visitsDeleteBefore from '../storage/sql/visits.delete_before.sql'
import { writeBatch } from '../storage/writeBatch'
import type { RetainedEvents } from './coverage'
import { rulesOf } from './rolledDimensions'
import { readRollupState } from './rollupState'

/**
 * Facts stay so long after no answer is made from them any more: a session is derived whole, also one that began
 * before the first kept day and goes on in it.
 */
const STAY = 48 * HOUR

/** Hours whose facts one statement removes: what comes meanwhile waits for it. */
const HOURS_AT_ONCE = 6
/** Statements of one run of the cron, a month. What is left is removed by the next. */
const MOST_STEPS = 124

/** Says that days are summed up for good, where their sums are there and nothing is on its way that changes them. */
const advance = async (db: Database, site: Site, months: number, now: number): Promise<RetainedEvents> => {
  const { kept, rolled, version } = await readRollupState(db, site.id)
  const zone = site.timezone
  if (rolled?.zone !== zone) return kept
  const firstHour = Math.floor(rolled.until / HOUR)
  const next = await firstRow<{ hour: number | null }>(db, settlementsNext, site.id, firstHour)
  // Days on which nothing happened have no sums to wait for.
  const summedUp = Math.max(rolled.until, next?.hour === null || next?.hour === undefined ? now : next.hour * HOUR)
  const day = Math.min(monthsBefore(dayOf(now, zone), months), dayOf(summedUp, zone))
  const from = startOfDay(day, zone)
  if (day <= kept.day || from <= kept.from || rolled.rules !== rulesOf(site.settings)) return kept
  await writeBatch(db, [
    statement(sitesKeepFrom, site.id, from, day, version, firstHour),
    statement(settlementsOutdate, site.id),
  ])
  return (await readRollupState(db, site.id)).kept
}

/** Removes what is older than the first kept day, some hours at a time. */
const remove = async (db: Database, site: Site, kept: RetainedEvents): Promise<void> => {
  const end = kept.from - STAY
  for (let step = 0; step < MOST_STEPS; step++) {
    const first = await firstRow<{ hour: number | null }>(db, factsFirstHour, site.id)
    if (first?.hour === null || first?.hour === undefined || first.hour * HOUR >= end) return
    // Ids and purchases are looked for in all there are: once is enough, and before the last fact is gone.
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
 * Removes the facts of a site that are older than it keeps them; what their days add up to stays. Each step is atomic
 * and can be repeated, so it may be cut off anywhere.
 * @param now epoch milliseconds
 */
export const deleteExpiredEvents = async (db: Database, site: Site, now: number): Promise<void> => {
  const months = site.settings.retention_months
  if (months !== null) await remove(db, site, await advance(db, site, months, now))
}
