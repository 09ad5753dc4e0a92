const QUARTER = 15 * 60_000

/** Quarters of an hour whose day is kept. */
const MOST_KEPT = 10_000

/**
 * Tells the day, like 2026-01-31, of a time in epoch milliseconds. Time zones differ by quarters of an hour, so each quarter
 * is looked up once.
 * @throws RangeError when there is no such time zone
 */
export const dayInZone = (timezone: string): ((time: number) => string) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const written = (time: number): string => {
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]))
    return `${parts.year}-${parts.month}-${parts.day}`
  }
  const days = new Map<number, string>()
  return time => {
    const quarter = Math.floor(time / QUARTER)
    const known = days.get(quarter)
    if (known !== undefined) return known
    if (days.size >= MOST_KEPT) days.clear()
    const day = written(quarter * QUARTER)
    days.set(quarter, day)
    return day
  }
}
