import type { SUBSCRIPTION_STATUSES } from '../../../shared/subscription'
import type { Fields } from '../parse/fields'
import { listField, numberField, objectField, textField } from './field'
import { counted, type HookEvent, type HookResult, ignored } from './hookResult'
import { type PaddleEvent, paddleAmount } from './paddleEvent'
import { personOfHook, USER_FIELD } from './personOfHook'
import { type RecurringItem, recurringPrice } from './recurringPrice'

/** @see https://developer.paddle.com/api-reference/subscriptions/overview */
const STATUSES: ReadonlyMap<string | null, (typeof SUBSCRIPTION_STATUSES)[number]> = new Map([
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

/** The whole state of a subscription: no event depends on those before. */
const stateOf = ({ data }: PaddleEvent, status: string) => {
  const currency = textField(data, 'currency_code') ?? ''
  const recurring = listField(data, 'items').filter(item => item.recurring !== false)
  return { currency, ...recurringPrice(recurring.map(item => itemOf(item, currency))), status }
}

/** The events of a subscription. A trial starts when it is created, and the subscription when it is paid for. */
export const paddleSubscription = (event: PaddleEvent): HookResult => {
  const { id, topic, time, data, subject } = event
  const user = textField(objectField(data, 'custom_data'), USER_FIELD)
  const made = (kind: string, name: HookEvent['name']): HookEvent => ({
    id: `paddle:${subject}:${kind}`,
    name,
    time,
    ...personOfHook(textField(data, 'customer_id') ?? subject, user),
    subscription_id: subject,
  })
  const given = textField(data, 'status')
  // Paddle ends subscriptions, and trials, by the clock: nobody was there.
  if (given === 'canceled') return counted({ ...made('cancel', 'subscription_cancel'), interactive: false })
  const status = STATUSES.get(given)
  if (!status) return ignored(`A subscription with the status "${given?.slice(0, 60)}" has not begun.`)
  if (!BEGINNINGS.has(topic)) return counted({ ...made(id, 'subscription_change'), ...stateOf(event, status) })
  if (status === 'trial') return counted(made('trial', 'trial_start'))
  const start = { ...made('start', 'subscription_start'), ...stateOf(event, status) }
  return counted(topic === 'subscription.created' ? start : { ...start, interactive: false })
}
