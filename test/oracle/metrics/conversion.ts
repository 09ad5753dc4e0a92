import { firstPaying, isPaying } from '../customers.ts'
import type { Fact } from '../fact.ts'
import { shareAdopted, shareArrived, shareOf, startsOfSessions, startsWith } from '../journeys.ts'
import { meets } from '../meets.ts'
import { isConversion, settingsOf } from '../rules.ts'
import {
  begun,
  happened,
  holds,
  type Metric,
  NEEDS_INPUT,
  named,
  ofPersistent,
  peopleOf,
  ratio,
  type Scope,
  shareOfSessions,
  type Truth,
  visitorsOf,
} from '../scope.ts'
import { medianSurvival } from '../survival.ts'

const converting = (scope: Scope, wanted: (fact: Fact) => boolean) => {
  const visitors = visitorsOf(scope)
  const who = peopleOf(happened(scope).filter(wanted))
  return ratio([...who].filter(person => visitors.has(person)).length, visitors.size)
}

/** The share of visitors with an event. */
export const shareOfVisitors =
  (name: string): Metric =>
  scope =>
    converting(scope, named(name))

/** The share of sessions or of visitors, as the parameters say. */
const byScope = (scope: Scope, wanted: (fact: Fact) => boolean) =>
  scope.parameters.scope === 'session'
    ? shareOfSessions(scope, begun(scope), session => holds(session, wanted))
    : converting(scope, wanted)

const conversionRate: Metric = scope => {
  const { event } = scope.parameters
  return byScope(scope, event === undefined ? isConversion(scope.world) : named(String(event)))
}

const windowOf = ({ parameters }: Scope, days: number) => Number(parameters.window ?? days)

const leadConversion: Metric = scope => {
  const first = firstPaying(scope.world)
  return shareArrived(scope, startsWith(scope, 'generate_lead'), windowOf(scope, 90), within =>
    within.some(fact => first.get(fact.person) === fact),
  )
}

const visitorToSql: Metric = scope =>
  shareArrived(scope, startsOfSessions(scope), windowOf(scope, 90), within => within.some(named('lead_qualified')))

const trialToPql: Metric = scope => {
  const rules = settingsOf(scope.world).product_qualified
  if (rules.length === 0) return NEEDS_INPUT
  return shareArrived(scope, startsWith(scope, 'trial_start'), windowOf(scope, 30), within =>
    rules.every(rule => within.filter(meets(rule)).length >= rule.times),
  )
}

const trialToPaid: Metric = scope =>
  shareArrived(scope, startsWith(scope, 'trial_start'), windowOf(scope, 30), within => within.some(isPaying))

const activation: Metric = scope => {
  const rule = settingsOf(scope.world).value_event
  if (rule === null) return NEEDS_INPUT
  return shareArrived(scope, startsWith(scope, 'sign_up'), windowOf(scope, 7), within => within.some(meets(rule)))
}

/** The difference of two activation rates, by whether a guide was completed in the same window. */
const guideEffect: Metric = scope => {
  const rule = settingsOf(scope.world).value_event
  if (rule === null) return NEEDS_INPUT
  const { guide } = scope.parameters
  const completes = ({ event }: Fact): boolean =>
    event.name === 'guide_complete' && (guide === undefined || event.properties?.guide_id === guide)
  const activation = (isGuided: boolean): Truth =>
    shareOf(
      scope,
      startsWith(scope, 'sign_up'),
      windowOf(scope, 7),
      within => within.some(completes) === isGuided,
      within => within.some(meets(rule)),
    )
  const [guided, other] = [activation(true), activation(false)]
  if (guided.status) return guided
  return { value: guided.value === null || other.value === null ? null : guided.value - other.value, numerator: null }
}

const timeToValue: Metric = scope => {
  const rule = settingsOf(scope.world).value_event
  if (rule === null) return NEEDS_INPUT
  return ofPersistent(startsWith(scope, 'sign_up'), own => {
    const waiting = own.map(start => {
      const value = scope.world.facts.find(
        fact => fact.person === start.person && fact.time >= start.time && meets(rule)(fact),
      )
      return { time: ((value?.time ?? scope.now) - start.time) / 1000, happened: value !== undefined }
    })
    const value = medianSurvival(waiting)
    const median = { value, numerator: null, denominator: own.length }
    return own.length > 0 && value === null ? { ...median, status: 'pending' } : median
  })
}

const productAdoption: Metric = scope =>
  shareAdopted(scope, startsWith(scope, 'sign_up'), windowOf(scope, 30), Number(scope.parameters.days ?? 3))

export const CONVERSION = {
  conversion_rate: conversionRate,
  purchase_conversion_rate: scope => byScope(scope, named('purchase')),
  visitor_to_trial_rate: shareOfVisitors('trial_start'),
  lead_conversion_rate: leadConversion,
  visitor_to_sql_rate: visitorToSql,
  trial_to_pql_rate: trialToPql,
  trial_to_paid_rate: trialToPaid,
  activation_rate: activation,
  guide_effect: guideEffect,
  time_to_value: timeToValue,
  product_adoption_rate: productAdoption,
} as const satisfies Record<string, Metric>
