import { activeDays } from './activity.ts'
import { addDays } from './calendar.ts'
import type { Fact } from './fact.ts'
import type { PersonKey } from './identity.ts'
import { happened, named, ofPersistent, ratio, type Scope, type Truth } from './scope.ts'

const DAY = 24 * 3_600_000

/** The event that begins one person's journey. */
export interface Start {
  readonly person: PersonKey
  readonly time: number
  readonly day: string
}

/** The first of each person, given in time order. */
const firstOfEach = (facts: readonly Fact[]): Fact[] => [
  ...new Map(facts.toReversed().map(fact => [fact.person, fact])).values(),
]

/** The first time in the bucket that each person did something. */
export const startsWith = (scope: Scope, name: string): Start[] => firstOfEach(happened(scope).filter(named(name)))

/** The start of each person's first session with activity in the bucket, possibly before it. */
export const startsOfSessions = (scope: Scope): Start[] =>
  firstOfEach(happened(scope).filter(({ isActivity }) => isActivity)).map(({ person, session, time, day }) => ({
    person,
    time: session?.begin ?? time,
    day,
  }))

type Arrived = (within: readonly Fact[], start: Start) => boolean

/** The share, among the journeys with a closed window that count, of those that converted, by the person's events in that window. */
export const shareOf = (
  { world, now }: Scope,
  starts: readonly Start[],
  days: number,
  counts: Arrived,
  arrived: Arrived,
): Truth =>
  ofPersistent(starts, own => {
    const over = own.filter(({ time }) => time + days * DAY <= now)
    const within = (start: Start) =>
      world.facts.filter(
        ({ person, time }) => person === start.person && start.time <= time && time <= start.time + days * DAY,
      )
    const counted = over.filter(start => counts(within(start), start))
    const there = counted.filter(start => arrived(within(start), start))
    return { ...ratio(there.length, counted.length), pending: own.length - over.length }
  })

/** The same among all. */
export const shareArrived = (scope: Scope, starts: readonly Start[], days: number, arrived: Arrived): Truth =>
  shareOf(scope, starts, days, () => true, arrived)

/** The share of journeys with a closed window of calendar days that were active on enough of them. */
export const shareAdopted = ({ world, today }: Scope, starts: readonly Start[], length: number, least: number): Truth =>
  ofPersistent(starts, own => {
    const active = activeDays(world.sessions, world.site.timezone)
    const lastDay = ({ day }: Start) => addDays(day, length - 1)
    const over = own.filter(start => lastDay(start) < today)
    const adopted = over.filter(start => {
      const days = [...(active.get(start.person) ?? [])].filter(day => start.day <= day && day <= lastDay(start))
      return days.length >= least
    })
    return { ...ratio(adopted.length, over.length), pending: own.length - over.length }
  })
