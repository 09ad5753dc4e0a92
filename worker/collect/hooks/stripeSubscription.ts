import type { Fields } from '../parse/fields'
import { listField, numberField, objectField, textField } from './field'
import { type HookResult, ignored } from './hookResult'
import { USER_FIELD } from './personOfHook'
import { type RecurringItem, recurringPrice } from './recurringPrice'
import { type StripeEvent, stripeId, stripeMajor } from './stripeEvent'
import { type SubscriptionStatuses, subscriptionResult } from './subscriptionResult'

/** @see https://docs.stripe.com/api/subscriptions/object#subscription_object-status */
const STATUSES: SubscriptionStatuses = new Map([
  ['trialing', 'trial'],
  ['active', 'active'],
  ['past_due', 'active'],
  ['unpaid', 'paused'],
  ['paused', 'paused'],
])

/** States after which a subscription that becomes active has started. */
const BEFORE_START: ReadonlySet<string | null> = new Set(['incomplete', 'trialing'])

const UNCHANGED = 'Neither the price nor the state of the subscription changed.'

/** What changes the price or the state of a subscription; a renewal changes other fields. */
const PRICED = ['status', 'items', 'plan', 'quantity'] as const

const currencyOf = (item: Fields): string | null => textField(objectField(item, 'price'), 'currency')

/** Metered usage has no price before it is used. */
const amountOf = (item: Fields, currency: string): number => {
  const price = objectField(item, 'price')
  const isMetered = objectField(price, 'recurring').usage_type === 'metered'
  if (isMetered || currencyOf(item) !== currency) return 0
  const minor = numberField(price, 'unit_amount_decimal') ?? numberField(price, 'unit_amount') ?? 0
  return stripeMajor(minor, currency) * (numberField(item, 'quantity') ?? 1)
}

const itemOf = (item: Fields, currency: string): RecurringItem => {
  const recurring = objectField(objectField(item, 'price'), 'recurring')
  return {
    amount: amountOf(item, currency),
    unit: textField(recurring, 'interval') ?? '',
    every: numberField(recurring, 'interval_count') ?? 1,
  }
}

/**
 * Webhooks contain a price in its own currency alone, which is not always the subscription's.
 * @see https://docs.stripe.com/api/prices/object#price_object-currency_options
 */
const priceOf = (object: Fields) => {
  const items = listField(objectField(object, 'items'), 'data')
  const currency = (items[0] && currencyOf(items[0])) ?? textField(object, 'currency') ?? ''
  return { currency, ...recurringPrice(items.map(item => itemOf(item, currency))) }
}

const stepOf = ({ topic, previous, object }: StripeEvent) => {
  if (topic === 'customer.subscription.deleted') return 'cancel'
  const isNew = topic === 'customer.subscription.created'
  if (object.status === 'active' && (isNew || BEFORE_START.has(textField(previous, 'status')))) return 'start'
  if (isNew && object.status === 'trialing') return 'trial'
  return isNew || PRICED.some(name => name in previous) ? 'change' : null
}

/**
 * The events of a subscription. A trial starts when it is created, and the subscription when it becomes active.
 * @see https://docs.stripe.com/billing/subscriptions/webhooks
 */
export const stripeSubscription = (event: StripeEvent): HookResult => {
  const { id, time, object, previous } = event
  const step = stepOf(event)
  if (step === null) return ignored(UNCHANGED)
  const subscription = {
    provider: 'stripe',
    webhook: id,
    id: textField(object, 'id') ?? '',
    time,
    customer: stripeId(object, 'customer'),
    user: textField(objectField(object, 'metadata'), USER_FIELD),
    status: textField(object, 'status') ?? '',
    statuses: STATUSES,
    price: priceOf(object),
    // Stripe ends subscriptions and trials on a schedule, so this is not visitor activity.
    isScheduled: step === 'cancel' || (step === 'start' && previous.status === 'trialing'),
  } as const
  return subscriptionResult(subscription, step)
}
