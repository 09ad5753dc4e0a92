import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { DAY, HOUR, MINUTE } from '../../shared/time'
import { type EdgeVariables, edgeZoneOf } from '../collect/edge/edgeZone'
import { SALT_LIFETIME } from '../privacy/salts'
import { DELETION_MARGIN } from '../rollups/deleteExpiredEvents'
import { type Database, firstRow } from '../storage/database'
import { KEPT_DAYS } from '../storage/listExcluded'
import type { SiteConfig } from '../storage/siteConfig'
import sitesSelectWork from '../storage/sql/sites.select_work.sql'

/** How soon open work is done, milliseconds: as often as the cron runs. */
export const INTERVAL = 5 * MINUTE

/** The longest day of any time zone, milliseconds. */
const LONGEST_DAY = 26 * HOUR

interface Work {
  readonly first_hour: number | null
  readonly last_hour: number | null
  readonly first_unrolled_hour: number | null
  readonly settled: number | null
  readonly open: string | null
  readonly is_stale: number
  readonly kept_from: number | null
  readonly oldest_salt: number | null
  readonly first_excluded_day: number | null
}

const beginOf = (hour: number | null): number => (hour === null ? Infinity : hour * HOUR)

/** Whether the next run finds something to do: it settles, rolls up a day or deletes expired events. */
const isOpen = (work: Work): boolean => {
  const settled = work.settled ?? 0
  const isUnsettled = work.last_hour !== null && settled < (work.last_hour + 1) * HOUR
  const hasFinalDay = beginOf(work.first_unrolled_hour) + LONGEST_DAY + SESSION_TIMEOUT <= settled
  const hasExpired = beginOf(work.first_hour) < (work.kept_from ?? 0) - DELETION_MARGIN
  return isUnsettled || hasFinalDay || hasExpired || work.is_stale === 1 || (work.open ?? '[]') !== '[]'
}

/**
 * When a site's object has work again, epoch milliseconds; `null` if it may sleep until the next event. Without open work it
 * wakes to destroy salts, daily where events are kept for a limited time, and hourly where it has something to report or to
 * fetch from Cloudflare.
 */
export const nextAlarm = async (
  db: Database,
  { id, domain, settings }: SiteConfig,
  env: EdgeVariables,
  now: number,
): Promise<number | null> => {
  const work = await firstRow<Work>(db, sitesSelectWork, id)
  if (!work) return null
  if (isOpen(work)) return now + INTERVAL
  const times: number[] = []
  if (work.oldest_salt !== null) times.push(Math.max(now + INTERVAL, work.oldest_salt + SALT_LIFETIME))
  if (work.first_excluded_day !== null)
    times.push(Math.max(now + INTERVAL, (work.first_excluded_day + KEPT_DAYS + 1) * DAY))
  if (work.last_hour !== null && settings.retention_months !== null) times.push(now + DAY)
  // Whether something is due depends on the calendar, and on page views that do not arrive.
  const isAwaited = settings.reports.length > 0 || settings.alarms !== null || edgeZoneOf(env, domain) !== null
  if (isAwaited) times.push(now + HOUR)
  return times.length === 0 ? null : Math.min(...times)
}
