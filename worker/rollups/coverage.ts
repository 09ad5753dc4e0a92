import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { Range } from '../lib/timeRange'
import type { DayRollup } from './rollupText'

/** How far a site is rolled up: see worker/storage/migrations/0009_sums.sql. */
export interface RollupProgress {
  readonly until: number
  readonly zone: string
  readonly since: number
}

/** A span of time, the end included: epoch milliseconds. */
export type TimeSpan = readonly [from: number, to: number]

export const spanOfHours = (first: number, last: number): TimeSpan => [first * HOUR, (last + 1) * HOUR - 1]

/** Where the facts that are kept begin: see worker/storage/migrations/0010_kept.sql. */
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

/** What is kept of the days that a question is about. */
export interface Coverage {
  readonly zone: string
  readonly facts: RetainedEvents
  readonly rollup: RollupProgress | null
  /** What changed since the days were rolled up. */
  readonly touched: readonly TimeSpan[]
  /** By day; a day of which nothing is kept is empty. */
  readonly sums: ReadonlyMap<number, DayRollup>
  /** By day, when the first session began that can hold something of the day after, `null` when none can. */
  readonly reaches: ReadonlyMap<number, number | null>
  /** Days that are not rolled up, of what is stored of their visits. */
  readonly running: ReadonlyMap<number, TodayRollup>
  /** Settled hours of such days, of what their facts add up to. */
  readonly hours: ReadonlyMap<number, DayRollup>
}

/** What the stored visits of a day add up to so far, and who was active in them; `null` for too many to be kept. */
export interface TodayRollup {
  readonly sums: DayRollup
  readonly people: ReadonlySet<number> | null
}

/** Whether a range begins before the facts that are kept. */
export const isBeforeRetained = ({ from, firstDay }: Pick<Range, 'from' | 'firstDay'>, { facts }: Coverage): boolean =>
  from < facts.from || firstDay < facts.day

/** A range without what days of another time zone are summed up with for good. */
export const withinRetained = (range: Range, facts: RetainedEvents): Range => ({
  ...range,
  from: Math.min(range.to, Math.max(range.from, facts.from)),
})

/** Whether a day is rolled up, for good or with nothing of it changed since. */
const isRolledUp = ({ zone, facts, rollup, touched }: Coverage, day: number): boolean => {
  if (day < facts.day) return true
  if (rollup?.zone !== zone) return false
  const [from, to] = [startOfDay(day, zone), startOfDay(day + 1, zone)]
  return to <= rollup.until && !touched.some(([first, last]) => first < to && last >= from)
}

/**
 * Whether sums of people can be added over days that facts can not be asked of: the days of another time zone that
 * follow, in which one visitor of a day can have been seen twice, are asked of facts.
 */
const isOfOneZone = (day: number, { zone, facts, rollup }: Coverage): boolean =>
  day < facts.day || startOfDay(day, zone) >= (rollup?.since ?? 0)

/** Whole days of a range of which the sums say all there is to say. */
export const coveredDays = (range: Range, kept: Coverage): number[] => {
  const { from, to, firstDay, lastDay } = range
  const isPast = isBeforeRetained(range, kept)
  const isWhole = (day: number): boolean => from <= startOfDay(day, kept.zone) && startOfDay(day + 1, kept.zone) <= to
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index).filter(
    day => isWhole(day) && isRolledUp(kept, day) && (!isPast || isOfOneZone(day, kept)),
  )
}

/** When the first session began that can hold something of a range, where it is known. */
export const reachOf = ({ from, firstDay }: Range, kept: Coverage): number | undefined => {
  // The sums of a day whose facts are gone can be of another time zone's.
  if (firstDay - 1 < kept.facts.day) return undefined
  const reach = kept.reaches.get(firstDay - 1)
  return reach === undefined || !isRolledUp(kept, firstDay - 1) ? undefined : Math.min(from, reach ?? from)
}

/** Hours that are kept and lie in a range whole, in their order. */
export const coveredHours = ({ from, to }: Range, { hours }: Coverage): number[] =>
  [...hours.keys()].filter(hour => from <= hour * HOUR && (hour + 1) * HOUR <= to).sort((one, other) => one - other)

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
