import { describe, expect, test } from 'vitest'
import {
  NOON,
  stripeBody,
  stripeCharge,
  stripeSession,
  stripeSubscriptionObject,
} from '../../../test/webhooks/stripeBodies'
import type { HookEvent } from './hookResult'
import { stripe } from './stripe'

const read = (body: ReturnType<typeof stripeBody>) => stripe.read(body, '')

/** The single event of a webhook. */
const eventOf = (body: ReturnType<typeof stripeBody>): HookEvent => {
  const result = read(body)
  if (!('events' in result) || !result.events[0] || result.events.length > 1) throw new Error(JSON.stringify(result))
  return result.events[0]
}

const completed = (more = {}) => stripeBody({ id: 'evt_1', type: 'checkout.session.completed' }, stripeSession(more))

describe('a checkout', () => {
  test('is an order without tax and shipping, of the payment intent and of the customer', () => {
    expect(eventOf(completed())).toMatchObject({
      name: 'purchase',
      time: NOON * 1000,
      visitor_id: 'cus_NZbFQAsc0ptasX',
      transaction_id: 'pi_1MoS6fLgUG5tbmjca6AdBPsl',
      currency: 'usd',
      value: 40,
      tax: 10,
      shipping: 5,
    })
    expect(JSON.stringify(eventOf(completed()))).not.toContain('@')
  })

  test('names the user and the order that the shop passed', () => {
    const metadata = { footfall_user: 'u_42', footfall_order: 'T1' }
    expect(eventOf(completed({ metadata, client_reference_id: 'cart' }))).toMatchObject({
      user_id: 'u_42',
      transaction_id: 'T1',
    })
    expect(eventOf(completed({ client_reference_id: 'u_43' }))).toMatchObject({ user_id: 'u_43' })
  })

  test('of a guest, free goods, and of a subscription is an order; of a trial or unpaid it is not', () => {
    const id = stripeSession().id
    expect(eventOf(completed({ customer: null }))).toMatchObject({ visitor_id: id })
    const free = { payment_status: 'no_payment_required', payment_intent: null, amount_total: 0, total_details: null }
    expect(eventOf(completed(free))).toMatchObject({ name: 'purchase', transaction_id: id, value: 0 })
    const subscribing = { mode: 'subscription', payment_intent: null, invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv' }
    expect(eventOf(completed(subscribing))).toMatchObject({ transaction_id: 'in_1MtHbELkdIwHu7ixl4OzzPMv' })
    const trial = { ...subscribing, payment_status: 'no_payment_required' }
    expect(read(completed(trial))).toEqual({ ignored: expect.stringContaining('no order') })
    expect(eventOf(completed({ ...trial, client_reference_id: 'u_42' }))).toMatchObject({ name: 'identify' })
    expect(read(completed({ payment_status: 'unpaid' }))).toEqual({ ignored: expect.stringContaining('not paid yet') })
  })

  test('takes as many digits as its currency has at Stripe', () => {
    const worth = (currency: string) => eventOf(completed({ currency, total_details: null })).value
    expect(['usd', 'jpy', 'krw', 'kwd', 'isk', 'ugx', 'mga', 'huf'].map(worth)).toEqual([
      55, 5500, 5500, 5.5, 55, 55, 5500, 55,
    ])
  })
})

describe('a refund', () => {
  const refunded = (so_far: number, before: number, more = {}) =>
    stripeBody(
      { id: `evt_${so_far}`, type: 'charge.refunded', previous: { amount_refunded: before } },
      stripeCharge({ amount_refunded: so_far, refunded: so_far === 5500, ...more }),
    )

  test('is the amount refunded since the last event', () => {
    expect([refunded(1000, 0), refunded(1500, 1000), refunded(5500, 1500)].map(body => eventOf(body).value)).toEqual([
      10, 5, 40,
    ])
    expect(eventOf(refunded(1000, 0))).toMatchObject({ transaction_id: 'pi_1MoS6fLgUG5tbmjca6AdBPsl', currency: 'usd' })
  })

  test('of everything at once refunds the order, whose value is without tax', () => {
    expect(eventOf(refunded(5500, 0))).not.toHaveProperty('value')
  })

  test('is of the invoice of a subscription, where the charge names it', () => {
    const refund = refunded(1000, 0, { invoice: 'in_1MtHbELkdIwHu7ixl4OzzPMv' })
    expect(eventOf(refund)).toMatchObject({ transaction_id: 'in_1MtHbELkdIwHu7ixl4OzzPMv' })
  })

  test('counts by its charge alone, which names the order', () => {
    const refund = { object: 'refund', charge: stripeCharge().id, amount: 1000, currency: 'usd', metadata: {} }
    expect(read(stripeBody({ id: 'evt_2', type: 'refund.created' }, refund))).toEqual({
      ignored: expect.stringContaining('charge.refunded'),
    })
  })
})

describe('a subscription', () => {
  const subscription = (kind: string, object = {}, previous = {}, ...prices: { cents: number; currency?: string }[]) =>
    stripeBody(
      { id: 'evt_1', type: `customer.subscription.${kind}`, previous },
      stripeSubscriptionObject(object, ...prices),
    )

  test('starts when it is created active, or becomes active', () => {
    const started = { name: 'subscription_start', value: 20, interval: 'month', status: 'active' }
    expect(eventOf(subscription('created'))).toMatchObject(started)
    expect(eventOf(subscription('updated', {}, { status: 'incomplete' }))).toMatchObject(started)
    expect(read(subscription('created', { status: 'incomplete' }))).toHaveProperty('ignored')
    expect(eventOf(subscription('updated', {}, { status: 'incomplete' })).id).toBe(eventOf(subscription('created')).id)
  })

  test('begins with a trial, and starts when that ends', () => {
    expect(eventOf(subscription('created', { status: 'trialing' }))).toMatchObject({ name: 'trial_start' })
    expect(eventOf(subscription('updated', {}, { status: 'trialing' }))).toMatchObject({
      name: 'subscription_start',
      interactive: false,
    })
  })

  test('does not start while the payment after the trial fails', () => {
    expect(eventOf(subscription('updated', { status: 'past_due' }, { status: 'trialing' }))).toMatchObject({
      name: 'subscription_change',
      status: 'active',
    })
  })

  test('changes with its price or state, and not when it is renewed', () => {
    expect(eventOf(subscription('updated', {}, { items: {} }, { cents: 4000 }))).toMatchObject({
      name: 'subscription_change',
      value: 40,
    })
    expect(eventOf(subscription('updated', { status: 'unpaid' }, { status: 'past_due' }))).toMatchObject({
      name: 'subscription_change',
      status: 'paused',
    })
    expect(read(subscription('updated', {}, { current_period_end: 1 }))).toHaveProperty('ignored')
    expect(eventOf(subscription('deleted', { status: 'canceled' }))).toMatchObject({ name: 'subscription_cancel' })
  })

  test('costs what its items cost together, in an interval that rounds nothing if there is one', () => {
    const price = (
      ...prices: { cents: number; quantity?: number; interval?: string; count?: number; usage?: string }[]
    ) => {
      const { value, interval } = eventOf(subscription('created', {}, {}, ...prices))
      return [value, interval]
    }
    expect(price({ cents: 1000, quantity: 3 }, { cents: 500 })).toEqual([35, 'month'])
    expect(price({ cents: 10_000, interval: 'year' })).toEqual([100, 'year'])
    expect(price({ cents: 9000, count: 3 })).toEqual([90, 'quarter'])
    expect(price({ cents: 6000, count: 6 })).toEqual([10, 'month'])
    expect(price({ cents: 24_000, interval: 'year', count: 2 })).toEqual([10, 'month'])
    expect(price({ cents: 1200, interval: 'year' }, { cents: 300, interval: 'week' })).toEqual([14, 'month'])
    expect(price({ cents: 1000 }, { cents: 500, usage: 'metered' })).toEqual([10, 'month'])
  })

  test('costs what its price says, in the currency of the price', () => {
    const priced = subscription('created', { currency: 'jpy' }, {}, { cents: 1000, currency: 'eur' })
    expect(eventOf(priced)).toMatchObject({ value: 10, currency: 'eur' })
    const both = [{ cents: 1000, currency: 'eur' }, { cents: 900 }]
    expect(eventOf(subscription('created', {}, {}, ...both))).toMatchObject({ value: 10, currency: 'eur' })
  })
})

test('an invoice and anything else are ignored, in a sentence', () => {
  for (const type of ['invoice.paid', 'customer.created', 'constructor', '']) {
    expect(read(stripeBody({ id: 'evt_1', type }, {}))).toEqual({ ignored: expect.stringMatching(/^[A-Z].*\.$/) })
  }
})
