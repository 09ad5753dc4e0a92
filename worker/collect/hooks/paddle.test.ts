import { expect, test } from 'vitest'
import {
  paddleAdjustment,
  paddleBody,
  paddleSubscriptionObject,
  paddleTransaction,
} from '../../../test/webhooks/paddleBodies'
import { paddle } from './paddle'

const read = (type: string, data: Readonly<Record<string, unknown>>) => paddle.read(paddleBody('evt_1', type, data), '')

test('a transaction is an order without tax; a renewal is none', () => {
  expect(read('transaction.completed', paddleTransaction())).toEqual({
    events: [
      {
        id: 'paddle:txn_01hv8wptq8987qeep44cyrewp9',
        name: 'purchase',
        time: Date.UTC(2026, 2, 10, 12, 0, 0, 123),
        visitor_id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4',
        transaction_id: 'txn_01hv8wptq8987qeep44cyrewp9',
        currency: 'USD',
        value: 599,
        tax: 53.15,
        items: [
          { item_id: 'pri_01gsz8x8sawmvhz1pv30nge1ke', item_name: 'AeroEdit Pro', price: 30, quantity: 10 },
          { item_id: 'pri_01h1vjfevh5etwq3rb416a23h2', item_name: 'Analytics addon', price: 100, quantity: 1 },
          { item_id: 'pri_01gsz98e27ak2tyhexptwc58yk', item_name: 'Custom domains', price: 199, quantity: 1 },
        ],
      },
    ],
  })
  const custom_data = { footfall_user: 'u_42', footfall_order: 'T1' }
  expect(read('transaction.completed', paddleTransaction({ custom_data }))).toMatchObject({
    events: [{ user_id: 'u_42', transaction_id: 'T1' }],
  })
  expect(read('transaction.completed', paddleTransaction({ origin: 'subscription_recurring' }))).toHaveProperty(
    'ignored',
  )
})

test('a checkout that starts a free trial is no order, and says who it was', () => {
  const details = { totals: { subtotal: '0', tax: '0', total: '0' }, line_items: [] }
  expect(read('transaction.completed', paddleTransaction({ details }))).toHaveProperty('ignored')
  const custom_data = { footfall_user: 'u_42' }
  expect(read('transaction.completed', paddleTransaction({ details, custom_data }))).toMatchObject({
    events: [{ name: 'identify', visitor_id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4', user_id: 'u_42' }],
  })
  expect(read('transaction.completed', paddleTransaction({ details, subscription_id: null }))).toMatchObject({
    events: [{ name: 'purchase', value: 0 }],
  })
})

test('a refund counts once it is approved, without its tax', () => {
  const approved = read('adjustment.created', paddleAdjustment())
  expect(approved).toMatchObject({ events: [{ name: 'refund', transaction_id: paddleTransaction().id, value: 0.92 }] })
  expect(read('adjustment.updated', paddleAdjustment())).toEqual(approved)
  for (const more of [{ status: 'pending_approval' }, { status: 'rejected' }, { action: 'credit' }]) {
    expect(read('adjustment.updated', paddleAdjustment(more))).toHaveProperty('ignored')
  }
})

test('a subscription starts once it is paid for, changes and ends, each time with its whole price', () => {
  const priced = { value: 400, currency: 'USD', interval: 'month', status: 'active' }
  const events = (type: string, more = {}) => read(`subscription.${type}`, paddleSubscriptionObject(more))
  expect(events('created')).toMatchObject({ events: [{ name: 'subscription_start', ...priced }] })
  expect(events('activated')).toMatchObject({ events: [{ name: 'subscription_start', ...priced }] })
  expect(events('created', { status: 'trialing' })).toMatchObject({ events: [{ name: 'trial_start' }] })
  expect(events('updated')).toMatchObject({ events: [{ name: 'subscription_change', ...priced }] })
  expect(events('paused', { status: 'paused' })).toMatchObject({ events: [{ status: 'paused' }] })
  expect(events('canceled', { status: 'canceled' })).toMatchObject({ events: [{ name: 'subscription_cancel' }] })
  expect(events('updated', { status: undefined })).toHaveProperty('ignored')
})

test('one-time items are no part of the price of a subscription', () => {
  const data = paddleSubscriptionObject(
    {},
    { amount: '10000', interval: 'year' },
    { amount: '5000', recurring: false, interval: 'year' },
  )
  expect(read('subscription.created', data)).toMatchObject({ events: [{ value: 100, interval: 'year' }] })
})
