import { DAY } from '../../shared/time.ts'

/**
 * Civil days of an IANA time zone. SQLite knows no zones, so whatever depends on a site's local day
 * is worked out here, from `Intl` alone. Times are epoch milliseconds, days are whole days since
 * 1970-01-01.
 *
 * Asking `Intl` costs microseconds, too much for each of thousands of events: what it says is kept
 * per zone in windows of three days, each a list of the offsets that hold in it.
 */

const SECOND = 1000

/**
 * Three days. A power of two of seconds, so that halving it ends at a second, where all zones change.
 * Shorter than any zone ever changed and changed back: Freetown in 1939 four days, Recife in 2000 seven.
 */
const WINDOW = 2 ** 18 * SECOND
/** Before 1800 every zone is at its mean solar time: the oldest change in the time zone database is later. */
const FIRST_WINDOW = Math.floor(Date.UTC(1800, 0) / WINDOW)
/** Some 34 years. Beyond it a zone starts afresh, so that no series of far-off dates can fill the memory. */
const MOST_WINDOWS = 4096
const MOST_ZONES = 50

/** An offset and the instant from which it holds, until the next one. */
export interface Offset {
  readonly from: number
  /** Milliseconds to add to UTC. */
  readonly offset: number
}

/** A local day, and the instants at which it and the next one start. */
export interface LocalDay {
  readonly day: number
  readonly start: number
  readonly end: number
}

interface Zone {
  readonly format: Intl.DateTimeFormat
  readonly windows: Map<number, readonly Offset[]>
  /** The last one asked for: beacons are of the present day. */
  localDay: LocalDay | null
}

const zones = new Map<string, Zone>()

/**
 * Whether this is the name of a zone that can be reckoned with.
 * @example isTimeZone('Europe/Stockholm') // true
 * @example isTimeZone('+01:00') // false: an offset, not a zone
 */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    zoneOf(name)
    return true
  } catch {
    return false
  }
}

/**
 * Milliseconds to add to UTC for the zone's local time at an instant.
 * @throws RangeError when there is no such zone.
 * @example offsetAt(Date.UTC(2026, 0, 31), 'Europe/Stockholm') // 3600000
 */
export function offsetAt(time: number, zone: string): number {
  const offsets = windowOf(time, zoneOf(zone))
  let last = offsets.length - 1
  while (last > 0 && (offsets[last] as Offset).from > time) last--
  return (offsets[last] as Offset).offset
}

/**
 * The local civil day of an instant.
 * @example dayOf(Date.UTC(2026, 0, 31, 23), 'Europe/Stockholm') // 20485, which is 2026-02-01
 */
export const dayOf = (time: number, zone: string): number => Math.floor((time + offsetAt(time, zone)) / DAY)

/**
 * The first instant of a local day; of the next day there is when a zone skipped this one.
 *
 * A day lasts until the start of the next: 23, 24 or 25 hours. Where clocks go forward at midnight
 * it starts at 01:00.
 * @example startOfDay(20485, 'Europe/Stockholm') // 2026-01-31T23:00Z
 */
export function startOfDay(day: number, zone: string): number {
  const midnight = day * DAY
  const offsets = offsetsBetween(midnight - 2 * DAY, midnight + 2 * DAY, zone)
  for (const [index, { from, offset }] of offsets.entries()) {
    const start = Math.max(from, midnight - offset)
    if (start < (offsets[index + 1]?.from ?? Infinity)) return start
  }
  throw new RangeError(`Day ${day} is out of range.`)
}

/**
 * The local day of an instant.
 * @example localDayOf(Date.UTC(2026, 0, 31, 23), 'Europe/Stockholm').day // 20485
 */
export function localDayOf(time: number, zone: string): LocalDay {
  const known = zoneOf(zone)
  const day = dayOf(time, zone)
  if (known.localDay?.day === day) return known.localDay
  known.localDay = { day, start: startOfDay(day, zone), end: startOfDay(day + 1, zone) }
  return known.localDay
}

/**
 * A day as text.
 * @example formatDay(20484) // '2026-01-31'
 */
export const formatDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, -14)

/**
 * The day of a text `YYYY-MM-DD`, `null` when it is anything else or no day of the calendar.
 * @example parseDay('2026-02-30') // null
 */
export function parseDay(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return null
  const day = Date.parse(`${text}T00:00:00Z`) / DAY
  return Number.isNaN(day) || formatDay(day) !== text ? null : day
}

/**
 * The same day some months before; the last of that month where it is shorter.
 * @example formatDay(monthsBefore(parseDay('2026-03-31'), 1)) // '2026-02-28'
 */
export function monthsBefore(day: number, months: number): number {
  const date = new Date(day * DAY)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() - months]
  return Math.min(Date.UTC(year, month, date.getUTCDate()), Date.UTC(year, month + 1, 0)) / DAY
}

/**
 * The offsets that hold in [from, to), oldest first; the first one's `from` is the `from` asked for.
 * @example offsetsBetween(startOfYear, endOfYear, 'Europe/Stockholm') // three: winter, summer, winter
 */
export function offsetsBetween(from: number, to: number, zone: string): readonly Offset[] {
  const found: Offset[] = [{ from, offset: offsetAt(from, zone) }]
  const known = zoneOf(zone)
  const first = Math.max(Math.floor(from / WINDOW), FIRST_WINDOW)
  for (let window = first; window * WINDOW < to; window++) {
    for (const offset of windowOf(window * WINDOW, known)) {
      const isChange = offset.offset !== found.at(-1)?.offset
      if (isChange && offset.from > from && offset.from < to) found.push(offset)
    }
  }
  return found
}

function zoneOf(name: string): Zone {
  const known = zones.get(name)
  if (known) return known
  const format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' })
  const zone: Zone = { format, windows: new Map(), localDay: null }
  if (zones.size >= MOST_ZONES) zones.clear()
  zones.set(name, zone)
  return zone
}

function windowOf(time: number, { format, windows }: Zone): readonly Offset[] {
  const window = Math.max(Math.floor(time / WINDOW), FIRST_WINDOW)
  const known = windows.get(window)
  if (known) return known
  const edge = (at: number, neighbour: Offset | undefined): Offset => {
    const from = at * WINDOW
    return { from, offset: neighbour?.offset ?? askOffset(from, format) }
  }
  const start = edge(window, windows.get(window - 1)?.at(-1))
  const end = edge(window + 1, windows.get(window + 1)?.[0])
  const offsets = [start, ...changesBetween(start, end, format)]
  if (windows.size >= MOST_WINDOWS) windows.clear()
  windows.set(window, offsets)
  return offsets
}

/** The changes in (start, end], by bisection. */
function changesBetween(start: Offset, end: Offset, format: Intl.DateTimeFormat): readonly Offset[] {
  if (start.offset === end.offset) return []
  if (end.from - start.from === SECOND) return [end]
  const from = (start.from + end.from) / 2
  const middle = { from, offset: askOffset(from, format) }
  return [...changesBetween(start, middle, format), ...changesBetween(middle, end, format)]
}

/** Reads `GMT`, `GMT+05:45` or, of mean solar times, `GMT-00:44:30`. */
function askOffset(time: number, format: Intl.DateTimeFormat): number {
  const text = format.format(time)
  const [, sign, hours, minutes, seconds] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text) ?? []
  const offset = (Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * SECOND
  return sign === '-' ? -offset : offset
}
