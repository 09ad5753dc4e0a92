import { DAY, MINUTE } from '../../shared/time'
import type { CachedDatabase } from './cachedDatabase'
import { type Database, firstRow } from './database'
import cronRunsExtend from './sql/cron_runs.extend.sql'
import cronRunsLast from './sql/cron_runs.last.sql'
import cronRunsSelectOutage from './sql/cron_runs.select_outage.sql'

/** Milliseconds without a run after which one is missing: two that fail are an accident, three are not. */
const LONGEST_GAP = 15 * MINUTE
/** How long after midnight the first run comes at the latest. */
const AFTER_MIDNIGHT = 10 * MINUTE

/**
 * Records that the cron runs, and that the database took nothing before if a day's rows were used up. While they are, not
 * even that can be stored.
 * @param hasDailyRows whether the plan limits a day's rows. Elsewhere, a server that starts after midnight was only off.
 */
export const recordCronRun = async (db: CachedDatabase, now: number, hasDailyRows: boolean): Promise<void> => {
  const sinceMidnight = now % DAY
  const midnight = hasDailyRows && sinceMidnight < AFTER_MIDNIGHT ? now - sinceMidnight : null
  await db.all(cronRunsExtend, now, LONGEST_GAP, Number(db.caches.quotaExceeded), midnight)
  db.caches.quotaExceeded = false
}

/** When the cron last ran, epoch milliseconds; `null` for never. */
export const lastCronRun = async (db: Database): Promise<number | null> =>
  (await firstRow<{ until: number }>(db, cronRunsLast))?.until ?? null

/** When the database last took nothing because a day's rows were used up, if it took something again after a time. */
export const lastQuotaOutage = async (db: Database, after: number): Promise<number | null> =>
  (await firstRow<{ quota_from: number }>(db, cronRunsSelectOutage, after))?.quota_from ?? null
