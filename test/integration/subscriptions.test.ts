import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventId } from '../../shared/events'
import { browser, send } from './beacons'
import { createSite, migrate, post, type TestSite } from './setup'

beforeAll(migrate)

let site: TestSite
beforeEach(async () => {
  site = await createSite({ currency: 'EUR' })
})

const TIME = '2026-03-10T10:00:00Z'

const event = (name: string, more: Record<string, unknown>) => ({ name, visitor_id: 'v', time: TIME, ...more })

interface Row {
  readonly name: number
  readonly currency: string | null
  readonly value: number | null
  readonly properties: Record<string, unknown> | null
}

const stored = async (): Promise<Row[]> => {
  const { results } = await env.DB.prepare(
    'select name, currency, value, properties from events where site = (select id from sites where domain = ?1)',
  )
    .bind(site.domain)
    .all<Row & { properties: string }>()
  return results.map(row => ({ ...row, properties: JSON.parse(row.properties) }))
}

/** The stored rows of one event. */
const storedOf = async (name: string, more: Record<string, unknown>): Promise<Row> => {
  expect((await post(site, [event(name, more)])).refused).toEqual([])
  const [row, ...others] = await stored()
  if (!row || others.length > 0) throw new Error(`there are ${others.length + 1} rows`)
  return row
}

describe.each(['subscription_start', 'subscription_change', 'subscription_cancel'])('%s', name => {
  test('is worth its price times its quantity, and stores both', async () => {
    const properties = { price: 12.5, quantity: 4, interval: 'year', status: 'active', subscription_id: 'sub_1' }
    expect(await storedOf(name, properties)).toEqual({ name: eventId(name), currency: 'EUR', value: 5_000, properties })
  })

  test('is worth one price without a quantity, also beside a value', async () => {
    const row = await storedOf(name, { price: 9.99, currency: 'usd', value: 500 })
    expect(row).toMatchObject({ currency: 'USD', value: 999, properties: { price: 9.99 } })
  })

  test('is worth its value without a price', async () => {
    const row = await storedOf(name, { value: 120, quantity: 4, interval: 'year' })
    expect(row).toMatchObject({ value: 12_000, properties: { quantity: 4, interval: 'year' } })
  })

  test('is worth its items without either, as an element of a page sends it', async () => {
    expect(await storedOf(name, { items: [{ price: 12, quantity: 2 }] })).toMatchObject({ value: 2_400 })
  })

  test.each([
    ['JPY', 500, 3, 1_500],
    ['KWD', 1.005, 3, 3_015],
    // As written, 3.015, not as the binary 3.0149999999999997.
    ['EUR', 1.005, 3, 302],
    ['EUR', 0.0015, 10_000, 1_500],
    ['EUR', 10, 0.5, 500],
    ['EUR', 0, 7, 0],
  ])('in minor units of %s: %d × %d', async (currency, price, quantity, value) => {
    expect(await storedOf(name, { currency, price, quantity })).toMatchObject({ currency, value })
  })

  test('stores its id as a string, however it was sent', async () => {
    expect((await storedOf(name, { price: 1, subscription_id: 17 })).properties).toEqual({
      price: 1,
      subscription_id: '17',
    })
  })

  test('reads the same fields among properties', async () => {
    const row = await storedOf(name, { properties: { price: 3, quantity: 2, subscription_id: 5 } })
    expect(row).toMatchObject({ value: 600, properties: { price: 3, quantity: 2, subscription_id: '5' } })
  })

  test.each<[code: string, more: Record<string, unknown>]>([
    ['negative_amount', { price: -1 }],
    ['amount_too_large', { price: 1e308 }],
    ['amount_too_large', { price: 1e10, quantity: 2 }],
    ['wrong_type', { price: '10 €' }],
    ['wrong_type', { price: 10, quantity: '2,5' }],
    ['out_of_range', { price: 10, quantity: 0 }],
    ['out_of_range', { price: 10, quantity: -1 }],
    ['out_of_range', { price: 10, quantity: 1e7 }],
    ['bad_interval', { price: 10, interval: 'fortnight' }],
    ['bad_interval', { price: 10, interval: '' }],
    ['wrong_type', { price: 10, interval: 12 }],
    ['bad_status', { price: 10, status: 'cancelled' }],
    ['bad_status', { price: 10, status: 'Active' }],
    ['wrong_type', { price: 10, subscription_id: true }],
    ['empty', { price: 10, subscription_id: '' }],
    ['too_long', { price: 10, subscription_id: 'x'.repeat(257) }],
  ])('is rejected with %s: %j', async (code, more) => {
    const answer = await post(site, [event(name, more)])
    expect(answer.refused.map(refused => refused.code)).toEqual([code])
    expect(answer.refused[0]?.message).toMatch(/\.$/)
    expect(await stored()).toEqual([])
  })
})

test('a subscription begins with a price, unless it begins as a trial or paused', async () => {
  const start = (more: Record<string, unknown> = {}) => event('subscription_start', more)
  const answer = await post(site, [
    start(),
    start({ quantity: 2, status: 'active' }),
    start({ status: 'trial' }),
    start({ status: 'paused', quantity: 2 }),
    start({ price: 0 }),
    start({ value: 0 }),
  ])
  expect(answer.refused.map(({ index, code }) => [index, code])).toEqual([
    [0, 'missing_price'],
    [1, 'missing_price'],
  ])
  expect((await stored()).map(({ value, currency }) => [value, currency])).toEqual(
    expect.arrayContaining([
      [null, null],
      [null, null],
      [0, 'EUR'],
      [0, 'EUR'],
    ]),
  )
  expect(await stored()).toHaveLength(4)
})

test('a new quantity needs a price', async () => {
  const change = (more: Record<string, unknown>) => event('subscription_change', more)
  const answer = await post(site, [
    change({ quantity: 3 }),
    change({ status: 'paused' }),
    change({ interval: 'year' }),
    change({ quantity: 3, price: 5 }),
    change({ quantity: 3, value: 15 }),
  ])
  expect(answer.refused.map(({ index, code }) => [index, code])).toEqual([[0, 'missing_price']])
  expect(answer.accepted).toBe(4)
})

test('a cancellation needs nothing', async () => {
  expect(await storedOf('subscription_cancel', {})).toMatchObject({ value: null, currency: null, properties: null })
})

test('a page and a server send the same', async () => {
  const properties = { price: 12.5, quantity: 2, interval: 'month', subscription_id: 9 }
  await send(site, browser(1), { i: 1, t: Date.now(), k: 'subscription_start', o: properties })
  expect(await stored()).toMatchObject([{ value: 2_500, properties: { ...properties, subscription_id: '9' } }])
  await expect(
    send(site, browser(1), { i: 2, t: Date.now(), k: 'subscription_start', o: { plan: 'pro' } }),
  ).rejects.toThrow(/400.*missing_price/)
})
