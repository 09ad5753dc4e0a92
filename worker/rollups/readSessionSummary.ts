import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { HOUR } from '../../shared/time'
import { startOfDay } from '../lib/calendar'
import { type Database, firstRow } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import visitsSelectEnd from '../storage/sql/visits.select_end.sql'
import type { Days } from './days'

/** The sessions that began on some days. */
export interface SessionSummary {
  readonly count: number
  /** Until when they can hold events. */
  readonly end: number
}

export const readSessionSummary = async (
  db: Database,
  { id, timezone }: SiteConfig,
  { first, last }: Days,
): Promise<SessionSummary> => {
  const [from, to] = [startOfDay(first, timezone), startOfDay(last + 1, timezone)]
  const values = [id, Math.floor(from / HOUR), Math.floor(to / HOUR), from, to]
  const row = await firstRow<{ sessions: number; end: number | null }>(db, visitsSelectEnd, ...values)
  return { count: Number(row?.sessions), end: Math.max(to, Number(row?.end ?? 0) + SESSION_TIMEOUT + 1) }
}
