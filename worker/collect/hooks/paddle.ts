import { listField, numberField, objectField, textField } from './field'
import type { HookProvider } from './hookProvider'
import { counted, type HookResult, ignored, uncounted } from './hookResult'
import { type PaddleEvent, paddleAmount, paddleEvent } from './paddleEvent'
import { paddleSubscription } from './paddleSubscription'
import { ORDER_FIELD, personOfHook, USER_FIELD } from './personOfHook'
import { timedSignature } from './signature'

const RENEWAL = 'Renewals are not orders. They count in MRR.'
const FREE = 'A checkout that starts a subscription without a payment is not an order.'

/** Transactions that Paddle makes by itself when a subscription goes on or changes. */
const RENEWALS: ReadonlySet<unknown> = new Set([
  'subscription_recurring',
  'subscription_update',
  'subscription_payment_method_change',
])

const itemOf = (line: PaddleEvent['data'], currency: string) => {
  const product = objectField(line, 'product')
  const quantity = Number(line.quantity ?? 1)
  const totals = objectField(line, 'totals')
  const paid = paddleAmount(totals, 'total', currency) - paddleAmount(totals, 'tax', currency)
  return {
    item_id: textField(line, 'price_id'),
    item_name: textField(product, 'name'),
    price: Math.max(0, paid) / Math.max(1, quantity),
    quantity,
  }
}

/** A checkout that starts a trial only says who it was. */
const trial = ({ data, subject, time }: PaddleEvent): HookResult => {
  const customer = textField(data, 'customer_id')
  const user = textField(objectField(data, 'custom_data'), USER_FIELD)
  if (customer === null || user === null) return ignored(FREE)
  return counted({ id: `paddle:${subject}`, name: 'identify', time, ...personOfHook(customer, user) })
}

/** @see https://developer.paddle.com/webhooks/transactions/transaction-completed */
const transaction = (event: PaddleEvent): HookResult => {
  const { data, subject, time } = event
  if (RENEWALS.has(data.origin)) return ignored(RENEWAL)
  const custom = objectField(data, 'custom_data')
  const currency = textField(data, 'currency_code') ?? ''
  const details = objectField(data, 'details')
  const totals = objectField(details, 'totals')
  if (numberField(totals, 'total') === 0 && textField(data, 'subscription_id') !== null) return trial(event)
  const tax = paddleAmount(totals, 'tax', currency)
  return counted({
    id: `paddle:${subject}`,
    name: 'purchase',
    time,
    ...personOfHook(textField(data, 'customer_id') ?? subject, textField(custom, USER_FIELD)),
    transaction_id: textField(custom, ORDER_FIELD) ?? subject,
    currency,
    value: Math.max(0, paddleAmount(totals, 'total', currency) - tax),
    tax,
    items: listField(details, 'line_items').map(line => itemOf(line, currency)),
  })
}

/**
 * A refund counts once it is approved, without its tax.
 * @see https://developer.paddle.com/webhooks/adjustments/adjustment-updated
 */
const adjustment = ({ data, subject, time }: PaddleEvent): HookResult => {
  if (data.action !== 'refund') return ignored('Only adjustments that are refunds count.')
  if (data.status !== 'approved') return ignored('This refund is not approved. adjustment.updated says when it is.')
  const currency = textField(data, 'currency_code') ?? ''
  return counted({
    id: `paddle:${subject}`,
    name: 'refund',
    time,
    ...personOfHook(textField(data, 'customer_id') ?? subject, null),
    transaction_id: textField(data, 'transaction_id') ?? '',
    currency,
    value: paddleAmount(objectField(data, 'totals'), 'subtotal', currency),
  })
}

const TOPICS: ReadonlyMap<string, (event: PaddleEvent) => HookResult> = new Map([
  ['transaction.completed', transaction],
  ['adjustment.created', adjustment],
  ['adjustment.updated', adjustment],
  ['subscription.created', paddleSubscription],
  ['subscription.activated', paddleSubscription],
  ['subscription.trialing', paddleSubscription],
  ['subscription.updated', paddleSubscription],
  ['subscription.past_due', paddleSubscription],
  ['subscription.paused', paddleSubscription],
  ['subscription.resumed', paddleSubscription],
  ['subscription.canceled', paddleSubscription],
])

/** @see https://developer.paddle.com/webhooks/about/signature-verification */
const SCHEME = { separator: ';', time: 'ts', value: 'h1', joint: ':' }

export const paddle: HookProvider = {
  id: 'paddle',
  name: 'Paddle',
  signatureHeader: 'Paddle-Signature',
  signatureOf: (header, body) => timedSignature(header, body, SCHEME),
  read: body => {
    const event = paddleEvent(body)
    return TOPICS.get(event.topic)?.(event) ?? uncounted(event.topic)
  },
}
