import { dayOf, startOfDay } from '../../calendar'
import type { Range } from '../period'
import type { DaySums } from './text'

const HOUR = 3_600_000

/** How far a site is rolled up: see worker/store/migrations/0009_sums.sql. */
export interface Rollup {
  readonly until: number
  readonly zone: string
  readonly since: number
}

/** A span of time, the end included: epoch milliseconds. */
export type Span = readonly [from: number, to: number]

export const spanOfHours = (first: number, last: number): Span => [first * HOUR, (last + 1) * HOUR - 1]

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
export interface Kept {
  readonly zone: string
  readonly rollup: Rollup | null
  /** What changed since the days were rolled up. */
  readonly touched: readonly Span[]
  /** By day; a day of which nothing is kept is empty. */
  readonly sums: ReadonlyMap<number, DaySums>
  /** By day, when the first session began that can hold something of the day after, `null` when none can. */
  readonly reaches: ReadonlyMap<number, number | null>
  /** Days that are not rolled up, of what is stored of their visits. */
  readonly running: ReadonlyMap<number, RunningDay>
  /** Settled hours of such days, of what their facts add up to. */
  readonly hours: ReadonlyMap<number, DaySums>
}

/** What the stored visits of a day add up to so far, and who was active in them; `null` for too many to be kept. */
export interface RunningDay {
  readonly sums: DaySums
  readonly people: ReadonlySet<number> | null
}

/** Whether a day is rolled up, and nothing of it changed since. */
const isRolledUp = ({ zone, rollup, touched }: Kept, day: number): boolean => {
  if (rollup?.zone !== zone) return false
  const [from, to] = [startOfDay(day, zone), startOfDay(day + 1, zone)]
  return to <= rollup.until && !touched.some(([first, last]) => first < to && last >= from)
}

/** Whole days of a range of which the sums say all there is to say. */
export const daysOfSums = ({ from, to, firstDay, lastDay }: Range, kept: Kept): number[] => {
  const isWhole = (day: number): boolean => from <= startOfDay(day, kept.zone) && startOfDay(day + 1, kept.zone) <= to
  return Array.from({ length: lastDay - firstDay + 1 }, (_, index) => firstDay + index).filter(
    day => isWhole(day) && isRolledUp(kept, day),
  )
}

/** When the first session began that can hold something of a range, where it is known. */
export const reachOf = ({ from, firstDay }: Range, kept: Kept): number | undefined => {
  const reach = kept.reaches.get(firstDay - 1)
  return reach === undefined || !isRolledUp(kept, firstDay - 1) ? undefined : Math.min(from, reach ?? from)
}

/** Hours that are kept and lie in a range whole, in their order. */
export const keptHours = ({ from, to }: Range, { hours }: Kept): number[] =>
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
