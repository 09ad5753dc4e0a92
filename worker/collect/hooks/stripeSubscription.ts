import type { SUBSCRIPTION_STATUSES } from '../../../shared/subscription'
import type { Fields } from '../parse/fields'
import { listField, numberField, objectField, textField } from './field'
import { counted, type HookEvent, type HookResult, ignored } from './hookResult'
import { personOfHook, USER_FIELD } from './personOfHook'
import { type RecurringItem, recurringPrice } from './recurringPrice'
import { type StripeEvent, stripeId, stripeMajor } from './stripeEvent'

/**
 * Stripe's states of a subscription that has begun.
 * @see https://docs.stripe.com/api/subscriptions/object#subscription_object-status
 */
const STATUSES: ReadonlyMap<string, (typeof SUBSCRIPTION_STATUSES)[number]> = new Map([
  ['trialing', 'trial'],
  ['active', 'active'],
  ['past_due', 'active'],
  ['unpaid', 'paused'],
  ['paused', 'paused'],
])

/** States after which a subscription that is paid for has started. */
const BEFORE_START: ReadonlySet<string | null> = new Set(['incomplete', 'trialing'])

const UNCHANGED = 'Neither the price nor the state of the subscription changed.'

/** What changes the price or the state of a subscription; a renewal changes other fields. */
const PRICED = ['status', 'items', 'plan', 'quantity'] as const

const itemOf = (item: Fields): RecurringItem => {
  const price = objectField(item, 'price')
  const recurring = objectField(price, 'recurring')
  const minor = numberField(price, 'unit_amount_decimal') ?? numberField(price, 'unit_amount') ?? 0
  return {
    amount: stripeMajor(minor, textField(price, 'currency') ?? '') * (numberField(item, 'quantity') ?? 1),
    unit: textField(recurring, 'interval') ?? '',
    every: numberField(recurring, 'interval_count') ?? 1,
  }
}

const identityOf = ({ object }: StripeEvent, subscription: string) => ({
  ...personOfHook(stripeId(object, 'customer') ?? subscription, textField(objectField(object, 'metadata'), USER_FIELD)),
  subscription_id: subscription,
})

/** The whole state of a subscription: no event depends on those before. */
const stateOf = ({ object }: StripeEvent, status: string) => ({
  currency: textField(object, 'currency') ?? '',
  ...recurringPrice(listField(objectField(object, 'items'), 'data').map(itemOf)),
  status,
})

/** Whether the subscription is paid for now and was not before. */
const isStart = ({ topic, previous }: StripeEvent, status: string): boolean =>
  status === 'active' && (topic === 'customer.subscription.created' || BEFORE_START.has(textField(previous, 'status')))

/**
 * The events of a subscription. A trial starts when it is created, and the subscription when it is paid for.
 * @see https://docs.stripe.com/billing/subscriptions/webhooks
 */
export const stripeSubscription = (event: StripeEvent): HookResult => {
  const { id, topic, time, object, previous } = event
  const subscription = textField(object, 'id') ?? ''
  const made = (kind: string, name: HookEvent['name']): HookEvent => ({
    id: `stripe:${subscription}:${kind}`,
    name,
    time,
    ...identityOf(event, subscription),
  })
  // Stripe ends subscriptions, and trials, by the clock: nobody was there.
  if (topic === 'customer.subscription.deleted') {
    return counted({ ...made('cancel', 'subscription_cancel'), interactive: false })
  }
  const given = textField(object, 'status') ?? ''
  const status = STATUSES.get(given)
  if (!status) return ignored(`A subscription with the status "${given.slice(0, 60)}" has not begun.`)
  if (isStart(event, status)) {
    const start = { ...made('start', 'subscription_start'), ...stateOf(event, status) }
    return counted(previous.status === 'trialing' ? { ...start, interactive: false } : start)
  }
  if (topic === 'customer.subscription.created' && status === 'trial') return counted(made('trial', 'trial_start'))
  if (topic === 'customer.subscription.updated' && !PRICED.some(name => name in previous)) return ignored(UNCHANGED)
  return counted({ ...made(id, 'subscription_change'), ...stateOf(event, status) })
}
