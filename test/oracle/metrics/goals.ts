import type { Goal } from '../../../shared/settings.ts'
import { reaches } from '../dimensions.ts'
import { settingsOf } from '../rules.ts'
import {
  begun,
  happened,
  holds,
  type Metric,
  NEEDS_INPUT,
  peopleOf,
  ratio,
  type Scope,
  shareOfSessions,
  sum,
  type Truth,
  visitorsOf,
} from '../scope.ts'

const goalsOf = ({ world, parameters }: Scope): readonly Goal[] =>
  settingsOf(world).goals.filter(({ id }) => parameters.goal === undefined || id === parameters.goal)

/** How often goals were reached: once for each of them. */
const conversionsOf = (scope: Scope, goals: readonly Goal[]): Truth => {
  const times = goals.map(goal => happened(scope).filter(reaches(goal)).length)
  const worth = sum(goals.map(({ value = 0 }, n) => value * (times[n] ?? 0)))
  const value = sum(times)
  return { value, numerator: value, ...(goals.some(({ value }) => value !== undefined) && { parts: { value: worth } }) }
}

const rateOf = (scope: Scope, goals: readonly Goal[]): Truth => {
  const reached = (fact: Parameters<ReturnType<typeof reaches>>[0]) => goals.some(goal => reaches(goal)(fact))
  if (scope.parameters.scope === 'session') {
    return shareOfSessions(scope, begun(scope), session => holds(session, reached))
  }
  const visitors = visitorsOf(scope)
  const who = peopleOf(happened(scope).filter(reached))
  return ratio([...who].filter(person => visitors.has(person)).length, visitors.size)
}

const ifAny =
  (metric: (scope: Scope, goals: readonly Goal[]) => Truth): Metric =>
  scope =>
    settingsOf(scope.world).goals.length === 0 ? NEEDS_INPUT : metric(scope, goalsOf(scope))

/** A goal's id with its answer. */
const each =
  (metric: (scope: Scope, goals: readonly Goal[]) => Truth) =>
  (scope: Scope): Map<string, Truth> =>
    new Map(settingsOf(scope.world).goals.map(goal => [goal.id, metric(scope, [goal])]))

export const conversionsByGoal = each(conversionsOf)
export const rateByGoal = each(rateOf)

export const GOALS = {
  goal_conversions: ifAny(conversionsOf),
  goal_conversion_rate: ifAny(rateOf),
} as const satisfies Record<string, Metric>
