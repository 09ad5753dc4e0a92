import { expect, test } from 'vitest'
import { shopifyCart, shopifyCheckout, shopifyOrder, shopifyRefund } from '../../../test/webhooks/shopifyBodies'
import { shopify } from './shopify'

const CART = '68778783ad298f1c80c3bafcddeea02f'
const ITEM = { item_id: '808950810', item_name: 'IPod Nano - 8GB', item_variant: 'Pink', price: 20, quantity: 2 }

test('an order is in the currency of the customer, without tax and shipping, and the same from both topics', () => {
  const paid = shopify.read(shopifyOrder(), 'orders/paid')
  expect(paid).toEqual({
    events: [
      {
        id: 'shopify:order:820982911946154',
        name: 'purchase',
        time: Date.UTC(2026, 2, 10, 12),
        visitor_id: CART,
        user_id: '115310627314723',
        transaction_id: '820982911946154',
        currency: 'EUR',
        value: 40,
        tax: 8,
        shipping: 5,
        items: [ITEM],
        coupon: 'SPRING',
      },
    ],
  })
  expect(shopify.read(shopifyOrder(), 'orders/create')).toEqual(paid)
  expect(shopify.read(shopifyOrder({ financial_status: 'pending' }), 'orders/create')).toHaveProperty('ignored')
  expect(JSON.stringify(paid)).not.toContain('@')
})

test('prices that contain tax count without it', () => {
  const tax_lines = [{ price: '1.00' }]
  const more = { taxes_included: true, total_price: '45.00', total_price_set: undefined, total_tax: '9.00' }
  const order = shopifyOrder({ ...more, total_tax_set: undefined, shipping_lines: [{ price: '5.00', tax_lines }] })
  expect(shopify.read(order, 'orders/paid')).toMatchObject({
    events: [{ currency: 'USD', value: 32, tax: 9, shipping: 4, items: [{ price: 16 }] }],
  })
})

test('shipping counts after its discounts, and goods without tips and duties', () => {
  const amounts = (more: object) => {
    const result = shopify.read(shopifyOrder({ total_price_set: undefined, ...more }), 'orders/paid')
    return 'events' in result ? [result.events[0]?.value, result.events[0]?.shipping] : result
  }
  const discount_allocations = [{ amount: '5.00' }]
  const line = { price: '5.00', tax_lines: [], discount_allocations }
  const old = { subtotal_price: undefined, subtotal_price_set: undefined }
  expect(amounts({ total_price: '48.00', shipping_lines: [{ ...line, discounted_price: '0.00' }] })).toEqual([40, 0])
  expect(amounts({ total_price: '48.00', shipping_lines: [line] })).toEqual([40, 0])
  expect(amounts({ ...old, total_price: '48.00', shipping_lines: [line] })).toEqual([40, 0])
  expect(amounts({ ...old, total_price: '53.00', shipping_lines: [] })).toEqual([40, 5])
  const extras = { total_tip_received: '4.00', original_total_duties_set: { shop_money: { amount: '3.00' } } }
  expect(amounts({ total_price: '60.00', ...extras })).toEqual([40, 5])
})

test('test orders and their refunds do not count', () => {
  for (const topic of ['orders/paid', 'orders/create']) {
    expect(shopify.read(shopifyOrder({ test: true }), topic)).toEqual({ ignored: 'A test order.' })
  }
  const transactions = shopifyRefund().transactions.map(transaction => ({ ...transaction, test: true }))
  expect(shopify.read(shopifyRefund({ transactions }), 'refunds/create')).toEqual({ ignored: 'A test order.' })
})

test('the user of a cart attribute counts, and a guest is the order', () => {
  const note_attributes = [{ name: 'footfall_user', value: 'u_42' }]
  expect(shopify.read(shopifyOrder({ note_attributes }), 'orders/paid')).toMatchObject({
    events: [{ user_id: 'u_42' }],
  })
  const guest = shopify.read(shopifyOrder({ customer: null, cart_token: null }), 'orders/paid')
  expect(guest).toMatchObject({ events: [{ visitor_id: 'order:820982911946154' }] })
})

test('a refund is what was paid back for the goods', () => {
  expect(shopify.read(shopifyRefund(), 'refunds/create')).toMatchObject({
    events: [
      {
        name: 'refund',
        time: Date.UTC(2026, 2, 11, 12),
        transaction_id: '820982911946154',
        currency: 'EUR',
        value: 20,
        items: [{ item_id: '808950810', quantity: 1 }],
      },
    ],
  })
  expect(shopify.read(shopifyRefund({ transactions: [] }), 'refunds/create')).toHaveProperty('ignored')
})

test('a checkout begins one, of the visitor of its cart', () => {
  expect(shopify.read(shopifyCheckout(), 'checkouts/create')).toMatchObject({
    events: [{ name: 'begin_checkout', visitor_id: CART, currency: 'EUR', value: 40 }],
  })
})

test('each product of a cart is one event, whichever webhook of the cart it is in', () => {
  const cart = shopifyCart('2026-03-10T11:45:00.000Z', { variant: 1, quantity: 2 }, { variant: 2, quantity: 1 })
  const updated = shopify.read(cart, 'carts/update')
  expect(updated).toMatchObject({
    events: [
      { id: `shopify:cart:${CART}:1`, name: 'add_to_cart', visitor_id: CART, currency: 'EUR', value: 40 },
      { id: `shopify:cart:${CART}:2`, value: 20, items: [{ item_id: '2', quantity: 1 }] },
    ],
  })
  expect(shopify.read(cart, 'carts/create')).toEqual(updated)
  expect(shopify.read(shopifyCart('2026-03-10T11:45:00.000Z'), 'carts/update')).toHaveProperty('ignored')
})

test('other topics are ignored', () => {
  expect(shopify.read(shopifyOrder(), 'orders/updated')).toHaveProperty('ignored')
  expect(shopify.read(shopifyOrder(), '')).toHaveProperty('ignored')
})
