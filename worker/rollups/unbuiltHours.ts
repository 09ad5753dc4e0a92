import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { HourSpan } from '../sessions/staleHours'
import type { Database } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import { readRollupState } from './rollupState'

/** The hours of days that are over and settled and have no rollups yet; `null` for none. */
export const unbuiltHours = async (db: Database, { id, timezone }: SiteConfig): Promise<HourSpan | null> => {
  const { rolledUp, settled, firstOpenHour } = await readRollupState(db, id)
  const today = dayOf(Math.min(settled - SESSION_TIMEOUT, firstOpenHour * HOUR), timezone)
  const hours = [(rolledUp?.until ?? 0) / HOUR, startOfDay(today, timezone) / HOUR - 1].map(Math.floor)
  const [first = 0, last = -1] = hours
  return first > last ? null : [first, last]
}
