import { describe, expect, it } from 'vitest'
import type { RawEvent } from './event.ts'
import { answer, DAY, eventsBy, HOUR, NOON, rowsOf } from './story.ts'

const CART = { scope: 'cart' }
const items = (quantity: number) => ({ items: [{ item_id: 'i', quantity }] })
const order = (n: number): Partial<RawEvent> => ({ transaction_id: `T${n}`, value: 5 })
const abandonment = (events: readonly RawEvent[], now?: number, window?: number) =>
  answer('cart_abandonment_rate', events, { parameters: { ...CART, ...(window && { window }) }, ...(now && { now }) })
const recovery = (events: readonly RawEvent[], now?: number) => answer('cart_recovery_rate', events, now ? { now } : {})

describe('carts as shopping episodes', () => {
  it('are converted by a purchase, and another begins after it', () => {
    const events = eventsBy('v', [0, 'add_to_cart'], [HOUR, 'purchase', order(1)], [2 * HOUR, 'add_to_cart'])
    expect(abandonment(events)).toEqual({ value: 1 / 2, numerator: 1, denominator: 2, pending: 0 })
  })

  it('are emptied by removing as many units as were added', () => {
    const put = [0, 'add_to_cart', items(3)] as const
    const emptied = eventsBy('v', put, [1, 'remove_from_cart', items(2)], [2, 'remove_from_cart'])
    expect(abandonment(emptied)).toMatchObject({ numerator: 0, denominator: 1 })
    expect(abandonment(emptied.slice(0, 2))).toMatchObject({ numerator: 1, denominator: 1 })
    expect(abandonment(eventsBy('v', put, [1, 'remove_from_cart', items(9)]))).toMatchObject({ numerator: 0 })
  })

  it('hold one unit per event without a quantity or with 0', () => {
    const events = eventsBy('v', [0, 'add_to_cart', items(0)], [1, 'add_to_cart'], [2, 'remove_from_cart', items(1)])
    expect(abandonment(events)).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('are abandoned after more than 24 hours without shopping, and open until then', () => {
    const events = eventsBy('v', [0, 'add_to_cart'], [HOUR, 'view_cart'])
    const since = NOON + HOUR
    expect(abandonment(events, since + DAY)).toMatchObject({ value: null, denominator: 0, pending: 1 })
    expect(abandonment(events, since + DAY + 1)).toMatchObject({ numerator: 1, denominator: 1, pending: 0 })
    const late = (after: number) => eventsBy('v', [0, 'add_to_cart'], [after, 'purchase', order(1)])
    expect(abandonment(late(DAY))).toMatchObject({ numerator: 0, denominator: 1 })
    expect(abandonment(late(DAY + 1))).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('take another abandonment window as a parameter', () => {
    const events = eventsBy('v', [0, 'add_to_cart'], [2 * HOUR + 1, 'begin_checkout'], [3 * HOUR, 'purchase', order(1)])
    expect(abandonment(events, undefined, 3)).toMatchObject({ numerator: 0, denominator: 1 })
    expect(abandonment(events, undefined, 2)).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('stay open through other events, which do not extend them', () => {
    expect(
      abandonment(eventsBy('v', [0, 'add_to_cart'], [DAY, 'page_view'], [DAY + 1, 'purchase', order(1)])),
    ).toMatchObject({ numerator: 1 })
  })

  it('add before they remove at the same moment', () => {
    const events = eventsBy('v', [0, 'remove_from_cart'], [0, 'add_to_cart'])
    expect(abandonment(events)).toMatchObject({ numerator: 0, denominator: 1 })
  })

  it('are counted on the day they were opened', () => {
    const question = { period: { from: '2026-01-31', to: '2026-02-01' }, granularity: 'day' } as const
    const events = eventsBy('v', [0, 'add_to_cart'], [20 * HOUR, 'purchase', order(1)])
    expect(
      rowsOf('cart_abandonment_rate', events, { parameters: CART, question }).map(row => row?.denominator),
    ).toEqual([1, 0])
  })

  it('cover all visitors, for the lifetime of their ids', () => {
    const { visitor_id, ...withoutId } = eventsBy('v', [0, 'add_to_cart'])[0] as RawEvent
    const someone = { ...withoutId, ip: '203.0.113.7', user_agent: 'x' }
    expect(abandonment([someone])).toMatchObject({ value: 1, denominator: 1 })
    expect(abandonment([someone, ...eventsBy('v', [0, 'add_to_cart'])])).toMatchObject({ denominator: 2 })
  })
})

describe('carts recovered after abandonment', () => {
  const abandonedAt = DAY
  const bought = (after: number, ...more: Parameters<typeof eventsBy>[1][]) =>
    eventsBy('v', [0, 'add_to_cart'], ...more, [after, 'purchase', order(1)])

  it('count if the next purchase lay outside a cart within 30 days', () => {
    expect(recovery(bought(2 * DAY))).toEqual({ value: 1, numerator: 1, denominator: 1, pending: 0 })
    expect(recovery(bought(abandonedAt + 30 * DAY))).toMatchObject({ numerator: 1 })
    expect(recovery(bought(abandonedAt + 30 * DAY + 1))).toMatchObject({ numerator: 0, denominator: 1 })
  })

  it('do not count after another cart was opened', () => {
    expect(recovery(bought(3 * DAY, [2.5 * DAY, 'add_to_cart']))).toMatchObject({ numerator: 0, denominator: 1 })
    expect(recovery(bought(3 * DAY, [2.5 * DAY, 'view_cart']))).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('count only the last of several, and once', () => {
    const events = eventsBy(
      'v',
      [0, 'add_to_cart'],
      [2 * DAY, 'add_to_cart'],
      [4 * DAY, 'purchase', order(1)],
      [5 * DAY, 'purchase', order(2)],
    )
    expect(recovery(events)).toEqual({ value: 1 / 2, numerator: 1, denominator: 2, pending: 0 })
  })

  it('need an abandoned cart before the purchase', () => {
    const events = eventsBy('v', [0, 'purchase', order(1)], [HOUR, 'add_to_cart'])
    expect(recovery(events)).toMatchObject({ numerator: 0, denominator: 1 })
  })

  it('are final after 30 days and pending until then', () => {
    const events = bought(2 * DAY)
    const final = NOON + abandonedAt + 30 * DAY
    expect(recovery(events, final - 1)).toMatchObject({ value: null, denominator: 0, pending: 1 })
    expect(recovery(events, final)).toMatchObject({ value: 1, denominator: 1, pending: 0 })
    expect(recovery(events.slice(0, 1), NOON + HOUR)).toMatchObject({ denominator: 0, pending: 1 })
  })
})

describe('order coverage', () => {
  it('is the share of reported orders that a browser sent, too', () => {
    const order = (id: string, more: Partial<RawEvent> = {}) => ({ transaction_id: id, value: 1, ...more })
    const events = eventsBy(
      'v',
      [0, 'purchase', order('T1')],
      [1, 'purchase', order('T1', { fromBrowser: true })],
      [2, 'purchase', order('T2')],
      [3, 'purchase', order('T3', { fromBrowser: true })],
    )
    expect(answer('order_coverage', events)).toEqual({ value: 0.5, numerator: 1, denominator: 2, pending: 0 })
    expect(answer('order_coverage', events.slice(3))).toMatchObject({ value: null, denominator: 0 })
  })
})

describe('returns', () => {
  const lines = [
    { item_id: 'a', item_category: 'cups', price: 10, quantity: 2 },
    { item_id: 'b', price: 5 },
  ]
  const sold = [0, 'purchase', { transaction_id: 'T', id: 'p', items: lines }] as const
  const refund = (more: Partial<RawEvent>) => [HOUR, 'refund', { transaction_id: 'T', ...more }] as const
  const back = (...refunds: Partial<RawEvent>[]) => answer('return_rate', eventsBy('v', sold, ...refunds.map(refund)))

  it('count units by item, never more than were sold', () => {
    expect(back({ items: [{ item_id: 'a' }], value: 10 })).toEqual({
      value: 1 / 3,
      numerator: 1,
      denominator: 3,
      pending: 0,
    })
    expect(back({ items: [{ item_id: 'a', quantity: 9 }, { item_id: 'c' }] })).toMatchObject({ numerator: 2 })
    expect(back({}, { items: [{ item_id: 'a' }] })).toMatchObject({ numerator: 3, denominator: 3 })
    expect(back({ value: 25 })).toMatchObject({ numerator: 0, denominator: 3 })
  })

  it('are reported by item', () => {
    const events = eventsBy('v', sold, refund({ items: [{ item_id: 'a' }], value: 10 }))
    const by = (dimension: string) =>
      rowsOf('return_rate', events, { question: { dimensions: [dimension] } }).map(row => [
        row?.numerator,
        row?.denominator,
      ])
    expect(by('item')).toEqual([
      [1, 2],
      [0, 1],
    ])
    expect(by('item_category')).toEqual([
      [1, 2],
      [0, 1],
    ])
  })

  it('count money, never more than the order was worth', () => {
    const rate = (...refunds: Partial<RawEvent>[]) =>
      answer('refund_rate', [
        ...eventsBy('v', sold, ...refunds.map(refund)),
        ...eventsBy('w', [0, 'purchase', { transaction_id: 'U', value: 75 }]),
      ])
    expect(rate({ value: 10 }, { value: 5 })).toEqual({ value: 0.15, numerator: 15, denominator: 100 })
    expect(rate({})).toMatchObject({ numerator: 25 })
    expect(rate({ items: [{ item_id: 'a' }] })).toMatchObject({ numerator: 10 })
    expect(rate({ value: 20 }, { value: 20 })).toMatchObject({ numerator: 25 })
    expect(rate()).toMatchObject({ numerator: 0 })
  })
})
