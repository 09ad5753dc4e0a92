import { type DaySpan, firstOfMonth, monthOf, periodDays, wholeMonths } from '../../shared/periodDays'
import type { Period, PeriodName } from '../../shared/question'
import { DAY } from '../../shared/time'

const OF_DAYS: readonly PeriodName[] = ['today', 'yesterday', '7d', '28d', '30d', '90d']
const OF_MONTHS: readonly PeriodName[] = ['month', 'last_month', 'quarter', 'last_quarter', 'year', 'last_year', '12mo']

const dayOf = (text: string): number => Date.parse(text) / DAY
const dayText = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** The days of a period; `null` for all time, whose first day only answers contain, and for days that do not exist. */
const daysOf = (period: Period, today: number): DaySpan | null => {
  if (period === 'all') return null
  if (typeof period === 'string') return periodDays(period, today, today) ?? null
  const days: DaySpan = [dayOf(period.from), dayOf(period.to)]
  return days.every(Number.isFinite) && days[0] <= days[1] ? days : null
}

const hasWholeMonths = (period: Period, [first, last]: DaySpan): boolean =>
  typeof period === 'string'
    ? OF_MONTHS.includes(period)
    : first === firstOfMonth(monthOf(first)) && last + 1 === firstOfMonth(monthOf(last + 1))

/**
 * The period right before or after another, as long as it; `null` if there is none or it has not begun.
 * @param today in the site's time zone, like 2026-01-31
 * @example movedPeriod('today', -1, '2026-11-30') // 'yesterday'
 * @example movedPeriod('last_month', -1, '2026-11-30') // { from: '2026-09-01', to: '2026-09-30' }
 */
export const movedPeriod = (period: Period, by: -1 | 1, today: string): Period | null => {
  const now = dayOf(today)
  const days = daysOf(period, now)
  if (!days) return null
  const [first, last] = days
  const inMonths = hasWholeMonths(period, days)
  const [months, length] = [monthOf(last + 1) - monthOf(first), last - first + 1]
  const moved = inMonths
    ? wholeMonths(monthOf(first) + by * months, months)
    : ([first + by * length, last + by * length] as const)
  if (moved[0] > now) return null
  const isSame = (name: PeriodName): boolean => String(periodDays(name, now, now)) === String(moved)
  return (inMonths ? OF_MONTHS : OF_DAYS).find(isSame) ?? { from: dayText(moved[0]), to: dayText(moved[1]) }
}
