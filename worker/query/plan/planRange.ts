import type { Range } from '../../lib/timeRange'
import type { Dimension } from '../../metrics/dimensions'
import type { Scope } from '../../relations/sql/scope'
import { REACH } from '../../relations/sql/tables'
import {
  type Coverage,
  coveredDays,
  coveredHours,
  coveredToday,
  isBeforeRetained,
  rangesBetween,
  rangesBetweenHours,
  reachOf,
  withinRetained,
} from '../../rollups/coverage'
import { beganIn } from '../../rollups/sessionRows'
import { bucketOf } from '../compile/bucketDays'
import { measureIn } from '../compile/metricMeasure'
import { begin } from '../compile/statement'
import { type AnswerBucket, endsOf } from './answerBuckets'
import { listedGroups } from './listedGroups'
import { activePeopleIn, listedPeople } from './listedPeople'
import type { LiveDelta } from './liveDelta'
import { looksBack } from './looksBack'
import { needsDeletedEvents } from './needsDeletedEvents'
import type { PlannedMeasure } from './requestedMeasures'
import { isCutFromDay, restOfDay } from './restOfDay'
import type { CoveredMeasure, LiveSegment, RequestedMeasure, RollupSegment, Segment } from './segment'
import { type CoveredToday, isInTodayRollup, todaySegments } from './todaySegments'

/** With more gaps than this between the days of rollups, the whole range is read at once. */
const MOST_GAPS = 6

/** The same between the hours of rollups. */
const MOST_GAPS_OF_HOURS = 4

/** The measures of a range, and what rollups hold of it. */
export interface RangeRequest {
  readonly measures: readonly PlannedMeasure[]
  /** By which rollups are read; `null` for totals. */
  readonly dimension: Dimension | null
  /** Of rollups, those to add up; `null` for all. */
  readonly groups: readonly string[] | null
  /** Of the whole range. */
  readonly scope: Scope
  readonly buckets: readonly AnswerBucket[]
  readonly coverage: Coverage
  readonly delta: LiveDelta
}

/** How a range is answered. */
export interface RangePlan {
  readonly segments: readonly Segment[]
  /** Positions of metrics that would need deleted events. */
  readonly withheld: ReadonlySet<number>
  /** Positions of metrics that are answered, though deleted events could have changed them. */
  readonly truncated: ReadonlySet<number>
}

/** A range, divided by what covers it. */
interface Division {
  /** Days of daily rollups. */
  readonly days: readonly number[]
  /** Days that are not over. */
  readonly today: readonly number[]
  readonly gaps: readonly Range[]
}

const divide = ({ scope: { range, zone }, coverage }: RangeRequest): Division => {
  const [days, today] = [coveredDays(range, coverage), coveredToday(range, coverage)]
  const covered = [...days, ...today].sort((one, other) => one - other)
  const gaps = rangesBetween(range, zone, covered).map(gap => withinRetained(gap, coverage.retained))
  return { days, today, gaps }
}

/** Whether rollups save anything, or are all there is. */
const areRollupsWorthIt = (request: RangeRequest, { days, today, gaps }: Division): boolean => {
  const { scope, coverage } = request
  if (isBeforeRetained(scope.range, coverage)) return true
  const hasRollups = days.length + today.length + coverage.hourly.size > 0
  const isCut = (gap: Range): boolean => restOfDay(gap, request) !== null || activePeopleIn(gap, request) !== null
  return gaps.length <= MOST_GAPS && (hasRollups || gaps.some(isCut))
}

/** Whether the rollups of the days add up to a measure. */
const isCovered = (
  { stored }: PlannedMeasure,
  { scope: { granularity, range }, coverage }: RangeRequest,
  { days }: Division,
): boolean => {
  if (stored === null) return false
  const { daily, progress } = coverage
  const isOneDay = granularity === 'day' || range.firstDay === range.lastDay
  const isPast = isBeforeRetained(range, coverage)
  if (stored.isOfPeople && !isOneDay && !isPast && (progress === null || range.from < progress.since)) return false
  return days.every(day => daily.get(day)?.keys.has(stored.key) ?? true)
}

/**
 * A part of a scope, and how far back the sessions begin that hold its events. Without the sessions of the live delta
 * where none of them can matter: reading them takes another pass over the stored ones.
 */
const narrowed = (scope: Scope, range: Range, { coverage, delta }: RangeRequest): Scope => {
  const reach = reachOf(range, coverage)
  const isAdded = delta.added.some(row => beganIn(row, { ...range, from: range.from - REACH }))
  return { ...scope, range, ...(reach !== undefined && { reach }), added: isAdded ? scope.added : null }
}

/** Everything at once, where no rollup covers it. */
const wholeSegment = (
  scope: Scope,
  measures: readonly RequestedMeasure[],
  buckets: readonly AnswerBucket[],
): LiveSegment => ({ source: 'live', measures, scope, people: 'sums', buckets, bucket: null, sign: 1 })

/** A part of the range that no rollup covers. */
const gapSegment = (
  scope: Scope,
  measures: readonly RequestedMeasure[],
  buckets: readonly AnswerBucket[],
): LiveSegment => {
  const { firstDay, lastDay } = scope.range
  const bucket = bucketOf(buckets, firstDay)
  const isOneBucket = scope.granularity !== 'hour' && bucketOf(buckets, lastDay) === bucket
  const common = { source: 'live', measures, people: 'persistent', sign: 1 } as const
  return isOneBucket
    ? { ...common, scope: { ...scope, granularity: null, ends: [] }, buckets: [], bucket }
    : { ...common, scope: { ...scope, ends: [] }, buckets, bucket: null }
}

/** A part of the range that at most hourly rollups cover, which hold measures of events alone. */
const gapSegments = (
  scope: Scope,
  measures: readonly CoveredMeasure[],
  { buckets, groups, coverage }: RangeRequest,
): Segment[] => {
  const { range, zone } = scope
  const bucket = bucketOf(buckets, range.firstDay)
  const hours = bucketOf(buckets, range.lastDay) === bucket ? coveredHours(range, coverage) : []
  const gaps = rangesBetweenHours(range, zone, hours)
  const isHourly = ({ stored }: CoveredMeasure): boolean =>
    stored.isOfEvents && hours.every(hour => coverage.hourly.get(hour)?.keys.has(stored.key))
  const hourly = hours.length > 0 && gaps.length <= MOST_GAPS_OF_HOURS ? measures.filter(isHourly) : []
  const rest = measures.filter(measure => !hourly.includes(measure))
  const live = rest.length > 0 ? [gapSegment(scope, rest, buckets)] : []
  if (hourly.length === 0) return live
  return [
    ...live,
    {
      source: 'rollup',
      measures: hourly,
      bucket,
      isGrouped: scope.dimensions.length > 0,
      groups,
      kind: 'hourly',
      times: hours,
      rollups: hours.flatMap(hour => coverage.hourly.get(hour) ?? []),
    },
    ...gaps.map(gap => gapSegment({ ...scope, range: gap }, hourly, buckets)),
  ]
}

/** Days of daily rollups, a segment for each bucket. */
const dailySegments = (
  { scope, buckets, groups, coverage }: RangeRequest,
  measures: readonly CoveredMeasure[],
  days: readonly number[],
): RollupSegment[] =>
  [...Map.groupBy(days, day => bucketOf(buckets, day))].map(([bucket, own]) => ({
    source: 'rollup',
    measures,
    bucket,
    isGrouped: scope.dimensions.length > 0,
    groups,
    kind: 'daily',
    times: own,
    rollups: own.flatMap(day => coverage.daily.get(day) ?? []),
  }))

const without = <T>(all: readonly T[], some: readonly T[]): T[] => all.filter(one => !some.includes(one))

/** A day that is not over: its rollup with the live delta, and events for the rest. */
const segmentsOfToday = (request: RangeRequest, measures: readonly CoveredMeasure[], day: number): Segment[] => {
  const { coverage, delta, buckets, dimension, groups } = request
  const { range, zone } = request.scope
  const whole = rangesBetween({ ...range, firstDay: day, lastDay: day }, zone, [])[0] as Range
  const scope = narrowed(request.scope, whole, request)
  const rollup = coverage.today.get(day)
  if (!rollup) return gapSegments(scope, measures, request)
  const bucket = bucketOf(buckets, day)
  if (dimension !== null) {
    const listed = listedGroups({ scope, bucket, dimension, groups, active: rollup.active }, measures, delta)
    return [...listed.segments, ...gapSegments(scope, without(measures, listed.measures), request)]
  }
  const today: CoveredToday = { scope: { ...scope, granularity: null, ends: [] }, bucket, rollup, delta }
  const covered = measures.filter(measure => isInTodayRollup(today, measure))
  return [...todaySegments(today, covered), ...gapSegments(scope, without(measures, covered), request)]
}

/** A part of the range that no daily rollup covers. */
const segmentsOfGap = (request: RangeRequest, measures: readonly CoveredMeasure[], gap: Range): Segment[] => {
  const { scope, buckets, dimension, groups } = request
  const active = activePeopleIn(gap, request)
  const inGap = { scope: { ...scope, range: gap }, bucket: bucketOf(buckets, gap.firstDay), active }
  // The live delta has nothing to add: a day whose sessions changed does not count as rolled up.
  const listed =
    dimension === null ? listedPeople(inGap, measures) : listedGroups({ ...inGap, dimension, groups }, measures, null)
  const rest = restOfDay(gap, request)
  const cut = rest === null ? [] : measures.filter(measure => isCutFromDay(measure, gap.firstDay, request.coverage))
  const others = without(measures, [...cut, ...listed.measures])
  const whole = [...gapSegments(narrowed(scope, gap, request), others, request), ...listed.segments]
  if (rest === null || cut.length === 0) return whole
  const after = gapSegment(narrowed(scope, rest, request), cut, buckets)
  return [...whole, ...dailySegments(request, cut, [gap.firstDay]), { ...after, sign: -1 }]
}

const coveredSegments = (
  request: RangeRequest,
  { days, today, gaps }: Division,
  measures: readonly CoveredMeasure[],
): Segment[] =>
  measures.length === 0
    ? []
    : [
        ...dailySegments(request, measures, days),
        ...gaps.flatMap(gap => segmentsOfGap(request, measures, gap)),
        ...today.flatMap(day => segmentsOfToday(request, measures, day)),
      ]

/** The measures that rollups cover where it is worth it. */
const coveredMeasures = (request: RangeRequest, division: Division): ReadonlyMap<PlannedMeasure, CoveredMeasure> => {
  if (!areRollupsWorthIt(request, division)) return new Map()
  const builder = begin(request.scope)
  return new Map(
    request.measures.flatMap(one => {
      const { stored } = one
      if (stored === null || !isCovered(one, request, division)) return []
      return [[one, { ...one, stored, measure: measureIn(one, builder) }] as const]
    }),
  )
}

const positionsOf = (measures: readonly PlannedMeasure[]): ReadonlySet<number> =>
  new Set(measures.map(({ position }) => position))

/** Divides a range into segments: rollups where they cover it, sessions and events for the rest. */
export const planRange = (request: RangeRequest): RangePlan => {
  const { measures, buckets, coverage } = request
  const division = divide(request)
  const scope = { ...request.scope, ends: endsOf(buckets) }
  const covered = coveredMeasures(request, division)
  const builder = begin(request.scope)
  const hasDeletedGap = division.gaps.some(({ firstDay }) => firstDay < coverage.retained.day)
  const needsDeleted = (one: PlannedMeasure): boolean =>
    covered.has(one) ? hasDeletedGap : needsDeletedEvents(measureIn(one, builder), scope, coverage)
  const withheld = positionsOf(measures.filter(needsDeleted))
  const answered = measures.filter(({ position }) => !withheld.has(position))
  const live = answered.filter(one => !covered.has(one))
  return {
    segments: [
      ...(live.length > 0 ? [wholeSegment(scope, live, buckets)] : []),
      ...coveredSegments(
        request,
        division,
        answered.flatMap(one => covered.get(one) ?? []),
      ),
    ],
    withheld,
    truncated: positionsOf(live.filter(one => looksBack(scope, one, coverage.retained.from))),
  }
}
