import type { Fields } from '../parse/fields'
import { listField, numberField, objectField, textField } from './field'
import type { HookResult } from './hookResult'
import { type PaddleEvent, paddleAmount } from './paddleEvent'
import { USER_FIELD } from './personOfHook'
import { type RecurringItem, recurringPrice } from './recurringPrice'
import { type SubscriptionStatuses, subscriptionResult } from './subscriptionResult'

/** @see https://developer.paddle.com/api-reference/subscriptions/overview */
const STATUSES: SubscriptionStatuses = new Map([
  ['trialing', 'trial'],
  ['active', 'active'],
  ['past_due', 'active'],
  ['paused', 'paused'],
])

/** The topics that say how a subscription begins; several can come for one. */
const BEGINNINGS: ReadonlySet<string> = new Set([
  'subscription.created',
  'subscription.activated',
  'subscription.trialing',
])

const itemOf = (item: Fields, currency: string): RecurringItem => {
  const price = objectField(item, 'price')
  const cycle = objectField(price, 'billing_cycle')
  return {
    amount: paddleAmount(objectField(price, 'unit_price'), 'amount', currency) * (numberField(item, 'quantity') ?? 1),
    unit: textField(cycle, 'interval') ?? '',
    every: numberField(cycle, 'frequency') ?? 1,
  }
}

const priceOf = (data: Fields) => {
  const currency = textField(data, 'currency_code') ?? ''
  const recurring = listField(data, 'items').filter(item => item.recurring !== false)
  return { currency, ...recurringPrice(recurring.map(item => itemOf(item, currency))) }
}

const stepOf = ({ topic, data }: PaddleEvent) => {
  if (data.status === 'canceled') return 'cancel'
  if (!BEGINNINGS.has(topic)) return 'change'
  return data.status === 'trialing' ? 'trial' : 'start'
}

/** The events of a subscription. A trial starts when it is created, and the subscription when it is activated. */
export const paddleSubscription = (event: PaddleEvent): HookResult => {
  const { id, topic, time, data, subject } = event
  const step = stepOf(event)
  const subscription = {
    provider: 'paddle',
    webhook: id,
    id: subject,
    time,
    customer: textField(data, 'customer_id'),
    user: textField(objectField(data, 'custom_data'), USER_FIELD),
    status: textField(data, 'status') ?? '',
    statuses: STATUSES,
    price: priceOf(data),
    // Paddle ends subscriptions and trials on a schedule, so this is not visitor activity.
    isScheduled: step === 'cancel' || (step === 'start' && topic !== 'subscription.created'),
  } as const
  return subscriptionResult(subscription, step)
}
