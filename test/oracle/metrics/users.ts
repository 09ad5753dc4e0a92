import { activeByDay, activeDays } from '../activity.ts'
import { addDays, daysOf } from '../calendar.ts'
import type { Fact } from '../fact.ts'
import { isPersistent, type PersonKey } from '../identity.ts'
import { meets } from '../meets.ts'
import { settingsOf } from '../rules.ts'
import {
  begun,
  count,
  happened,
  inBucket,
  type Metric,
  NEEDS_IDENTITY,
  NEEDS_INPUT,
  peopleOf,
  ratio,
  type Scope,
  sum,
  type Truth,
  visitorsOf,
} from '../scope.ts'
import { lackPersistentIds, ofPersistentPeople } from './people.ts'
import { bounced } from './sessions.ts'

export const daysBegun = ({ bucket, today }: Scope) => daysOf(bucket.days).filter(day => day <= today)

const dailyVisitors: Metric = scope => {
  const active = activeByDay(scope.selection.facts)
  const days = daysBegun(scope)
  return ratio(sum(days.map(day => active.get(day)?.size ?? 0)), days.length)
}

/** A number of days, ending with the bucket's last day or with today while it goes on. */
const lastDays = ({ bucket, today }: Scope, days: number) => {
  const to = bucket.days.to < today ? bucket.days.to : today
  return { from: addDays(to, 1 - days), to }
}

const visitorsOfLast =
  (days: number): Metric =>
  scope => {
    const active = activeByDay(scope.selection.facts)
    const all = new Set(daysOf(lastDays(scope, days)).flatMap(day => [...(active.get(day) ?? [])]))
    return ofPersistentPeople(all, own => count(own.length))
  }

/** People active in the last 30 days, each with the share of active days. */
export const sharesOfDays = (scope: Scope): Map<PersonKey, number> => {
  const { from, to } = lastDays(scope, 30)
  const active = activeDays(scope.selection.sessions, scope.world.site.timezone)
  const daysIn = (days: ReadonlySet<string>) => [...days].filter(day => from <= day && day <= to).length
  return new Map([...active].map(([person, days]) => [person, daysIn(days) / 30] as const).filter(([, share]) => share))
}

const stickiness: Metric = scope => {
  const shares = sharesOfDays(scope)
  return ofPersistentPeople(new Set(shares.keys()), own =>
    ratio(sum(own.map(person => shares.get(person) ?? 0)), own.length),
  )
}

/** Users by their activity in the bucket, as far as it has begun, and in as many days right before it. */
const lifecycle: Metric = scope => {
  const { world, today, parameters } = scope
  const { timezone } = world.site
  const days = daysBegun(scope)
  const [first = addDays(today, 1), last = today] = [days[0], days.at(-1)]
  const before = days.map((_, index) => addDays(first, -1 - index))
  const users = [...activeDays(world.sessions, timezone)].filter(([person]) => isPersistent(person))
  const counts: Record<string, number> = { active: 0, new: 0, returning: 0, resurrected: 0, dormant: 0 }
  for (const [person, own] of users) {
    const isActive = [...own].some(day => first <= day && day <= last)
    const wasActive = before.some(day => own.has(day))
    const isNew = (world.firstActivity.get(person)?.day ?? '') >= first
    const state = isNew ? 'new' : wasActive ? 'returning' : 'resurrected'
    if (isActive) counts.active = (counts.active ?? 0) + 1
    if (isActive) counts[state] = (counts[state] ?? 0) + 1
    else if (wasActive) counts.dormant = (counts.dormant ?? 0) + 1
  }
  const { active = 0, dormant = 0, ...states } = counts
  if (active + dormant === 0 && visitorsOf(scope).size > 0) return NEEDS_IDENTITY
  return { value: counts[String(parameters.state ?? 'active')] ?? 0, parts: { ...states, dormant } }
}

/** The event with which each person's first day begins: of the selected sessions, ever or, if it is named, in the period. */
const firstOfPeople = ({ world, whole, selection, parameters: { first } }: Scope): Map<PersonKey, Fact> => {
  if (first === undefined) {
    const picked = new Set(selection.sessions)
    return new Map([...world.firstActivity].filter(([, { session }]) => session && picked.has(session)))
  }
  const picked = new Set(selection.facts)
  const did = whole.filter(({ event }) => event.name === first)
  const firsts = new Map(did.toReversed().map(fact => [fact.person, fact]))
  return new Map([...firsts].filter(([, fact]) => picked.has(fact)))
}

/** People whose first day is in the bucket, early enough that their later day is over and in the period. */
const cohortOf = (scope: Scope, days: number) => {
  const { bucket, period, today } = scope
  return [...firstOfPeople(scope)]
    .filter(([person, { day }]) => isPersistent(person) && bucket.days.from <= day && day <= bucket.days.to)
    .filter(([, { day }]) => addDays(day, days) <= period.to && addDays(day, days) < today)
}

/** The people who came back on each day, whatever is selected. */
const returnsByDay = ({ world, parameters }: Scope): Map<string, Set<PersonKey>> => {
  if (parameters.return === undefined) return activeByDay(world.facts)
  const did = world.facts.filter(({ event }) => event.name === parameters.return)
  return new Map([...Map.groupBy(did, ({ day }) => day)].map(([day, facts]) => [day, peopleOf(facts)]))
}

/** The share of a cohort active on day n, or on any day from then on. */
const retainedOf = (scope: Scope, cohort: ReturnType<typeof cohortOf>): Truth => {
  const n = Number(scope.parameters.day ?? 7)
  const active = returnsByDay(scope)
  const returned = cohort.filter(([person, { day }]) => {
    const from = addDays(day, n)
    const to = scope.parameters.on === 'on_or_after' ? scope.period.to : from
    return daysOf({ from, to }).some(one => active.get(one)?.has(person))
  })
  return ratio(returned.length, cohort.length)
}

const retention: Metric = scope => {
  const { first } = scope.parameters
  const began = [...firstOfPeople(scope)].filter(([, { time }]) => inBucket(scope, time))
  const people = first === undefined ? visitorsOf(scope) : new Set(began.map(([person]) => person))
  if (lackPersistentIds(people)) return NEEDS_IDENTITY
  return retainedOf(scope, cohortOf(scope, Number(scope.parameters.day ?? 7)))
}

/** `retention_rate` by the day visitors were first seen. */
export const retentionByCohort = (scope: Scope): Map<string, Truth> =>
  new Map(
    [...Map.groupBy(cohortOf(scope, Number(scope.parameters.day ?? 7)), ([, { day }]) => day)].map(([day, cohort]) => [
      day,
      retainedOf(scope, cohort),
    ]),
  )

const earlyChurn: Metric = scope => {
  if (lackPersistentIds(visitorsOf(scope))) return NEEDS_IDENTITY
  const n = Number(scope.parameters.day ?? 7)
  const active = activeDays(scope.world.sessions, scope.world.site.timezone)
  const cohort = cohortOf(scope, 2 * n)
  const lost = cohort.filter(([person, { day }]) => {
    const looked = daysOf({ from: addDays(day, n + 1), to: addDays(day, 2 * n) })
    return !looked.some(one => active.get(person)?.has(one))
  })
  return ratio(lost.length, cohort.length)
}

/** The features with the events that count as their use: the declared ones, else any that was used. */
const featuresOf = ({ world }: Scope) => {
  const declared = settingsOf(world).features
  if (declared.length > 0) return declared
  const used = world.facts.flatMap(({ event }) =>
    event.name === 'feature_used' ? [String(event.properties?.feature)] : [],
  )
  return [...new Set(used)].map(feature => ({ name: feature, feature }))
}

/** The share of people active in the bucket who used one of some features in it. */
const adoptionOf = (scope: Scope, features: ReturnType<typeof featuresOf>): Truth =>
  ofPersistentPeople(visitorsOf(scope), people => {
    const users = peopleOf(happened(scope).filter(fact => features.some(feature => meets(feature)(fact))))
    return ratio(people.filter(person => users.has(person)).length, people.length)
  })

const featureAdoption: Metric = scope => {
  const { feature } = scope.parameters
  return adoptionOf(
    scope,
    featuresOf(scope).filter(({ name }) => feature === undefined || name === feature),
  )
}

/** `feature_adoption_rate` by feature, of all active people; by used features if none is declared. */
export const adoptionByFeature = (scope: Scope): Map<string, Truth> => {
  const rates = featuresOf(scope).map(feature => [feature.name, adoptionOf(scope, [feature])] as const)
  const declared = settingsOf(scope.world).features.length > 0
  return new Map(rates.filter(([, { numerator }]) => declared || numerator))
}

interface Score {
  readonly person: PersonKey
  readonly days: number
  readonly engagement: number
  readonly features: number
}

/** The engagement of everyone who began a session in the bucket: three shares of 1. */
export const scoresOf = (scope: Scope): Score[] => {
  const { world, selection } = scope
  const { features } = settingsOf(world)
  const days = daysBegun(scope)
  const active = activeDays(selection.sessions, world.site.timezone)
  const facts = happened(scope)
  return [...Map.groupBy(begun(scope), ({ person }) => person)].map(([person, sessions]) => ({
    person,
    days: days.filter(day => active.get(person)?.has(day)).length / days.length,
    engagement: sessions.filter(session => !bounced(session, world, 'engaged')).length / sessions.length,
    features:
      features.filter(feature => facts.some(fact => fact.person === person && meets(feature)(fact))).length /
      features.length,
  }))
}

const mean = (numbers: readonly number[]) => sum(numbers) / numbers.length
export const scoreOf = ({ days, engagement, features }: Score) => (100 * (days + engagement + features)) / 3
const partsOf = (scores: readonly Score[]) => ({
  days: mean(scores.map(({ days }) => days)),
  engagement: mean(scores.map(({ engagement }) => engagement)),
  features: mean(scores.map(({ features }) => features)),
})

const engagementScore: Metric = scope => {
  if (settingsOf(scope.world).features.length === 0) return NEEDS_INPUT
  const all = scoresOf(scope)
  return ofPersistentPeople(new Set(all.map(({ person }) => person)), () => {
    const scores = all.filter(({ person }) => isPersistent(person))
    const { user } = scope.parameters
    const own = user === undefined ? scores : scores.filter(({ person }) => person === `user ${user}`)
    if (own.length === 0) return { value: null }
    const value = mean(own.map(scoreOf))
    const noHigher = scores.filter(score => scoreOf(score) <= value)
    return {
      value,
      parts: partsOf(own),
      ...(user === undefined ? {} : { percentile: noHigher.length / scores.length }),
    }
  })
}

export const USERS = {
  dau: dailyVisitors,
  wau: visitorsOfLast(7),
  mau: visitorsOfLast(30),
  stickiness,
  lifecycle,
  retention_rate: retention,
  early_churn_rate: earlyChurn,
  feature_adoption_rate: featureAdoption,
  engagement_score: engagementScore,
} as const satisfies Record<string, Metric>
