import type { DateRange, Parameters } from '../../shared/question.ts'
import type { Bucket } from './calendar.ts'
import type { Selection } from './dimensions.ts'
import type { Fact, Session } from './fact.ts'
import type { World } from './facts.ts'
import { isPersistent, type PersonKey } from './identity.ts'
import { isOpen } from './sessions.ts'

/** The input of one cell of an answer. */
export interface Scope {
  readonly world: World
  readonly now: number
  /** The site's day at `now`. */
  readonly today: string
  readonly period: DateRange
  readonly bucket: Bucket
  /** Events that pass the filters and belong to the group, at any time. */
  readonly selection: Selection
  /** All events of the period, whatever the filters. */
  readonly whole: readonly Fact[]
  readonly parameters: Parameters
}

/** A metric's answer; absent fields are not checked. */
export interface Truth {
  readonly value: number | null
  readonly numerator?: number | null
  readonly denominator?: number
  readonly pending?: number
  readonly status?: 'needs_identity' | 'needs_input' | 'no_data' | 'pending'
  readonly currency?: string
  /** The parts of a score. */
  readonly parts?: Readonly<Record<string, number>>
  readonly not_followed?: number
  /** The steps of a funnel. */
  readonly steps?: readonly { readonly reached: number; readonly median_seconds: number | null }[]
  /** The share of users whose score is no higher, for one user among all. */
  readonly percentile?: number
}

/** A metric as a plain function of a cell's scope. */
export type Metric = (scope: Scope) => Truth

const within = ({ start, end }: Bucket, time: number) => start <= time && time < end

/** The selected events in the bucket. */
export const happened = ({ selection, bucket }: Scope): Fact[] =>
  selection.facts.filter(({ time }) => within(bucket, time))

/** The selected sessions that began in the bucket. */
export const begun = ({ selection, bucket }: Scope): Session[] =>
  selection.sessions.filter(({ begin }) => within(bucket, begin))

/** True if a moment lies in the bucket. */
export const inBucket = ({ bucket }: Scope, time: number): boolean => within(bucket, time)

export const peopleOf = (facts: readonly Fact[]): Set<PersonKey> => new Set(facts.map(({ person }) => person))

/** All people active in the bucket. */
export const visitorsOf = (scope: Scope): Set<PersonKey> =>
  peopleOf(happened(scope).filter(({ isActivity }) => isActivity))

export const holds = ({ facts }: Session, wanted: (fact: Fact) => boolean): boolean => facts.some(wanted)

export const named =
  (name: string) =>
  ({ event }: Fact): boolean =>
    event.name === name

export const count = (value: number): Truth => ({ value })

/** A ratio, `null` if the denominator is 0. */
export const ratio = (numerator: number, denominator: number): Truth => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
})

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The answer of a metric that cannot be computed from the available events and rows. */
export const NEEDS_INPUT: Truth = { value: null, status: 'needs_input' }
export const NEEDS_IDENTITY: Truth = { value: null, status: 'needs_identity' }

/** Answers from events with a persistent id; if all are without one, it reports that one is needed. */
export const ofPersistent = <T extends { readonly person: PersonKey }>(
  units: readonly T[],
  answer: (own: readonly T[]) => Truth,
): Truth => {
  const own = units.filter(({ person }) => isPersistent(person))
  return units.length > 0 && own.length === 0 ? NEEDS_IDENTITY : answer(own)
}

/** @example median([1, 2, 4, 8]) // 3 */
export const median = (numbers: readonly number[]): number | null => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return sorted.length === 0 ? null : sum(middle as number[]) / 2
}

/** The 75th percentile. @example percentile75([1, 2, 4, 8]) // 6 */
export const percentile75 = (numbers: readonly number[]): number | null => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const atLeast = sorted.filter((_, index) => 4 * (index + 1) >= 3 * sorted.length)
  const more = sorted.filter((_, index) => 4 * (index + 1) > 3 * sorted.length)
  return sorted.length === 0 ? null : ((atLeast[0] as number) + (more[0] as number)) / 2
}

/** The share of sessions with a property, including open ones, which are also counted separately. */
export const shareOfSessions = (
  { now }: Scope,
  sessions: readonly Session[],
  wanted: (session: Session) => boolean,
): Truth => ({
  ...ratio(sessions.filter(wanted).length, sessions.length),
  pending: sessions.filter(session => isOpen(session, now)).length,
})
