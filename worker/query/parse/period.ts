/** Resolves the period of a query, the period it is compared with, and the buckets of both. */
import { type DaySpan, firstOfMonth, monthOf, periodDays } from '../../../shared/periodDays.ts'
import {
  type Comparison,
  type DateRange,
  type Granularity,
  PERIODS,
  type Period,
  type PeriodName,
} from '../../../shared/question.ts'
import { DAY, HOUR } from '../../../shared/time.ts'
import { dayOf, formatDay, offsetAt, parseDay, startOfDay } from '../../lib/calendar.ts'
import { Problem } from '../../lib/problem.ts'
import type { Range } from '../../lib/timeRange'

const MOST_DAYS = 36_525
const MOST_BUCKETS = 10_000

/** One row of an answer with a granularity. */
export interface Bucket {
  /** Groups the events of the bucket: see `bucketsOf`. */
  readonly key: number
  /** The row's `time`. */
  readonly label: string
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/**
 * The span of a period in a site's time zone.
 *
 * @param now epoch milliseconds
 * @param firstDay the site's first local day with data, `null` when it has none
 * @throws Problem 400 `bad_period` when it cannot be read, is reversed or longer than 100 years
 * @example resolvePeriod({ from: '2014-01-07', to: '2014-01-22' }, 'UTC', Date.now(), null)
 */
export function resolvePeriod(period: Period, zone: string, now: number, firstDay: number | null): Range {
  const today = dayOf(now, zone)
  return rangeOf(typeof period === 'string' ? namedDays(period, today, firstDay ?? today) : daysBetween(period), zone)
}

/**
 * The period that another is compared with. If the other is not over, a previous one is cut to the part that has passed of it.
 * @param now epoch milliseconds
 * @throws Problem 400 `bad_period`
 * @example comparedPeriod('previous_period', today, zone, noon) // yesterday from midnight to noon
 */
export function comparedPeriod(compare: Comparison, range: Range, zone: string, now: number): Range {
  const days = range.lastDay - range.firstDay + 1
  if (compare === 'previous_period') return earlierDays(range, days, zone, now)
  if (compare === 'previous_weekdays') return earlierDays(range, Math.ceil(days / 7) * 7, zone, now)
  return compare === 'previous_year' ? previousYear(range, zone, now) : rangeOf(daysBetween(compare), zone)
}

/** @throws Problem 400 `bad_period` when it cannot be read, is reversed or longer than 100 years */
export function checkDays(days: DateRange, what: string): void {
  daysBetween(days, what)
}

/** The same range, `days` days earlier. */
function earlierDays(range: Range, days: number, zone: string, now: number): Range {
  const previous = rangeOf([range.firstDay - days, range.lastDay - days], zone)
  if (range.to <= now) return previous
  const elapsed = Math.max(0, now - range.from)
  const to = Math.min(previous.to, previous.from + elapsed)
  return { ...previous, to, lastDay: dayOf(to - 1, zone) }
}

/** The same days a year before; of whole months the whole months, with the 29th of February. */
function previousYear(range: Range, zone: string, now: number): Range {
  const { firstDay, lastDay } = range
  const isWhole = firstDay === firstOfMonth(monthOf(firstDay)) && lastDay + 1 === firstOfMonth(monthOf(lastDay + 1))
  const last = isWhole ? firstOfMonth(monthOf(lastDay + 1) - 12) - 1 : yearBefore(lastDay)
  const previous = rangeOf([yearBefore(firstDay), last], zone)
  if (range.to <= now) return previous
  const today = dayOf(now, zone)
  const then = yearBefore(today)
  const moment = Math.min(startOfDay(then, zone) + now - startOfDay(today, zone), startOfDay(then + 1, zone))
  const to = Math.max(previous.from, Math.min(previous.to, moment))
  return { ...previous, to, lastDay: dayOf(to - 1, zone) }
}

/** The same day a year before; of the 29th of February the 28th. */
function yearBefore(day: number): number {
  const month = monthOf(day) - 12
  return Math.min(firstOfMonth(month) + new Date(day * DAY).getUTCDate() - 1, firstOfMonth(month + 1) - 1)
}

/**
 * The rows of a range in time order, cut to the range. Their keys:
 *
 * - hour: hours elapsed since the range began, so that a day of 23 or 25 hours has as many rows
 * - day: the day's number
 * - week: `floor((day + 3) / 7)`, as 1970-01-01 was a Thursday; labelled by its Monday
 * - month: `year * 12 + month`, January being 0; labelled by its first day
 *
 * @throws Problem 400 `too_many_buckets` over 10,000 rows
 * @example bucketsOf(range, 'day', 'UTC')[0] // { key: 20484, label: '2026-01-31', from, to }
 */
export function bucketsOf(range: Range, granularity: Granularity, zone: string): readonly Bucket[] {
  return granularity === 'hour' ? hoursOf(range, zone) : unitsOf(range, CALENDAR_UNITS[granularity], zone)
}

/** Whole local days under one key. */
interface CalendarUnit {
  readonly keyOf: (day: number) => number
  readonly firstDayOf: (key: number) => number
}

const CALENDAR_UNITS: Record<Exclude<Granularity, 'hour'>, CalendarUnit> = {
  day: { keyOf: day => day, firstDayOf: key => key },
  week: { keyOf: day => Math.floor((day + 3) / 7), firstDayOf: key => key * 7 - 3 },
  month: { keyOf: monthOf, firstDayOf: firstOfMonth },
}

function unitsOf(range: Range, { keyOf, firstDayOf }: CalendarUnit, zone: string): readonly Bucket[] {
  const first = keyOf(range.firstDay)
  const buckets = Array.from({ length: checkCount(keyOf(range.lastDay) - first + 1) }, (_, index) => {
    const key = first + index
    const day = firstDayOf(key)
    const from = Math.max(range.from, startOfDay(day, zone))
    const to = Math.min(range.to, startOfDay(firstDayOf(key + 1), zone))
    return { key, label: formatDay(day), from, to }
  })
  // A day that a zone skipped (Apia, 2011-12-30) has no row.
  return buckets.filter(bucket => bucket.from < bucket.to)
}

function hoursOf({ from, to }: Range, zone: string): readonly Bucket[] {
  return Array.from({ length: checkCount(Math.ceil((to - from) / HOUR)) }, (_, key) => {
    const start = from + key * HOUR
    return { key, label: formatHour(start, zone), from: start, to: Math.min(to, start + HOUR) }
  })
}

function checkCount(count: number): number {
  if (count <= MOST_BUCKETS) return count
  const message = `The answer would have ${count} rows a group, more than ${MOST_BUCKETS}; ask for a coarser granularity or a shorter period.`
  throw new Problem(400, 'too_many_buckets', message)
}

function rangeOf([firstDay, lastDay]: DaySpan, zone: string): Range {
  return { from: startOfDay(firstDay, zone), to: startOfDay(lastDay + 1, zone), firstDay, lastDay }
}

function namedDays(name: PeriodName, today: number, firstDay: number): DaySpan {
  const days = periodDays(name, today, firstDay)
  if (days) return days
  throw badPeriod(`The period must be one of ${PERIODS.join(', ')}, or {"from":"2026-01-01","to":"2026-01-31"}.`)
}

function daysBetween({ from: fromText, to: toText }: DateRange, what = 'period'): DaySpan {
  const [from, to] = [parseDay(fromText), parseDay(toText)]
  if (from === null) throw badPeriod(`The ${what}'s from, ${JSON.stringify(fromText)}, is not a day like 2026-01-31.`)
  if (to === null) throw badPeriod(`The ${what}'s to, ${JSON.stringify(toText)}, is not a day like 2026-01-31.`)
  if (from > to) throw badPeriod(`The ${what} ends on ${toText}, before it begins on ${fromText}.`)
  if (to - from >= MOST_DAYS) throw badPeriod(`The ${what} is longer than 100 years.`)
  return [from, to]
}

const badPeriod = (message: string): Problem => new Problem(400, 'bad_period', message)

/** ISO 8601 to the second with the offset; seconds of an offset, which only mean solar times have, are left out. */
function formatHour(time: number, zone: string): string {
  const offset = offsetAt(time, zone)
  const local = new Date(time + offset).toISOString().slice(0, -5)
  const minutes = Math.trunc(Math.abs(offset) / 60_000)
  const pad = (value: number): string => String(value).padStart(2, '0')
  return `${local}${offset < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}
