import type { DateRange, Granularity, Period } from '../../shared/question.ts'

const HOUR = 3_600_000

const formatters = new Map<string, Intl.DateTimeFormat>()
const formatter = (timezone: string) => {
  let made = formatters.get(timezone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
    })
    formatters.set(timezone, made)
  }
  return made
}

const parts = (time: number, timezone: string) =>
  Object.fromEntries(
    formatter(timezone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  )

/**
 * The local day of a moment.
 * @example dayOf(Date.UTC(2026, 0, 31, 23, 30), 'Europe/Stockholm') // '2026-02-01'
 */
export const dayOf = (time: number, timezone: string): string => {
  const { year, month, day } = parts(time, timezone)
  return `${year}-${month}-${day}`
}

/** @example addDays('2026-02-28', 1) // '2026-03-01' */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 24 * HOUR).toISOString().slice(0, 10)

/** Days from one day to another. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / (24 * HOUR)

/** Every day from one to another, inclusive. */
export const daysOf = ({ from, to }: DateRange): string[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addDays(from, n))

const starts = new Map<string, number>()

/** The first millisecond of a local day. */
export const startOfDay = (day: string, timezone: string): number => {
  const key = `${timezone} ${day}`
  const start = starts.get(key) ?? findStart(day, timezone)
  starts.set(key, start)
  return start
}

/** By halving: clocks are never more than 15 hours from UTC's. */
const findStart = (day: string, timezone: string): number => {
  let before = Date.parse(`${day}T00:00:00Z`) - 15 * HOUR
  let after = before + 30 * HOUR
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (dayOf(middle, timezone) < day) before = middle
    else after = middle
  }
  return after
}

/** The days of a period when the site's clocks show `today`; `all` does not depend on the calendar. */
export const readPeriod = (period: Exclude<Period, 'all'>, today: string): DateRange => {
  if (typeof period === 'object') return period
  const last = (n: number) => ({ from: addDays(today, 1 - n), to: today })
  const month = today.slice(0, 7)
  const year = Number(today.slice(0, 4))
  /** The first month of the quarter, counted from 0. */
  const opening = Math.floor((Number(today.slice(5, 7)) - 1) / 3) * 3
  const quarterFrom = (of: number, first: number) => {
    const from = `${of}-${String(first + 1).padStart(2, '0')}-01`
    return { from, to: endOf(addDays(from, 75).slice(0, 7)) }
  }
  const endOf = (ym: string) => addDays(`${addDays(`${ym}-28`, 4).slice(0, 7)}-01`, -1)
  switch (period) {
    case 'today':
      return { from: today, to: today }
    case 'yesterday':
      return { from: addDays(today, -1), to: addDays(today, -1) }
    case '7d':
      return last(7)
    case '28d':
      return last(28)
    case '30d':
      return last(30)
    case '90d':
      return last(90)
    case 'month':
      return { from: `${month}-01`, to: endOf(month) }
    case 'last_month': {
      const to = addDays(`${month}-01`, -1)
      return { from: `${to.slice(0, 7)}-01`, to }
    }
    case 'quarter':
      return quarterFrom(year, opening)
    case 'last_quarter':
      return opening === 0 ? quarterFrom(year - 1, 9) : quarterFrom(year, opening - 3)
    case '12mo': {
      const ahead = Number(month.slice(5))
      const from =
        ahead === 12
          ? `${month.slice(0, 4)}-01-01`
          : `${Number(month.slice(0, 4)) - 1}-${String(ahead + 1).padStart(2, '0')}-01`
      return { from, to: endOf(month) }
    }
    case 'year':
      return { from: `${year}-01-01`, to: `${year}-12-31` }
    case 'last_year':
      return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` }
  }
}

/** A stretch of a period with its own row: from `start` to just before `end`. */
export interface Bucket {
  /** A day, the Monday of a week, the first of a month; for an hour, its first moment. */
  readonly label: string
  readonly start: number
  readonly end: number
  readonly days: DateRange
}

const mondayOf = (day: string) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

const labelOf: Record<Exclude<Granularity, 'hour'>, (day: string) => string> = {
  day: day => day,
  week: mondayOf,
  month: day => `${day.slice(0, 7)}-01`,
}

const wholeDays = (days: DateRange, label: string, timezone: string): Bucket => ({
  label,
  days,
  start: startOfDay(days.from, timezone),
  end: startOfDay(addDays(days.to, 1), timezone),
})

/** The hours of the local clock, sampled every quarter of an hour. */
const hours = (days: DateRange, timezone: string): Bucket[] => {
  const { start, end } = wholeDays(days, '', timezone)
  const starts: number[] = []
  let shown = ''
  for (let time = start; time < end; time += HOUR / 4) {
    const { hour } = parts(time, timezone)
    const last = starts.at(-1)
    if (hour !== shown || last === undefined || time - last >= HOUR) starts.push(time)
    shown = hour ?? ''
  }
  return starts.map((time, n) => {
    const day = dayOf(time, timezone)
    return { label: new Date(time).toISOString(), start: time, end: starts[n + 1] ?? end, days: { from: day, to: day } }
  })
}

/**
 * The rows of a period, in time order; without a granularity it is one.
 * @example bucketsOf({ from: '2026-02-01', to: '2026-02-03' }, 'week', 'UTC').map(b => b.label) // ['2026-01-26', '2026-02-02']
 */
export const bucketsOf = (days: DateRange, granularity: Granularity | undefined, timezone: string): Bucket[] => {
  if (granularity === undefined) return [wholeDays(days, '', timezone)]
  if (granularity === 'hour') return hours(days, timezone)
  const groups = new Map<string, DateRange>()
  for (const day of daysOf(days)) {
    const label = labelOf[granularity](day)
    groups.set(label, { from: groups.get(label)?.from ?? day, to: day })
  }
  return [...groups].map(([label, range]) => wholeDays(range, label, timezone))
}
