import { type EventName, eventDefinition } from '../../../shared/events'
import { Problem } from '../../lib/problem'
import { type Fields, number } from '../parse/fields'
import { type OrderItem, valueOfItems, valueOfPricedItems } from '../parse/items'
import { checkSurvey } from './checkSurvey'
import { changeWorth, checkSubscription, startWorth, subscriptionWorth } from './subscription'

/** Rules of one event. */
interface Checks {
  /** Throws a Problem when the parameters are invalid. */
  readonly check?: (fields: Fields) => void
  /** The event's worth in major units, from its `value` and items; throws when they are missing. */
  readonly worth?: (fields: Fields, value: number | null, items: readonly OrderItem[] | null) => number | null
  /** Properties that are ids: a whole number is stored as a string. */
  readonly ids?: readonly string[]
  /** Properties that are numbers: a string with a number is stored as one. */
  readonly numbers?: readonly string[]
  /** True if the event would mean something else without one of its parameters: an invalid one then rejects the event. */
  readonly exact?: true
}

const SUBSCRIPTION: Checks = {
  check: checkSubscription,
  worth: subscriptionWorth,
  ids: ['subscription_id'],
  numbers: ['price', 'quantity'],
  exact: true,
}

const CHECKS: ReadonlyMap<string, Checks> = new Map<EventName, Checks>([
  ['refund', { worth: (_, value, items) => value ?? valueOfPricedItems(items), exact: true }],
  ['purchase', { worth: (_, value, items) => value ?? valueOfItems(items) ?? 0 }],
  ['subscription_start', { ...SUBSCRIPTION, worth: startWorth }],
  ['subscription_change', { ...SUBSCRIPTION, worth: changeWorth }],
  ['subscription_cancel', SUBSCRIPTION],
  ['guide_step', { check: fields => number(fields, 'step', 1, 1000), numbers: ['step', 'step_count'] }],
  ['survey_response', { check: checkSurvey, ids: ['survey_id'], numbers: ['score'] }],
])

const NOTHING: Checks = {}

/** @example checksOf('purchase').worth?.({}, null, null) // 0 */
export const checksOf = (name: string): Checks => CHECKS.get(name) ?? NOTHING

/**
 * Validates the rules of one event.
 * @throws Problem `missing_<parameter>`, and as the event's own check
 */
export const checkEvent = (name: string, fields: Fields): void => {
  const missing = eventDefinition(name)?.requires?.find(
    required => fields[required] === undefined || fields[required] === null,
  )
  if (missing) throw new Problem(400, `missing_${missing}`, `A ${name} needs "${missing}".`)
  checksOf(name).check?.(fields)
}

/** @throws Problem `missing_user_id` */
export const checkIdentify = (userId: string | null): void => {
  if (userId === null) throw new Problem(400, 'missing_user_id', 'An identify needs a "user_id".')
}
