import type { Funnel } from '../../../shared/settings.ts'
import { dayOf } from '../calendar.ts'
import { reaches } from '../dimensions.ts'
import type { Fact } from '../fact.ts'
import { isPersistent } from '../identity.ts'
import { settingsOf } from '../rules.ts'
import { happened, inBucket, type Metric, median, NEEDS_INPUT, ratio, type Scope } from '../scope.ts'
import { isOpen } from '../sessions.ts'

const DAY = 24 * 3_600_000

/** Everything that the unit of a first step did: the visitor ever, or the session. */
const doneByUnit = ({ world }: Scope, { scope }: Funnel, { person, session }: Fact): readonly Fact[] =>
  scope === 'session' ? (session?.facts ?? []) : world.facts.filter(fact => fact.person === person)

/** The shortest of some durations; `Infinity` for none. */
const shortest = (durations: readonly number[]): number => Math.min(Infinity, ...durations)

/** The time from a first step until a later one, over every way to take the steps between in their order. */
const inOrder = (done: readonly Fact[], { steps, order }: Funnel, last: number, from: Fact, next = 1): number => {
  if (next > last) return 0
  const later = done.filter(({ time }) => time > from.time)
  const soonest = shortest(later.map(({ time }) => time))
  const following = order === 'strict' ? later.filter(({ time }) => time === soonest) : later
  const taken = following.filter(reaches(steps[next] as Funnel['steps'][number]))
  return shortest(
    taken.map(fact => fact.time - from.time + inOrder(done, { steps, order } as Funnel, last, fact, next + 1)),
  )
}

/** The shortest time that holds a first step and some of each later one, over every choice of them. */
const inAnyOrder = (done: readonly Fact[], { steps }: Funnel, last: number, times: readonly number[]): number => {
  const next = times.length
  if (next > last) return Math.max(...times) - Math.min(...times)
  const moments = new Set(done.filter(reaches(steps[next] as Funnel['steps'][number])).map(({ time }) => time))
  return shortest([...moments].map(time => inAnyOrder(done, { steps } as Funnel, last, [...times, time])))
}

/** How long it took to each step; `null` for one that was not reached within the window. */
const timesOf = (scope: Scope, funnel: Funnel, start: Fact): (number | null)[] => {
  const done = doneByUnit(scope, funnel, start)
  return funnel.steps.map((_, last) => {
    const took =
      funnel.order === 'any' ? inAnyOrder(done, funnel, last, [start.time]) : inOrder(done, funnel, last, start)
    return took <= funnel.window * DAY ? took : null
  })
}

const startsIn = (scope: Scope, funnel: Funnel): Fact[] => {
  const isFirst = reaches(funnel.steps[0] as Funnel['steps'][number])
  if (funnel.scope === 'visitor') return happened(scope).filter(isFirst)
  return scope.selection.facts.filter(fact => isFirst(fact) && fact.session && inBucket(scope, fact.session.begin))
}

/** One unit's first steps, and its best time to each step. */
interface Attempt {
  readonly starts: readonly Fact[]
  readonly times: readonly (number | null)[]
}

const attemptOf = (scope: Scope, funnel: Funnel, starts: readonly Fact[]): Attempt => {
  const all = starts.map(start => timesOf(scope, funnel, start))
  const best = funnel.steps.map((_, step) => shortest(all.flatMap(times => times[step] ?? [])))
  return { starts, times: best.map(time => (time === Infinity ? null : time)) }
}

const isLost = ({ world, today }: Scope, { scope }: Funnel, { starts }: Attempt): boolean => {
  const [start] = starts.toSorted((a, b) => b.time - a.time)
  return (
    scope === 'visitor' &&
    start !== undefined &&
    !isPersistent(start.person) &&
    dayOf(start.time, world.site.timezone) < today
  )
}

const isWaiting = (scope: Scope, funnel: Funnel, attempt: Attempt): boolean => {
  const { now } = scope
  const latest = Math.max(...attempt.starts.map(({ time }) => time))
  const [first] = attempt.starts
  if (first === undefined) return false
  if (funnel.scope === 'session') return first.session !== undefined && isOpen(first.session, now)
  return isPersistent(first.person) ? latest + funnel.window * DAY >= now : !isLost(scope, funnel, attempt)
}

/** Days of a funnel whose steps the question gives. */
const USUAL = 30

const savedFunnel = ({ world, parameters }: Scope): Funnel | undefined => {
  const { funnels } = settingsOf(world)
  return funnels.find(({ id }) => id === (parameters.funnel ?? funnels[0]?.id))
}

/** The funnel of the settings or of the question itself, with what the question changes of it. */
const askedFunnel = (scope: Scope): Funnel | undefined => {
  const { steps, order, window, scope: of } = scope.parameters
  const funnel =
    steps === undefined
      ? savedFunnel(scope)
      : ({ steps: JSON.parse(String(steps)), order: 'sequential', window: USUAL, scope: 'visitor' } as Funnel)
  return (
    funnel &&
    ({
      ...funnel,
      ...(order !== undefined && { order }),
      ...(window !== undefined && { window: Number(window) }),
      ...(of !== undefined && { scope: of }),
    } as Funnel)
  )
}

const funnelMetric: Metric = scope => {
  const funnel = askedFunnel(scope)
  if (!funnel) return NEEDS_INPUT
  const units = Map.groupBy(startsIn(scope, funnel), ({ person, session }) =>
    funnel.scope === 'session' ? session : person,
  )
  const attempts = [...units.values()].map(starts => attemptOf(scope, funnel, starts))
  const unfinished = attempts.filter(({ times }) => times.at(-1) === null)
  return {
    ...ratio(attempts.length - unfinished.length, attempts.length),
    pending: unfinished.filter(attempt => isWaiting(scope, funnel, attempt)).length,
    not_followed: unfinished.filter(attempt => isLost(scope, funnel, attempt)).length,
    steps: funnel.steps.map((_, step) => {
      const times = attempts.flatMap(attempt => attempt.times[step] ?? [])
      const middle = median(times)
      return { reached: times.length, median_seconds: middle === null ? null : middle / 1000 }
    }),
  }
}

export const FUNNELS = { funnel: funnelMetric } as const satisfies Record<string, Metric>
