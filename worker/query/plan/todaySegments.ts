import type { Scope } from '../../relations/sql/scope'
import type { TodayRollup } from '../../rollups/coverage'
import { beganIn, keepsEverybody } from '../../rollups/sessionRows'
import { numberChunks } from '../../storage/chunks'
import type { LiveDelta } from './liveDelta'
import type { CoveredMeasure, LiveSegment, Segment } from './segment'

/** A day that is not over, with a rollup of its settled sessions. */
export interface CoveredToday {
  /** Of that day, in one bucket. */
  readonly scope: Scope
  readonly bucket: number
  readonly rollup: TodayRollup
  readonly delta: LiveDelta
}

/** Whether a measure of the day can do without its stored sessions. */
export const isInTodayRollup = ({ scope, rollup, delta }: CoveredToday, { stored }: CoveredMeasure): boolean => {
  if (stored.isOfSessions) return rollup.totals.keys.has(stored.key)
  return stored.isOfActivity && rollup.active !== null && keepsEverybody(delta, scope.range.firstDay, scope.zone)
}

const fromDelta = (
  { scope, bucket }: CoveredToday,
  measures: readonly CoveredMeasure[],
  more: Pick<LiveSegment, 'people' | 'sign'> & { readonly added: Scope['added'] },
): LiveSegment => ({
  source: 'live',
  measures,
  scope: { ...scope, stored: false, removed: null, added: more.added },
  people: more.people,
  buckets: [],
  bucket,
  sign: more.sign,
})

/** Sums over sessions: the rollup, plus sessions that are added, minus sessions that are retracted. */
const sessionSegments = (today: CoveredToday, measures: readonly CoveredMeasure[]): Segment[] => {
  const { scope, bucket, rollup, delta } = today
  const retracted = delta.retracted.filter(row => beganIn(row, scope.range))
  return [
    {
      source: 'rollup',
      measures,
      bucket,
      isGrouped: false,
      groups: null,
      kind: 'today',
      times: [scope.range.firstDay],
      rollups: [rollup.totals],
    },
    fromDelta(today, measures, { people: 'sums', sign: 1, added: scope.added }),
    ...(retracted.length > 0
      ? [fromDelta(today, measures, { people: 'sums', sign: -1, added: numberChunks(retracted) })]
      : []),
  ]
}

/** People: those who were active, and one by one those about whom the live delta says more. */
const peopleSegments = (today: CoveredToday, measures: readonly CoveredMeasure[]): Segment[] => {
  const { scope, bucket, rollup } = today
  return [
    fromDelta(today, measures, { people: 'each', sign: 1, added: scope.added }),
    { source: 'active_people', measures, scope, bucket, people: new Set(rollup.active?.people) },
  ]
}

/** The segments of measures that can do without the stored sessions of the day. */
export const todaySegments = (today: CoveredToday, measures: readonly CoveredMeasure[]): Segment[] => {
  const sessions = measures.filter(({ stored }) => stored.isOfSessions)
  const people = measures.filter(({ stored }) => stored.isOfActivity)
  return [
    ...(sessions.length > 0 ? sessionSegments(today, sessions) : []),
    ...(people.length > 0 ? peopleSegments(today, people) : []),
  ]
}
