import type { DateRange, Parameters } from '../../shared/question.ts'
import type { Bucket } from './calendar.ts'
import type { Selection } from './dimensions.ts'
import type { Fact, World } from './facts.ts'
import type { PersonKey } from './identity.ts'
import { isOpen, type Session } from './sessions.ts'

/** What one cell of an answer is computed from. */
export interface Scope {
  readonly world: World
  readonly now: number
  /** The site's day at `now`. */
  readonly today: string
  readonly period: DateRange
  readonly bucket: Bucket
  /** What passes the filters and belongs to the group, of any time. */
  readonly selection: Selection
  /** Everything that happened in the period, whatever the filters. */
  readonly whole: readonly Fact[]
  readonly parameters: Parameters
}

/** A metric's answer; what is absent is not promised. */
export interface Truth {
  readonly value: number | null
  readonly numerator?: number
  readonly denominator?: number
  readonly pending?: number
  readonly status?: 'needs_identity' | 'needs_input'
}

const within = ({ start, end }: Bucket, time: number) => start <= time && time < end

/** The picked events that happened in the bucket. */
export const happened = ({ selection, bucket }: Scope): Fact[] =>
  selection.facts.filter(({ time }) => within(bucket, time))

/** The picked sessions that began in the bucket. */
export const begun = ({ selection, bucket }: Scope): Session[] =>
  selection.sessions.filter(({ begin }) => within(bucket, begin))

/** Whether a moment lies in the bucket. */
export const inBucket = ({ bucket }: Scope, time: number): boolean => within(bucket, time)

export const peopleOf = (facts: readonly Fact[]): Set<PersonKey> => new Set(facts.map(({ person }) => person))

/** Everybody active in the bucket. */
export const visitorsOf = (scope: Scope): Set<PersonKey> =>
  peopleOf(happened(scope).filter(({ isActivity }) => isActivity))

export const holds = ({ facts }: Session, wanted: (fact: Fact) => boolean): boolean => facts.some(wanted)

export const named =
  (name: string) =>
  ({ event }: Fact): boolean =>
    event.name === name

export const count = (value: number): Truth => ({ value })

/** A ratio, `null` over nothing. */
export const ratio = (numerator: number, denominator: number): Truth => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
})

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** The share of sessions for which something holds, open ones included and told beside it. */
export const shareOfSessions = (
  { now }: Scope,
  sessions: readonly Session[],
  wanted: (session: Session) => boolean,
): Truth => ({
  ...ratio(sessions.filter(wanted).length, sessions.length),
  pending: sessions.filter(session => isOpen(session, now)).length,
})
