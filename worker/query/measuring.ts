import type { SiteSettings } from '../../shared/settings'
import type { Range } from '../lib/timeRange'
import type { BucketEnd, Scope } from '../relations/sql/scope'
import { type CoveredBucket, cellsOfDays } from '../rollups/cellsOfDays'
import {
  type Coverage,
  coveredDays,
  coveredHours,
  isBeforeRetained,
  rangesBetween,
  rangesBetweenHours,
  reachOf,
  withinRetained,
} from '../rollups/coverage'
import {
  isInTodayRollup,
  type Part,
  type SessionRows,
  todayParts,
  todaysDays,
  type WantedMeasure,
} from '../rollups/readToday'
import { measuresOf, type StoredMeasure, storedMeasures } from '../rollups/storedMeasures'
import { begin, type Cell } from './compile/statement'
import type { RequestedMeasure } from './compile/statements'
import { Gathering, type Measured } from './gathering'
import { looksBack } from './looksBack'
import { needsGone } from './needsGone'
import type { ParsedQuery } from './parse/parseQuery'
import type { Piece } from './pieces'

/** Ranges between days whose sums are kept: past it the database is asked for all of it at once. */
const MOST_RANGES = 6

/** How days fall into the rows of an answer. */
export interface DayBuckets {
  readonly ends: readonly BucketEnd[]
  bucketOfDay(day: number): number
}

/** A measure of a question, and what its sums are kept by where they are. */
export interface Wanted extends RequestedMeasure {
  readonly rolled: StoredMeasure | null
}

/** Every measure of a question. */
export const wantedOf = (plan: ParsedQuery, settings: SiteSettings): Wanted[] => {
  const mayRoll =
    plan.filters.length === 0 &&
    plan.granularity !== 'hour' &&
    plan.dimensions.length <= 1 &&
    plan.dimensions.every(({ rolled }) => rolled)
  return plan.metrics.flatMap(({ metric, args }, position) => {
    if (metric.lacks?.(settings)) return []
    const rolled = mayRoll ? storedMeasures(metric, args, settings, plan.dimensions) : []
    return measuresOf(metric, args, settings).map((measureOf, place) => ({
      metric: position,
      place,
      measureOf,
      rolled: rolled[place] ?? null,
    }))
  })
}

/** Whether what is kept of the days can be added up to a measure's sums. */
const isKept = (
  { isOfPeople, key }: StoredMeasure,
  days: readonly number[],
  kept: Coverage,
  plan: ParsedQuery,
  scope: Scope,
): boolean => {
  const { sums, rollup } = kept
  const isOneDay = plan.granularity === 'day' || scope.range.firstDay === scope.range.lastDay
  const isPast = isBeforeRetained(scope.range, kept)
  if (isOfPeople && !isOneDay && !isPast && (rollup === null || scope.range.from < rollup.since)) return false
  return days.every(day => sums.get(day)?.keys.has(key) ?? true)
}

/** A part of the range, and how far back what its sessions hold began. */
const partOf = (range: Range, kept: Coverage): Pick<Scope, 'range' | 'reach'> => {
  const reach = reachOf(range, kept)
  return reach === undefined ? { range } : { range, reach }
}

/** A part of which nothing is kept: it is asked of visits and facts. */
const rawPart = (scope: Scope, asked: readonly RequestedMeasure[], buckets: DayBuckets): Part => {
  const { firstDay, lastDay } = scope.range
  const bucket = buckets.bucketOfDay(firstDay)
  const isOneBucket = scope.granularity !== 'hour' && buckets.bucketOfDay(lastDay) === bucket
  const piece: Piece = isOneBucket
    ? { scope: { ...scope, granularity: null, ends: [] }, asked, people: 'lasting', bucketOfDay: () => 0 }
    : { scope: { ...scope, ends: [] }, asked, people: 'lasting', bucketOfDay: buckets.bucketOfDay }
  return {
    pieces: [piece],
    queries: [],
    gather: (into, [cells = []]) => {
      for (const cell of cells) into.add(isOneBucket ? { ...cell, bucket } : cell)
    },
  }
}

/** Parts between hours that are kept: past it all of the range is asked for at once. */
const MOST_GAPS = 4

/** A part of which at most some hours are kept, and those of facts alone. */
const factParts = (scope: Scope, asked: readonly WantedMeasure[], kept: Coverage, buckets: DayBuckets): Part[] => {
  const { range, zone } = scope
  const bucket = buckets.bucketOfDay(range.firstDay)
  const hours = buckets.bucketOfDay(range.lastDay) === bucket ? coveredHours(range, kept) : []
  const isInHours = ({ rolled }: WantedMeasure): boolean =>
    rolled.isOfFacts && hours.every(hour => kept.hours.get(hour)?.keys.has(rolled.key))
  const gaps = rangesBetweenHours(range, zone, hours)
  const inHours = hours.length > 0 && gaps.length <= MOST_GAPS ? asked.filter(isInHours) : []
  const rest = asked.filter(one => !inHours.includes(one))
  const parts = rest.length > 0 ? [rawPart(scope, rest, buckets)] : []
  if (inHours.length === 0) return parts
  const days = hours.flatMap(hour => kept.hours.get(hour) ?? [])
  const fromHours = keptPart([{ bucket, days }], inHours, scope)
  return [...parts, fromHours, ...gaps.map(gap => rawPart({ ...scope, range: gap }, inHours, buckets))]
}

/** Everything at once, as it is asked where no part of it is kept. */
const wholePart = (scope: Scope, asked: readonly RequestedMeasure[], buckets: DayBuckets): Part => ({
  pieces: [{ scope: { ...scope, ends: buckets.ends }, asked, people: 'sums', bucketOfDay: buckets.bucketOfDay }],
  queries: [],
  gather: (into, [cells = []]) => {
    for (const cell of cells) into.add(cell)
  },
})

/** Days whose sums are kept. */
const keptPart = (kept: readonly CoveredBucket[], asked: readonly WantedMeasure[], scope: Scope): Part => ({
  pieces: [],
  queries: [],
  gather: into => {
    for (const one of kept) for (const cell of cellsOfDays(one, asked, scope.dimensions.length > 0)) into.add(cell)
  },
})

/** Days whose sums are kept, by the rows of the answer they fall into. */
const bucketsOfDays = (days: readonly number[], kept: Coverage, buckets: DayBuckets): CoveredBucket[] =>
  [...Map.groupBy(days, day => buckets.bucketOfDay(day))].map(([bucket, own]) => ({
    bucket,
    days: own.flatMap(day => kept.sums.get(day) ?? []),
  }))

/** A day that is not over: what is kept of its stored visits with what is not settled, and the rest from facts. */
const runningDayParts = (
  scope: Scope,
  asked: readonly WantedMeasure[],
  kept: Coverage,
  laid: SessionRows,
  buckets: DayBuckets,
): Part[] => {
  const day = scope.range.firstDay
  const running = kept.running.get(day)
  if (!running || scope.dimensions.length > 0) return factParts(scope, asked, kept, buckets)
  const one = {
    scope: { ...scope, granularity: null, ends: [] },
    bucket: buckets.bucketOfDay(day),
    laid,
    kept: running,
  }
  const isKeptRunning = isInTodayRollup(one)
  const rest = asked.filter(measure => !isKeptRunning(measure))
  return [...todayParts(one, asked.filter(isKeptRunning)), ...factParts(scope, rest, kept, buckets)]
}

/** What a question asks, and which of its metrics, by position, had to be asked of facts that are gone. */
export interface Measuring {
  readonly parts: readonly Part[]
  readonly gone: ReadonlySet<number>
  /** Those that are told, and depend on facts before those that are kept. */
  readonly lookingBack: ReadonlySet<number>
}

/** Everything a question asks: of whole days what is kept of them, where it is; the rest from visits and facts. */
export const measuring = (
  all: readonly Wanted[],
  plan: ParsedQuery,
  scope: Scope,
  buckets: DayBuckets,
  kept: Coverage,
  laid: SessionRows,
): Measuring => {
  const { range, zone } = scope
  const days = coveredDays(range, kept)
  const running = todaysDays(range, kept)
  const between = rangesBetween(
    range,
    zone,
    [...days, ...running].sort((one, other) => one - other),
  ).map(gap => withinRetained(gap, kept.facts))
  const isWorth =
    isBeforeRetained(range, kept) ||
    (days.length + running.length + kept.hours.size > 0 && between.length <= MOST_RANGES)
  const builder = begin(scope)
  const fromDaysOrGone = all.flatMap(({ rolled, ...one }): WantedMeasure[] =>
    isWorth && rolled && isKept(rolled, days, kept, plan, scope)
      ? [{ ...one, rolled, measure: one.measureOf(builder) }]
      : [],
  )
  const isFromDays = ({ metric, place }: RequestedMeasure): boolean =>
    fromDaysOrGone.some(one => one.metric === metric && one.place === place)
  const ended = { ...scope, ends: buckets.ends }
  const hasGap = between.some(({ firstDay }) => firstDay < kept.facts.day)
  const isGone = (one: Wanted): boolean => (isFromDays(one) ? hasGap : needsGone(one.measureOf(builder), ended, kept))
  const gone = new Set(all.filter(isGone).map(({ metric }) => metric))
  const fromDays = fromDaysOrGone.filter(({ metric }) => !gone.has(metric))
  const fromFacts = all.filter(one => !isFromDays(one) && !gone.has(one.metric))
  const lookingBack = new Set(
    fromFacts.filter(one => looksBack(ended, one, kept.facts.from)).map(({ metric }) => metric),
  )
  const parts = fromFacts.length > 0 ? [wholePart(scope, fromFacts, buckets)] : []
  if (fromDays.length === 0) return { parts, gone, lookingBack }
  const dayRange = (day: number): Range =>
    rangesBetween({ ...range, firstDay: day, lastDay: day }, zone, [])[0] as Range
  return {
    parts: [
      ...parts,
      keptPart(bucketsOfDays(days, kept, buckets), fromDays, scope),
      ...between.flatMap(part => factParts({ ...scope, ...partOf(part, kept) }, fromDays, kept, buckets)),
      ...running.flatMap(day =>
        runningDayParts({ ...scope, ...partOf(dayRange(day), kept) }, fromDays, kept, laid, buckets),
      ),
    ],
    gone,
    lookingBack,
  }
}

/** What was found of the pieces and queries of a part. */
export type Found = (
  part: Part,
) => readonly [cells: readonly (readonly Cell[])[], rows: readonly Record<string, unknown>[][]]

/** Puts the parts together. */
export const measuredOf = (parts: readonly Part[], found: Found): Measured => {
  const gathering = new Gathering()
  for (const part of parts) part.gather(gathering, ...found(part))
  return gathering.measured()
}
