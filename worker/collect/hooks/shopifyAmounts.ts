import type { Fields } from '../parse/fields'
import { listField, numberField, objectField, textField } from './field'

/** Major units, and their currency where it stands beside them. */
interface ShopifyMoney {
  readonly amount: number
  readonly currency: string | null
}

/** An amount in the currency that the customer saw, as in the browser's events. */
export const shopifyMoney = (fields: Fields, name: string): ShopifyMoney => {
  const seen = objectField(objectField(fields, `${name}_set`), 'presentment_money')
  return {
    amount: numberField(seen, 'amount') ?? numberField(fields, name) ?? 0,
    currency: textField(seen, 'currency_code'),
  }
}

/** The sum of an amount over a list. */
export const shopifyTotal = (list: readonly Fields[], name: string): number =>
  list.reduce((sum, fields) => sum + shopifyMoney(fields, name).amount, 0)

/** @param isTaxed whether prices contain tax */
export const shopifyItem = (line: Fields, isTaxed: boolean) => {
  const quantity = numberField(line, 'quantity') ?? 1
  const tax = isTaxed ? shopifyTotal(listField(line, 'tax_lines'), 'price') : 0
  const discount = shopifyTotal(listField(line, 'discount_allocations'), 'amount')
  const price = shopifyMoney(line, 'price').amount - (discount + tax) / Math.max(1, quantity)
  return {
    item_id: textField(line, 'variant_id') ?? textField(line, 'product_id') ?? textField(line, 'id') ?? '',
    item_name: textField(line, 'title'),
    item_variant: textField(line, 'variant_title'),
    price: Math.max(0, price),
    quantity,
  }
}

const has = (fields: Fields, name: string): boolean => fields[name] != null || fields[`${name}_set`] != null

/** What a shipping line costs after its discounts. `discounted_price` lacks those of the order, old versions lack it. */
const shippingPrice = (line: Fields): number => {
  const listed = shopifyMoney(line, 'price').amount - shopifyTotal(listField(line, 'discount_allocations'), 'amount')
  return has(line, 'discounted_price') ? Math.min(listed, shopifyMoney(line, 'discounted_price').amount) : listed
}

/** `total_shipping_price` is before discounts. */
const shippingOf = (object: Fields, lines: readonly Fields[]): number =>
  lines.length > 0
    ? lines.reduce((sum, line) => sum + shippingPrice(line), 0)
    : shopifyMoney(object, 'total_shipping_price').amount

/**
 * The amounts and items of an order or a checkout. The subtotal is after discounts and before shipping, duties, taxes and
 * tips, but contains the taxes that prices contain. The total contains all of them.
 * @see https://shopify.dev/docs/api/admin-rest/latest/resources/order
 */
export const shopifyAmounts = (object: Fields) => {
  const isTaxed = object.taxes_included === true
  const total = shopifyMoney(object, 'total_price')
  const tax = shopifyMoney(object, 'total_tax').amount
  const lines = listField(object, 'shipping_lines')
  const shippingTax = isTaxed
    ? shopifyTotal(
        lines.flatMap(line => listField(line, 'tax_lines')),
        'price',
      )
    : 0
  const shipping = shippingOf(object, lines) - shippingTax
  const goods = has(object, 'subtotal_price')
    ? shopifyMoney(object, 'subtotal_price').amount - (isTaxed ? tax - shippingTax : 0)
    : total.amount - tax - shipping
  return {
    currency: total.currency ?? textField(object, 'presentment_currency') ?? textField(object, 'currency'),
    value: Math.max(0, goods),
    tax,
    shipping: Math.max(0, shipping),
    items: listField(object, 'line_items').map(line => shopifyItem(line, isTaxed)),
  }
}
