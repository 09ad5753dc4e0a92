import type { Fields } from '../parse/fields'
import { listField, numberField, textField } from './field'
import type { HookProvider } from './hookProvider'
import { counted, type HookEvent, type HookResult, ignored, uncounted } from './hookResult'
import { personOfHook, USER_FIELD } from './personOfHook'
import { bodySignature } from './signature'

/** A refunded order was paid, too. */
const PAID: ReadonlySet<string> = new Set(['processing', 'completed', 'refunded'])

/** Epoch milliseconds of a time that WooCommerce writes without its zone, UTC. */
const utc = (fields: Fields, name: string): number => Date.parse(`${textField(fields, name) ?? ''}Z`)

/** 0 is a guest. */
const customerOf = (order: Fields): string | null => {
  const id = textField(order, 'customer_id')
  return id === '0' ? null : id
}

const personOf = (order: Fields, id: string) => {
  const given = listField(order, 'meta_data').find(({ key }) => key === USER_FIELD)
  const user = (given ? textField(given, 'value') : null) ?? customerOf(order)
  return personOfHook(user === null ? `order:${id}` : null, user)
}

const itemOf = (line: Fields) => {
  const quantity = numberField(line, 'quantity') ?? 1
  const variation = textField(line, 'variation_id')
  return {
    item_id: variation && variation !== '0' ? variation : textField(line, 'product_id'),
    item_name: textField(line, 'name'),
    price: Math.max(0, numberField(line, 'total') ?? 0) / Math.max(1, quantity),
    quantity,
  }
}

const goodsOf = (order: Fields): number =>
  Math.max(
    0,
    (numberField(order, 'total') ?? 0) -
      (numberField(order, 'total_tax') ?? 0) -
      (numberField(order, 'shipping_total') ?? 0),
  )

/** An order, at the time it was placed: every webhook of one order then says the same, unless the order was edited. */
const purchase = (order: Fields, id: string): HookEvent => {
  const codes = listField(order, 'coupon_lines').flatMap(line => textField(line, 'code') ?? [])
  return {
    id: `woocommerce:order:${id}`,
    name: 'purchase',
    time: utc(order, 'date_created_gmt'),
    ...personOf(order, id),
    transaction_id: id,
    currency: textField(order, 'currency'),
    value: goodsOf(order),
    tax: numberField(order, 'total_tax') ?? 0,
    shipping: numberField(order, 'shipping_total') ?? 0,
    items: listField(order, 'line_items').map(itemOf),
    ...(codes.length > 0 && { coupon: codes.join(',') }),
  }
}

const refundOf = (order: Fields, id: string, kind: string, amounts: Partial<HookEvent>): HookEvent => ({
  id: `woocommerce:order:${id}:${kind}`,
  name: 'refund',
  // WooCommerce sends no date with a refund. Of the webhooks that contain it, the earliest counts.
  time: utc(order, 'date_modified_gmt'),
  ...personOf(order, id),
  transaction_id: id,
  ...amounts,
})

/**
 * The refunds of an order, each without its share of tax and shipping. Without a value, an event refunds the whole order,
 * whose value is without them.
 */
const refundsOf = (order: Fields, id: string): HookEvent[] => {
  const refunds = listField(order, 'refunds').map(refund => ({
    refund: textField(refund, 'id') ?? '',
    amount: Math.abs(numberField(refund, 'total') ?? 0),
  }))
  const total = numberField(order, 'total') ?? 0
  const isWhole = refunds.length === 1 && refunds[0]?.amount === total
  if (isWhole || (refunds.length === 0 && order.status === 'refunded')) return [refundOf(order, id, 'refunded', {})]
  const currency = textField(order, 'currency')
  return refunds.map(({ refund, amount }) => {
    const value = total > 0 ? (amount * goodsOf(order)) / total : 0
    return refundOf(order, id, `refund:${refund}`, { currency, value })
  })
}

/**
 * The topics of an order all send the whole order.
 * @see https://woocommerce.github.io/woocommerce-rest-api-docs/#order-properties
 */
const order = (body: Fields): HookResult => {
  const status = textField(body, 'status') ?? ''
  if (!PAID.has(status)) return ignored(`An order with the status "${status.slice(0, 60)}" is not paid.`)
  const id = textField(body, 'id') ?? ''
  return counted(purchase(body, id), ...refundsOf(body, id))
}

const TOPICS: ReadonlySet<string> = new Set(['order.created', 'order.updated', 'order.restored'])

/** @see https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks */
export const woocommerce: HookProvider = {
  id: 'woocommerce',
  name: 'WooCommerce',
  signatureHeader: 'X-WC-Webhook-Signature',
  signatureOf: bodySignature,
  topicHeader: 'X-WC-Webhook-Topic',
  isPing: body => /^webhook_id=\d+$/.test(body),
  read: (body, topic) => (TOPICS.has(topic) ? order(body) : uncounted(topic)),
}
