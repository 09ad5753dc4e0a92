/** A time as databases print it; without a zone it is in UTC. */
const TIME = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*(?:Z|UTC|([+-])(\d\d):?(\d\d)?)?$/

/**
 * Epoch milliseconds of a time as PostgreSQL, MySQL and ClickHouse print it; not a number for anything else.
 * @example databaseTime('2026-01-31 13:00:00.5+01') // 1769860800500
 */
export const databaseTime = (text: string): number => {
  const found = TIME.exec(text)
  if (!found) return Number.NaN
  const [, year, month, day, hour, minute, second, fraction = '', sign, hours = '0', minutes = '0'] = found
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  const utc = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.slice(0, 3).padEnd(3, '0')),
  )
  return sign === undefined ? utc : utc - offset
}
