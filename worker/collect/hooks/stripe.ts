import { numberField, objectField, textField } from './field'
import type { HookProvider } from './hookProvider'
import { counted, type HookResult, ignored, uncounted } from './hookResult'
import { ORDER_FIELD, personOfHook, USER_FIELD } from './personOfHook'
import { timedSignature } from './signature'
import { type StripeEvent, stripeAmount, stripeEvent, stripeId } from './stripeEvent'
import { stripeSubscription } from './stripeSubscription'

const UNPAID = 'This checkout is not paid yet. It counts once checkout.session.async_payment_succeeded arrives.'
const NO_PAYMENT = 'A checkout without a payment is no order.'
const INVOICE =
  'Invoices are not orders. The checkout counts the first payment of a subscription; the others count in MRR.'
const REFUND = 'Refunds count once charge.refunded arrives.'

const metadata = ({ object }: StripeEvent, name: string): string | null =>
  textField(objectField(object, 'metadata'), name)

/** @param fields the fields that can name the order, the first that does counts */
const transactionOf = (event: StripeEvent, fields: readonly string[]): string =>
  metadata(event, ORDER_FIELD) ??
  fields.map(name => stripeId(event.object, name)).find(id => id !== null) ??
  textField(event.object, 'id') ??
  ''

const purchase = (event: StripeEvent) => {
  const { object } = event
  const currency = textField(object, 'currency') ?? ''
  const details = objectField(object, 'total_details')
  const tax = stripeAmount(details, 'amount_tax', currency)
  const shipping = stripeAmount(details, 'amount_shipping', currency)
  const value = Math.max(0, stripeAmount(object, 'amount_total', currency) - tax - shipping)
  return { transaction_id: transactionOf(event, ['payment_intent', 'invoice']), currency, value, tax, shipping }
}

/**
 * A checkout is an order if money was paid, or if its goods were free. One that begins a trial only says who it was.
 * @see https://docs.stripe.com/api/checkout/sessions/object
 */
const checkout = (event: StripeEvent): HookResult => {
  const { object, time } = event
  if (object.payment_status === 'unpaid') return ignored(UNPAID)
  const session = textField(object, 'id') ?? ''
  const id = `stripe:${session}`
  const customer = stripeId(object, 'customer')
  const user = metadata(event, USER_FIELD) ?? textField(object, 'client_reference_id')
  if (object.payment_status === 'paid' || object.mode === 'payment') {
    return counted({ id, name: 'purchase', time, ...personOfHook(customer ?? session, user), ...purchase(event) })
  }
  if (customer === null || user === null) return ignored(NO_PAYMENT)
  return counted({ id, name: 'identify', time, ...personOfHook(customer, user) })
}

/**
 * A charge says how much of it has been refunded so far, and how much before. Without a value, the event refunds the
 * whole order, whose value is without tax. Of a subscription, whose order is the invoice, old versions of the API say it.
 * @see https://docs.stripe.com/api/charges/object
 */
const chargeRefunded = (event: StripeEvent): HookResult => {
  const { object, previous, time } = event
  const charge = textField(object, 'id') ?? ''
  const currency = textField(object, 'currency') ?? ''
  const soFar = stripeAmount(object, 'amount_refunded', currency)
  const before = stripeAmount(previous, 'amount_refunded', currency)
  const isWhole = before === 0 && object.refunded === true
  return counted({
    id: `stripe:refund:${charge}:${numberField(object, 'amount_refunded')}`,
    name: 'refund',
    time,
    ...personOfHook(stripeId(object, 'customer') ?? charge, metadata(event, USER_FIELD)),
    transaction_id: transactionOf(event, ['invoice', 'payment_intent']),
    ...(!isWhole && { currency, value: soFar - before }),
  })
}

/** A refund does not say which order it belongs to, nor how much was refunded before. */
const refundCreated = (): HookResult => ignored(REFUND)

const invoice = (): HookResult => ignored(INVOICE)

/** @see https://docs.stripe.com/api/events/types */
const TOPICS: ReadonlyMap<string, (event: StripeEvent) => HookResult> = new Map([
  ['checkout.session.completed', checkout],
  ['checkout.session.async_payment_succeeded', checkout],
  ['charge.refunded', chargeRefunded],
  ['refund.created', refundCreated],
  ['customer.subscription.created', stripeSubscription],
  ['customer.subscription.updated', stripeSubscription],
  ['customer.subscription.deleted', stripeSubscription],
  ['invoice.paid', invoice],
  ['invoice.payment_succeeded', invoice],
])

/** @see https://docs.stripe.com/webhooks#verify-manually */
const SCHEME = { separator: ',', time: 't', value: 'v1', joint: '.' }

export const stripe: HookProvider = {
  id: 'stripe',
  name: 'Stripe',
  signatureHeader: 'Stripe-Signature',
  signatureOf: (header, body) => timedSignature(header, body, SCHEME),
  read: body => {
    const event = stripeEvent(body)
    return TOPICS.get(event.topic)?.(event) ?? uncounted(event.topic)
  },
}
