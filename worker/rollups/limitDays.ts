import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import { type Database, firstRow } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import visitsSelectHourOf from '../storage/sql/visits.select_hour_of.sql'
import type { Days } from './days'

/** The most sessions of several days in one statement, whose result must fit into memory. */
const MOST_SESSIONS = 10_000

/**
 * Cuts some days off at the end so that one step can build the rest: at least one day, and more with few enough
 * sessions.
 */
export const limitDays = async (db: Database, { id, timezone }: SiteConfig, days: Days): Promise<Days> => {
  if (days.first === days.last) return days
  const hour = Math.floor(startOfDay(days.first, timezone) / HOUR)
  const row = await firstRow<{ hour: number }>(db, visitsSelectHourOf, id, hour, MOST_SESSIONS)
  const last = row ? dayOf(row.hour * HOUR, timezone) - 1 : days.last
  return { ...days, last: Math.max(days.first, Math.min(days.last, last)) }
}
