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

const shippingOf = (object: Fields, isTaxed: boolean): number => {
  const lines = listField(object, 'shipping_lines')
  const given = shopifyMoney(object, 'total_shipping_price').amount
  const gross = given > 0 ? given : shopifyTotal(lines, 'price')
  const taxes = lines.flatMap(line => listField(line, 'tax_lines'))
  return gross - (isTaxed ? shopifyTotal(taxes, 'price') : 0)
}

/** The amounts and items of an order or a checkout: its total, and what of it is tax and shipping. */
export const shopifyAmounts = (object: Fields) => {
  const isTaxed = object.taxes_included === true
  const total = shopifyMoney(object, 'total_price')
  const tax = shopifyMoney(object, 'total_tax').amount
  const shipping = shippingOf(object, isTaxed)
  return {
    currency: total.currency ?? textField(object, 'presentment_currency') ?? textField(object, 'currency'),
    value: Math.max(0, total.amount - tax - shipping),
    tax,
    shipping: Math.max(0, shipping),
    items: listField(object, 'line_items').map(line => shopifyItem(line, isTaxed)),
  }
}
