import { describe, expect, it } from 'vitest'
import type { RawEvent } from './event.ts'
import type { MetricId } from './metrics.ts'
import { type Asked, answer, at, DAY, eventsBy, NOON, rowsOf } from './story.ts'

const FEBRUARY = { from: '2026-02-01', to: '2026-02-28' }
const MARCH_1 = Date.UTC(2026, 2, 1)
const order = (n: number | string, value = 10): Partial<RawEvent> => ({ transaction_id: `T${n}`, value })
const priced = (value: number, properties: RawEvent['properties'] = {}): Partial<RawEvent> => ({ value, properties })
const inFebruary = (metric: MetricId, events: readonly RawEvent[], asked: Asked = {}) =>
  answer(metric, events, { ...asked, question: { period: FEBRUARY, ...asked.question } })

describe('customers', () => {
  const count = (events: readonly RawEvent[], asked: Asked = {}) => inFebruary('customers', events, asked)?.value

  it('have bought within the lapse window', () => {
    const events = eventsBy('v', [0, 'purchase', order(1)])
    expect([count(events), count(events, { parameters: { lapse: 28 } })]).toEqual([1, 0])
    const exactly = [at(MARCH_1 - 3 * DAY, { name: 'purchase', ...order(1) })]
    expect(count(exactly, { parameters: { lapse: 3 } })).toBe(1)
    expect(count([{ ...(exactly[0] as RawEvent), time: MARCH_1 - 3 * DAY - 1 }], { parameters: { lapse: 3 } })).toBe(0)
  })

  it('are counted as of now in an unfinished bucket, else at its end', () => {
    const events = eventsBy('v', [DAY, 'purchase', order(1)])
    expect(count(events, { parameters: { lapse: 3 }, now: NOON + 4 * DAY })).toBe(1)
    expect(count(events, { parameters: { lapse: 3 }, now: NOON + 4 * DAY + 1 })).toBe(0)
    expect(count([at(MARCH_1, { name: 'purchase', ...order(1) })])).toBe(0)
  })

  it('have a subscription, even a paused one, but not a trial or an ended one', () => {
    const start = (status?: string) => [0, 'subscription_start', priced(9, status ? { status } : {})] as const
    expect(count(eventsBy('v', start()))).toBe(1)
    expect(count(eventsBy('v', start('paused')))).toBe(1)
    expect(count(eventsBy('v', start('trial')))).toBe(0)
    expect(count(eventsBy('v', start('trial'), [DAY, 'subscription_change']))).toBe(1)
    expect(count(eventsBy('v', start(), [DAY, 'subscription_cancel']))).toBe(0)
    expect(
      count(eventsBy('v', start(), [DAY, 'subscription_cancel'], [2 * DAY, 'subscription_start', priced(9)])),
    ).toBe(1)
  })

  it('end one subscription and keep another', () => {
    const events = eventsBy(
      'v',
      [0, 'subscription_start', priced(9, { subscription_id: 'a' })],
      [0, 'subscription_start', priced(9, { subscription_id: 'b' })],
      [DAY, 'subscription_cancel', { properties: { subscription_id: 'a' } }],
    )
    expect(count(events)).toBe(1)
    expect(
      count([...events, at(NOON + DAY, { name: 'subscription_cancel', properties: { subscription_id: 'b' } })]),
    ).toBe(0)
  })

  it('are lost by a cancellation since their last purchase', () => {
    const events = (purchase: number, cancel: number) =>
      eventsBy('v', [purchase, 'purchase', order(1)], [cancel, 'subscription_cancel'])
    expect([count(events(0, DAY)), count(events(0, 0)), count(events(DAY, DAY - 1))]).toEqual([0, 0, 1])
  })

  it('are new in the bucket of their first purchase or subscription', () => {
    const events = [
      ...eventsBy('a', [0, 'purchase', order(1)], [2 * DAY, 'purchase', order(2)]),
      ...eventsBy('b', [0, 'trial_start'], [DAY, 'subscription_start', { properties: { status: 'trial' } }]),
      ...eventsBy('c', [2 * DAY, 'subscription_change', priced(9)]),
      ...eventsBy('d', [DAY, 'purchase', order(3)]),
    ]
    expect(inFebruary('new_customers', events)).toEqual({ value: 2 })
    const dimensions = ['country']
    const abroad = events.map(event => ({ ...event, country: 'SE' }))
    expect(rowsOf('new_customers', abroad, { question: { dimensions, period: FEBRUARY } })).toEqual([
      { value: 1 },
      { value: 1 },
    ])
  })

  it('are retained: with 100 at the start, 50 new and 130 at the end, 80 % stayed', () => {
    const people = Array.from({ length: 150 }, (_, n) => n)
    const events = people.flatMap(n => {
      const start = at(NOON + (n < 100 ? 0 : 2 * DAY), {
        name: 'subscription_start',
        visitor_id: `p${n}`,
        ...priced(9),
      })
      return n < 20 ? [start, at(NOON + 3 * DAY, { name: 'subscription_cancel', visitor_id: `p${n}` })] : [start]
    })
    expect(count(events)).toBe(130)
    expect(inFebruary('new_customers', events)?.value).toBe(50)
    expect(inFebruary('customer_retention_rate', events)).toEqual({ value: 0.8, numerator: 80, denominator: 100 })
    expect(inFebruary('churn_rate', events)).toEqual({ value: 0.2, numerator: 20, denominator: 100 })
  })

  it('need a persistent id', () => {
    const [purchase] = eventsBy('v', [0, 'purchase', order(1)])
    const { visitor_id, ...withoutId } = purchase as RawEvent
    const someone = { ...withoutId, transaction_id: 'T9', ip: '203.0.113.7', user_agent: 'x' }
    expect(inFebruary('customers', [someone])).toEqual({ value: null, status: 'needs_identity' })
    expect(inFebruary('customers', [someone, purchase as RawEvent])).toEqual({ value: 1 })
  })
})

describe('recurring revenue', () => {
  const mrr = (...events: readonly RawEvent[]) => inFebruary('mrr', events)?.value
  const start = (properties: RawEvent['properties'], value?: number) =>
    eventsBy('v', [
      0,
      'subscription_start',
      { ...(value === undefined ? {} : { value }), properties: properties ?? {} },
    ])

  it('is the price per month, whatever the billing interval', () => {
    const month = (interval?: string) => mrr(...start(interval ? { interval } : {}, 12))
    expect([month(), month('month'), month('quarter'), month('year')]).toEqual([12, 12, 4, 1])
    expect(month('week')).toBeCloseTo(52, 12)
    expect(month('day')).toBeCloseTo(365, 12)
    expect(inFebruary('arr', start({}, 12))?.value).toBe(144)
  })

  it('multiplies the latest price by the quantity', () => {
    expect(mrr(...start({ price: 5, quantity: 3 }))).toBe(15)
    const changed = (more: Partial<RawEvent>) =>
      mrr(...start({ price: 5, interval: 'year' }), at(NOON + DAY, { name: 'subscription_change', ...more }))
    expect(changed({ value: 24 })).toBe(2)
    expect(changed({ properties: { interval: 'month' } })).toBe(5)
  })

  it('counts only active subscriptions at the end of the bucket', () => {
    expect(mrr(...start({ status: 'trial' }, 12))).toBe(0)
    expect(mrr(...start({ status: 'paused' }, 12))).toBe(0)
    expect(mrr(...start({}, 12), at(NOON + DAY, { name: 'subscription_cancel' }))).toBe(0)
    expect(mrr(...start({}, 12), at(MARCH_1 - 1, { name: 'subscription_cancel' }))).toBe(0)
    expect(mrr(...start({}, 12), at(MARCH_1, { name: 'subscription_cancel' }))).toBe(12)
  })

  it('takes the higher of two changes at one moment, and a cancellation after them', () => {
    const change = (value: number) => at(NOON + DAY, { name: 'subscription_change', value })
    expect(mrr(...start({}, 1), change(7), change(3))).toBe(7)
    expect(mrr(...start({}, 1), at(NOON + DAY, { name: 'subscription_cancel' }), change(3))).toBe(0)
  })

  it('is reported in one currency', () => {
    const dollars = at(NOON, { name: 'subscription_start', visitor_id: 'w', value: 3, currency: 'USD' })
    expect(mrr(dollars)).toBe(3)
    expect(mrr(dollars, ...start({}, 12))).toBe(12)
    expect(mrr(dollars, { ...dollars, visitor_id: 'x', currency: 'SEK' })).toBeNull()
  })
})

describe('value per user', () => {
  const events = [
    ...eventsBy('a', [DAY, 'purchase', order(1, 40)], [2 * DAY, 'purchase', order(2, 20)]),
    ...eventsBy('b', [DAY, 'purchase', order(3, 30)], [3 * DAY, 'refund', { transaction_id: 'T3', value: 10 }]),
    ...eventsBy('c', [DAY, 'page_view']),
    ...eventsBy('d', [DAY, 'page_view']),
  ]

  it('is an average', () => {
    expect(inFebruary('arpu', events)).toEqual({ value: 20, numerator: 80, denominator: 4 })
    expect(inFebruary('arpu', events, { parameters: { of: 'paying' } })).toEqual({
      value: 40,
      numerator: 80,
      denominator: 2,
    })
  })

  it('covers a lifetime: a year of revenue times the years until all are lost', () => {
    const start = ['a', 'b', 'c', 'd'].flatMap(who => eventsBy(who, [0, 'purchase', order(`0${who}`, 1)]))
    const lost = eventsBy('c', [DAY, 'subscription_cancel'])
    // 94 in 7 orders by 4 customers, one of whom was lost.
    const asked = [...start, ...events, ...lost]
    const value = inFebruary('clv', asked)
    expect(value?.value).toBeCloseTo(94, 9)
    const [first, end] = [Math.min(...asked.map(({ time }) => Number(time))), MARCH_1]
    expect(value?.denominator).toBeCloseTo((4 * (end - first)) / (365.25 * DAY), 9)
    expect(inFebruary('clv', [...start, ...events])).toEqual({ value: null })
    expect(inFebruary('clv', [])).toEqual({ value: null })
  })

  it('to date is all they have paid', () => {
    const before = eventsBy('e', [0, 'purchase', order(9, 20)])
    expect(inFebruary('clv', [...before, ...events], { parameters: { method: 'historical' } })).toEqual({
      value: 100 / 3,
      numerator: 100,
      denominator: 3,
    })
  })
})
