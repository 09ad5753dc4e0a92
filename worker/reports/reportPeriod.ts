import { firstOfMonth, monthOf } from '../../shared/periodDays'
import type { DateRange } from '../../shared/question'
import type { ReportInterval } from '../../shared/settings'
import { dayOf, formatDay, startOfDay } from '../lib/calendar'

/** 1970-01-01 was a Thursday. */
const mondayOf = (day: number): number => Math.floor((day + 3) / 7) * 7 - 3

/** The first day of the current week or month, and of the one before. */
const BEGINNINGS: Readonly<Record<ReportInterval, (today: number) => readonly [current: number, before: number]>> = {
  week: today => [mondayOf(today), mondayOf(today) - 7],
  month: today => [firstOfMonth(monthOf(today)), firstOfMonth(monthOf(today) - 1)],
}

export interface ReportPeriod extends DateRange {
  /** When its last day was over, epoch milliseconds. */
  readonly endedAt: number
}

/**
 * The last finished week, from Monday to Sunday, or month of a time zone.
 * @example reportPeriod('week', 'UTC', Date.UTC(2026, 10, 30)) // from 2026-11-23 to 2026-11-29
 */
export const reportPeriod = (every: ReportInterval, zone: string, now: number): ReportPeriod => {
  const [current, before] = BEGINNINGS[every](dayOf(now, zone))
  return { from: formatDay(before), to: formatDay(current - 1), endedAt: startOfDay(current, zone) }
}
