import { offsetsBetween } from '../../lib/calendar'
import { int } from './int'
import type { Scope } from './scope'

/** Months from year 0 to a local day. */
export const monthOfDay = (day: string): string =>
  `(cast(strftime('%Y', ${day} * 86400, 'unixepoch') as integer) * 12 + cast(strftime('%m', ${day} * 86400, 'unixepoch') as integer) - 1)`

/** Local milliseconds of an instant, by the offset of each stretch between two clock changes. */
const localTime = (time: string, { range, zone }: Pick<Scope, 'range' | 'zone'>): string => {
  const around = 4 * 86_400_000
  const offsets = offsetsBetween(range.from - around, range.to + around, zone)
  const cases = offsets
    .slice(1)
    .map(({ from }, index) => `when ${time} < ${int(from)} then ${int(offsets[index]?.offset ?? 0)}`)
  const last = int(offsets.at(-1)?.offset ?? 0)
  return cases.length === 0 ? `(${time} + ${last})` : `(${time} + case ${cases.join(' ')} else ${last} end)`
}

/** The local day of an instant, as days since 1970. */
export const localDay = (time: string, scope: Pick<Scope, 'range' | 'zone'>): string =>
  `(${localTime(time, scope)} / 86400000)`

/** The key of a local day's bucket, as in period.ts. */
export const bucketOfDay = (day: string, { granularity }: Pick<Scope, 'granularity'>): string => {
  switch (granularity) {
    case 'day':
      return day
    case 'week':
      return `((${day} + 3) / 7)`
    case 'month':
      return monthOfDay(day)
    default:
      return '0'
  }
}

/** The key of an instant's bucket. */
export const bucketOfTime = (time: string, scope: Pick<Scope, 'granularity' | 'range' | 'zone'>): string => {
  if (scope.granularity === 'hour') return `((${time} - ${int(scope.range.from)}) / 3600000)`
  return scope.granularity === null ? '0' : bucketOfDay(localDay(time, scope), scope)
}
