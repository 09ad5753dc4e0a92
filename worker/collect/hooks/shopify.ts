import type { Fields } from '../parse/fields'
import { listField, objectField, textField, timeField } from './field'
import type { HookProvider } from './hookProvider'
import { counted, type HookEvent, type HookResult, ignored, uncounted } from './hookResult'
import { personOfHook, USER_FIELD } from './personOfHook'
import { shopifyAmounts, shopifyItem, shopifyMoney, shopifyTotal } from './shopifyAmounts'
import { bodySignature } from './signature'

/** Whether somebody has paid for an order, or has promised to. */
const PAID: ReadonlySet<string | null> = new Set([
  'authorized',
  'paid',
  'partially_paid',
  'partially_refunded',
  'refunded',
])

const NOT_PAID = 'This order is not paid yet. It counts once orders/paid arrives.'
const TEST = 'A test order.'
const EMPTY_CART = 'The cart is empty.'
const NO_MONEY = 'This refund returned no money.'

/** A cart has no customer; its token, which checkout and order repeat, joins it to one. */
const personOf = (object: Fields, otherwise: string) => {
  const attribute = listField(object, 'note_attributes').find(({ name }) => name === USER_FIELD)
  const user = (attribute ? textField(attribute, 'value') : null) ?? textField(objectField(object, 'customer'), 'id')
  const token = textField(object, 'cart_token')
  return personOfHook(token ?? (user === null ? otherwise : null), user)
}

/**
 * An order, at the time it was placed: the topics of one order then say the same.
 * @see https://shopify.dev/docs/api/admin-rest/latest/resources/order
 */
const order = (object: Fields): HookResult => {
  if (object.test === true) return ignored(TEST)
  const id = textField(object, 'id') ?? ''
  const codes = listField(object, 'discount_codes').flatMap(one => textField(one, 'code') ?? [])
  return counted({
    id: `shopify:order:${id}`,
    name: 'purchase',
    time: timeField(object, 'created_at'),
    ...personOf(object, `order:${id}`),
    transaction_id: id,
    ...shopifyAmounts(object),
    ...(codes.length > 0 && { coupon: codes.join(',') }),
  })
}

const orderCreated = (object: Fields): HookResult =>
  PAID.has(textField(object, 'financial_status')) ? order(object) : ignored(NOT_PAID)

/**
 * What was paid back, without the tax and the shipping that came back with it.
 * @see https://shopify.dev/docs/api/admin-rest/latest/resources/refund
 */
const refund = (object: Fields): HookResult => {
  const payments = listField(object, 'transactions').filter(
    ({ kind, status }) => kind === 'refund' && status === 'success',
  )
  const [payment] = payments
  if (!payment) return ignored(NO_MONEY)
  if (payment.test === true) return ignored(TEST)
  const id = textField(object, 'id') ?? ''
  const lines = listField(object, 'refund_line_items')
  const shipping = listField(object, 'order_adjustments').filter(({ kind }) => kind === 'shipping_refund')
  const kept =
    shopifyTotal(lines, 'total_tax') -
    // Adjustments are below 0.
    shopifyTotal(shipping, 'amount') -
    shopifyTotal(shipping, 'tax_amount')
  const items = lines.map(line => {
    const { item_id } = shopifyItem(objectField(line, 'line_item'), false)
    return { item_id, quantity: line.quantity }
  })
  return counted({
    id: `shopify:refund:${id}`,
    name: 'refund',
    time: timeField(object, 'created_at'),
    ...personOfHook(`refund:${id}`, null),
    transaction_id: textField(object, 'order_id') ?? '',
    currency: shopifyMoney(payment, 'amount').currency ?? textField(payment, 'currency'),
    value: Math.max(0, shopifyTotal(payments, 'amount') - kept),
    ...(items.length > 0 && { items }),
  })
}

/** @see https://shopify.dev/docs/api/webhooks */
const checkout = (object: Fields): HookResult => {
  const token = textField(object, 'token') ?? ''
  return counted({
    id: `shopify:checkout:${token}`,
    name: 'begin_checkout',
    time: timeField(object, 'created_at'),
    ...personOf(object, `checkout:${token}`),
    ...shopifyAmounts(object),
  })
}

/**
 * A webhook holds a whole cart. Each product in it is one event, with an id of cart and product: of those with one id the
 * earliest counts, so a product counts once, when it was first in the cart, in whatever order the webhooks come.
 */
const cart = (object: Fields): HookResult => {
  const token = textField(object, 'token') ?? textField(object, 'id') ?? ''
  const added = listField(object, 'line_items').map((line): HookEvent => {
    const item = shopifyItem(line, false)
    const { currency } = shopifyMoney(line, 'line_price')
    return {
      id: `shopify:cart:${token}:${item.item_id}`,
      name: 'add_to_cart',
      time: timeField(object, 'updated_at'),
      ...personOfHook(token, null),
      ...(currency !== null && { currency }),
      value: item.price * item.quantity,
      items: [item],
    }
  })
  return added.length > 0 ? counted(...added) : ignored(EMPTY_CART)
}

const TOPICS: ReadonlyMap<string, (object: Fields) => HookResult> = new Map([
  ['orders/create', orderCreated],
  ['orders/paid', order],
  ['refunds/create', refund],
  ['checkouts/create', checkout],
  ['carts/create', cart],
  ['carts/update', cart],
])

export const shopify: HookProvider = {
  id: 'shopify',
  name: 'Shopify',
  // https://shopify.dev/docs/apps/build/webhooks/subscribe/https#step-2-validate-the-origin-of-your-webhook
  signatureHeader: 'X-Shopify-Hmac-Sha256',
  signatureOf: bodySignature,
  topicHeader: 'X-Shopify-Topic',
  testHeader: 'X-Shopify-Test',
  read: (body, topic) => TOPICS.get(topic)?.(body) ?? uncounted(topic),
}
