import type { PeriodName } from './question.ts'
import { DAY } from './time.ts'

/** Whole days since 1970-01-01, both included. */
export type DaySpan = readonly [first: number, last: number]

/** Months since the year 0, January being 0. */
export const monthOf = (day: number): number => {
  const date = new Date(day * DAY)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

/** Not `Date.UTC`, which takes the years 0 to 99 for 1900 to 1999. */
export const firstOfMonth = (month: number): number => new Date(0).setUTCFullYear(0, month, 1) / DAY

export const wholeMonths = (first: number, count: number): DaySpan => [
  firstOfMonth(first),
  firstOfMonth(first + count) - 1,
]

/** The month, quarter or year of a day, or one before it. */
const calendarMonths = (day: number, count: number, shift: number): DaySpan =>
  wholeMonths((Math.floor(monthOf(day) / count) + shift) * count, count)

const NAMED: Readonly<Record<PeriodName, (today: number, firstDay: number) => DaySpan>> = {
  today: today => [today, today],
  yesterday: today => [today - 1, today - 1],
  '7d': today => [today - 6, today],
  '28d': today => [today - 27, today],
  '30d': today => [today - 29, today],
  '90d': today => [today - 89, today],
  '12mo': today => wholeMonths(monthOf(today) - 11, 12),
  month: today => calendarMonths(today, 1, 0),
  last_month: today => calendarMonths(today, 1, -1),
  quarter: today => calendarMonths(today, 3, 0),
  last_quarter: today => calendarMonths(today, 3, -1),
  year: today => calendarMonths(today, 12, 0),
  last_year: today => calendarMonths(today, 12, -1),
  all: (today, firstDay) => [Math.min(firstDay, today), today],
}

/**
 * The days of a named period; `undefined` for a name that does not exist.
 * @param firstDay the site's first day with data
 */
export const periodDays = (name: PeriodName, today: number, firstDay: number): DaySpan | undefined =>
  Object.hasOwn(NAMED, name) ? NAMED[name](today, firstDay) : undefined
