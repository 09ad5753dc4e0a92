import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import type { ActivePeople } from './activePeople'
import type { DayRollup } from './rollupText'

/** How far a site is rolled up, in epoch milliseconds. */
export interface RollupProgress {
  readonly until: number
  readonly zone: string
  /** From when on days are of this zone alone. */
  readonly since: number
}

/** A span of time, the end included: epoch milliseconds. */
export type TimeSpan = readonly [from: number, to: number]

export const spanOfHours = (first: number, last: number): TimeSpan => [first * HOUR, (last + 1) * HOUR - 1]

/** Where the events begin that are not deleted. */
export interface RetainedEvents {
  /** Epoch milliseconds. */
  readonly from: number
  /** Local. */
  readonly day: number
}

/** The parts of a range that lie between some of its days. */
export const rangesBetween = (range: Range, zone: string, days: readonly number[]): Range[] => {
  const ranges: Range[] = []
  let firstDay = range.firstDay
  for (const day of [...days, range.lastDay + 1]) {
    if (firstDay < day) {
      const from = Math.max(range.from, startOfDay(firstDay, zone))
      const to = Math.min(range.to, startOfDay(day, zone))
      ranges.push({ from, to, firstDay, lastDay: day - 1 })
    }
    firstDay = day + 1
  }
  return ranges
}

/** What the settled sessions of a day add up to so far. */
export interface TodayRollup {
  readonly totals: DayRollup
  /** Who was active in them; `null` for more people than are stored. */
  readonly active: ActivePeople | null
}

/** Who was active on the last day of a range that ends before midnight, up to its end. */
export interface ActiveBefore {
  readonly day: number
  readonly active: ActivePeople
}

/** Which days of a range rollups answer for, and what they hold. */
export interface Coverage {
  readonly zone: string
  readonly retained: RetainedEvents
  readonly progress: RollupProgress | null
  /** What changed since the days were rolled up. */
  readonly stale: readonly TimeSpan[]
  /** By day, of those on which anything happened. */
  readonly daily: ReadonlyMap<number, DayRollup>
  /** By day, when the first session began that can hold an event of the next day; `null` when none can. */
  readonly reaches: ReadonlyMap<number, number | null>
  /** By day, of days that are not rolled up. */
  readonly today: ReadonlyMap<number, TodayRollup>
  /** By epoch hour, what the events of settled hours of such days add up to. */
  readonly hourly: ReadonlyMap<number, DayRollup>
  /** `null` where it is not stored or not needed. */
  readonly activeBefore: ActiveBefore | null
}

/** Whether a range begins before the retained events. */
export const isBeforeRetained = (
  { from, firstDay }: Pick<Range, 'from' | 'firstDay'>,
  { retained }: Pick<Coverage, 'retained'>,
): boolean => from < retained.from || firstDay < retained.day

/** A range without the events that were rolled up with days of another time zone and deleted. */
export const withinRetained = (range: Range, retained: RetainedEvents): Range => ({
  ...range,
  from: Math.min(range.to, Math.max(range.from, retained.from)),
})

/** Whether a day is rolled up, for good or with nothing of it changed since. */
const isRolledUp = ({ zone, retained, progress, stale }: Coverage, day: number): boolean => {
  if (day < retained.day) return true
  if (progress?.zone !== zone) return false
  const [from, to] = [startOfDay(day, zone), startOfDay(day + 1, zone)]
  return to <= progress.until && !stale.some(([first, last]) => first < to && last >= from)
}

/**
 * Whether people of a day can be added to those of days without events. After a change of the time zone, one daily id
 * can have been seen on two of the days that follow: those are read from events.
 */
const isOfOneZone = (day: number, { zone, retained, progress }: Coverage): boolean =>
  day < retained.day || startOfDay(day, zone) >= (progress?.since ?? 0)

/** The whole days of a range that daily rollups answer for. */
export const coveredDays = (range: Range, coverage: Coverage): number[] => {
  const { from, to, firstDay, lastDay } = range
  const isPast = isBeforeRetained(range, coverage)
  const isWhole = (day: number): boolean =>
    from <= startOfDay(day, coverage.zone) && startOfDay(day + 1, coverage.zone) <= to
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index).filter(
    day => isWhole(day) && isRolledUp(coverage, day) && (!isPast || isOfOneZone(day, coverage)),
  )
}

/** Days of a range that are not over, lie in it whole and have a rollup of today. */
export const coveredToday = ({ from, to, firstDay, lastDay }: Range, { today, zone }: Coverage): number[] =>
  [...today.keys()].filter(
    day => day >= firstDay && day <= lastDay && from <= startOfDay(day, zone) && startOfDay(day + 1, zone) <= to,
  )

/** When the first session began that can hold an event of a range, where it is known. */
export const reachOf = ({ from, firstDay }: Range, coverage: Coverage): number | undefined => {
  // The rollup of a day without events can be of another time zone.
  if (firstDay - 1 < coverage.retained.day) return undefined
  const reach = coverage.reaches.get(firstDay - 1)
  return reach === undefined || !isRolledUp(coverage, firstDay - 1) ? undefined : Math.min(from, reach ?? from)
}

/** The whole hours of a range that hourly rollups answer for, in time order. */
export const coveredHours = ({ from, to }: Range, { hourly }: Coverage): number[] =>
  [...hourly.keys()].filter(hour => from <= hour * HOUR && (hour + 1) * HOUR <= to).sort((one, other) => one - other)

/** The parts of a range between some of its hours. */
export const rangesBetweenHours = (range: Range, zone: string, hours: readonly number[]): Range[] => {
  const ranges: Range[] = []
  let from = range.from
  for (const [begin, end] of [...hours.map(hour => [hour * HOUR, (hour + 1) * HOUR] as const), [range.to, range.to]]) {
    if (from < begin) ranges.push({ from, to: begin, firstDay: dayOf(from, zone), lastDay: dayOf(begin - 1, zone) })
    from = end
  }
  return ranges
}
