import { expect, test } from 'vitest'
import { woocommerceOrder } from '../../../test/webhooks/woocommerceBodies'
import { woocommerce } from './woocommerce'

const read = (more = {}, topic = 'order.updated') => woocommerce.read(woocommerceOrder(more), topic)

test('a paid order is a purchase without tax and shipping, the same from every webhook', () => {
  const created = read({}, 'order.created')
  expect(created).toEqual({
    events: [
      {
        id: 'woocommerce:order:727',
        name: 'purchase',
        time: Date.UTC(2026, 2, 10, 12),
        user_id: '25',
        transaction_id: '727',
        currency: 'USD',
        value: 28,
        tax: 1.35,
        shipping: 10,
        items: [
          { item_id: '93', item_name: 'Woo Single #1', price: 4, quantity: 2 },
          { item_id: '23', item_name: 'Ship Your Idea – S', price: 20, quantity: 1 },
        ],
      },
    ],
  })
  expect(read({ status: 'completed', date_modified_gmt: '2026-03-12T12:00:00' })).toEqual(created)
  expect(JSON.stringify(created)).not.toContain('@')
})

test('an order that is not paid, and other topics, are ignored', () => {
  for (const status of ['pending', 'on-hold', 'failed', 'cancelled', 'checkout-draft']) {
    expect(read({ status })).toHaveProperty('ignored')
  }
  expect(read({}, 'order.deleted')).toHaveProperty('ignored')
})

test('a guest is the order, and a given user is a user', () => {
  expect(read({ customer_id: 0 })).toMatchObject({ events: [{ visitor_id: 'order:727' }] })
  const meta_data = [{ id: 1, key: 'footfall_user', value: 'u_42' }]
  expect(read({ customer_id: 0, meta_data })).toMatchObject({ events: [{ user_id: 'u_42' }] })
})

test('each refund of an order counts without its share of tax and shipping, and one of everything refunds the order', () => {
  const refunds = [
    { id: 726, total: '-10.00' },
    { id: 728, total: '-5.50' },
  ]
  expect(read({ refunds, total: '40.00', total_tax: '2.00', shipping_total: '8.00' })).toMatchObject({
    events: [
      { name: 'purchase' },
      { id: 'woocommerce:order:727:refund:726', name: 'refund', transaction_id: '727', value: 7.5 },
      { id: 'woocommerce:order:727:refund:728', value: 4.125 },
    ],
  })
  const whole = read({ status: 'refunded', refunds: [{ id: 726, total: '-39.35' }] })
  expect(whole).toMatchObject({ events: [{ name: 'purchase' }, { id: 'woocommerce:order:727:refunded' }] })
  expect(JSON.stringify(whole)).not.toContain('39.35')
  expect(read({ status: 'refunded' })).toEqual(whole)
})

test('a ping has no signature', () => {
  expect(
    ['webhook_id=25', 'webhook_id=', '{"webhook_id":25}', 'webhook_id=25&x=1'].map(body => woocommerce.isPing?.(body)),
  ).toEqual([true, false, false, false])
})
