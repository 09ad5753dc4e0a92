import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { parseEvent } from '../../worker/collect/parse/parseEvent'
import { storeEvents } from '../../worker/collect/store/storeEvents'
import { d1 } from '../../worker/storage/d1'
import { findSite } from '../../worker/storage/sites'
import refundsSelect from '../../worker/storage/sql/events.select_refunds.sql'
import { browser, send } from './beacons'
import { createSite, migrate, type Posted, patchSite, post, query, type TestSite } from './setup'

beforeAll(migrate)

let site: TestSite
beforeEach(async () => {
  site = await createSite({ currency: 'EUR' })
})

type Properties = Record<string, unknown>

const at = (hour: number): string => `2026-03-10T${String(hour).padStart(2, '0')}:00:00Z`
const event = (name: string, more: Properties) => ({ name, visitor_id: 'v', transaction_id: 'T', ...more })

/** 40 and 10 and 5: 55 paid. */
const order = (more: Properties = {}) =>
  event('purchase', { id: 'o', time: at(10), value: 40, tax: 10, shipping: 5, ...more })
const refund = (more: Properties = {}) => event('refund', { time: at(12), ...more })

const codes = ({ refused }: Posted) => refused.map(({ index, code }) => [index, code])
const warned = ({ warnings = [] }: Posted) => warnings.map(({ index, code }) => [index, code])
const TOO_LARGE = [[0, 'refund_too_large']]

const DAY = { from: '2026-03-10', to: '2026-03-10' }

/** The refunded amount of the day's orders, by the date of the refund and of the order. */
const givenBack = async () => {
  const answer = await query(site, { metrics: ['refunds', 'revenue', 'refund_rate', 'return_rate'], period: DAY })
  const { refunds, revenue, refund_rate, return_rate } = answer.rows[0]?.metrics ?? {}
  return {
    refunds: refunds?.value,
    revenue: revenue?.value,
    ofOrders: refund_rate?.numerator,
    units: return_rate?.numerator,
  }
}

const rows = async (): Promise<number> =>
  (await env.DB.prepare(
    'select count(*) as n from events where name = 11 and site = (select id from sites where domain = ?1)',
  )
    .bind(site.domain)
    .first<number>('n')) ?? 0

/** Posts refunds one after another, each in its own call, and returns their outcomes. */
const inTurn = async (...refunds: Properties[]): Promise<string[]> => {
  const results: string[] = []
  for (const one of refunds) {
    const { accepted, duplicates, refused, warnings } = await post(site, [refund(one)])
    const warning = warnings?.[0]?.code ?? 'accepted'
    results.push(accepted ? warning : duplicates ? 'duplicate' : (refused[0]?.code ?? ''))
  }
  return results
}

describe('a refund of a known order', () => {
  beforeEach(async () => {
    await post(site, [order()])
  })

  test('the whole payment can be refunded, with tax and shipping, and not a cent more', async () => {
    expect(codes(await post(site, [refund({ value: 55.01 })]))).toEqual(TOO_LARGE)
    expect(await rows()).toBe(0)
    expect(codes(await post(site, [refund({ value: 55 })]))).toEqual([])
    expect(warned(await post(site, [refund({ value: 0.01 })]))).toEqual([[0, 'refund_capped']])
    expect(await post(site, [refund({ value: 0 })])).toEqual({ accepted: 1, duplicates: 0, refused: [] })
    expect(await rows()).toBe(3)
    // From the value of 40, at its date: tax and shipping are not revenue.
    expect(await givenBack()).toMatchObject({ refunds: 55, revenue: -15, ofOrders: 40 })
  })

  test('the whole order can be refunded once', async () => {
    expect(await inTurn({}, {}, {})).toEqual(['accepted', 'refund_capped', 'refund_capped'])
    expect(await givenBack()).toMatchObject({ refunds: 55, ofOrders: 40 })
  })

  test('items of an order without items are the whole order, as in the metric refunds', async () => {
    const items = [{ item_id: 'A', quantity: 1 }]
    expect(await inTurn({ items }, { items })).toEqual(['accepted', 'refund_capped'])
  })

  test('items without a value take the price they were sold for', async () => {
    const items = [
      { item_id: 'A', price: 25, quantity: 2 },
      { item_id: 'B', price: 30 },
    ]
    await post(site, [order({ id: 'p', transaction_id: 'U', value: 40, tax: 0, shipping: 0, items })])
    const back = (item_id: string) => ({ transaction_id: 'U', items: [{ item_id, quantity: 1 }] })
    // Sold at half their price: A at 12.50, B at 15.
    expect(await inTurn(back('B'), back('A'), back('A'), back('A'))).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'refund_capped',
    ])
    const period = DAY
    const metrics = ['refunds', 'refund_rate', 'return_rate']
    const { rows } = await query(site, { metrics, period, filters: [] })
    expect(rows[0]?.metrics.refunds?.value).toBe(40)
    expect(rows[0]?.metrics.refund_rate).toMatchObject({ numerator: 40, denominator: 80 })
    expect(rows[0]?.metrics.return_rate).toMatchObject({ numerator: 3, denominator: 3 })
  })

  test('items with their own prices use those', async () => {
    const items = [{ item_id: 'A', price: 7.5, quantity: 2 }]
    expect(await inTurn({ items })).toEqual(['accepted'])
    const { rows } = await query(site, { metrics: ['refunds'], period: { from: '2026-03-10', to: '2026-03-10' } })
    expect(rows[0]?.metrics.refunds?.value).toBe(15)
  })

  test('items with a value use that value', async () => {
    const items = [{ item_id: 'A', quantity: 1, price: 20 }]
    expect(await inTurn({ items, value: 20 }, { items, value: 20 }, { items, value: 20 })).toEqual([
      'accepted',
      'accepted',
      'refund_capped',
    ])
  })

  test('a refund above the order total is rejected, and the error states the total', async () => {
    expect(await post(site, [refund({ value: 55.5 })])).toEqual({
      accepted: 0,
      duplicates: 0,
      refused: [
        {
          index: 0,
          code: 'refund_too_large',
          message: 'A refund of 55.5 EUR is more than the 55 EUR paid for order "T".',
        },
      ],
    })
  })

  test('earlier refunds count, and the error states the remainder', async () => {
    await post(site, [refund({ value: 30 })])
    expect(await post(site, [refund({ value: 25.5, time: at(13) })])).toEqual({
      accepted: 1,
      duplicates: 0,
      refused: [],
      warnings: [
        {
          index: 0,
          code: 'refund_capped',
          message: 'A refund of 25.5 EUR is more than the 25 EUR left of order "T"; it counts for 25 EUR.',
        },
      ],
    })
  })

  test('the earliest refunds count first, in any order of arrival', async () => {
    expect(await inTurn({ value: 40, time: at(15) }, { value: 50, time: at(14) })).toEqual(['accepted', 'accepted'])
    const byHour = await query(site, { metrics: ['refunds'], period: DAY, granularity: 'hour' })
    expect(byHour.rows.map(({ metrics }) => metrics.refunds?.value).slice(13, 17)).toEqual([0, 50, 5, 0])
    expect(await inTurn({ value: 1, time: at(16) }, { value: 1, time: at(13) })).toEqual(['refund_capped', 'accepted'])
    const later = await query(site, { metrics: ['refunds'], period: DAY, granularity: 'hour' })
    expect(later.rows.map(({ metrics }) => metrics.refunds?.value).slice(13, 17)).toEqual([1, 50, 4, 0])
  })

  test('refunds before the period count first too', async () => {
    await post(site, [refund({ value: 50 }), refund({ value: 50, time: '2026-03-12T10:00:00Z' })])
    const later = await query(site, { metrics: ['refunds'], period: { from: '2026-03-12', to: '2026-03-12' } })
    expect(later.rows[0]?.metrics.refunds?.value).toBe(5)
  })

  test('a refund at the same moment counts', async () => {
    expect(await inTurn({ value: 30 }, { value: 30 })).toEqual(['accepted', 'refund_capped'])
  })

  test('a refund in another currency is not compared and takes nothing from the order', async () => {
    expect(await inTurn({ value: 900, currency: 'SEK' }, { value: 55 }, { value: 1 })).toEqual([
      'accepted',
      'accepted',
      'refund_capped',
    ])
  })

  test('a refund that repeats an id is a duplicate, unless it is more than the whole order', async () => {
    expect(await inTurn({ id: 'r', value: 55 }, { id: 'r', value: 55 }, { id: 'r', value: 900 })).toEqual([
      'accepted',
      'duplicate',
      'refund_too_large',
    ])
    expect(await inTurn({ id: 's', value: 1 })).toEqual(['refund_capped'])
    expect(await rows()).toBe(2)
  })

  test('a rejected refund among accepted events leaves nothing', async () => {
    const answer = await post(site, [
      { name: 'page_view', visitor_id: 'w', url: 'https://any.example/' },
      refund({ value: 56, visitor_id: 'w', user_id: 'u' }),
      { name: 'login' },
      refund({ value: 5 }),
    ])
    expect([answer.accepted, codes(answer)]).toEqual([
      2,
      [
        [1, 'refund_too_large'],
        [2, 'missing_identity'],
      ],
    ])
    expect(await rows()).toBe(1)
    const claims = 'select count(*) as n from identities where site = (select id from sites where domain = ?1)'
    expect(await env.DB.prepare(claims).bind(site.domain).first('n')).toBe(0)
  })

  test('an order sent again is still one order', async () => {
    const again = await post(site, [order({ id: 'o2', time: at(11), value: 400 }), refund({ value: 56 })])
    expect([again.duplicates, codes(again)]).toEqual([1, [[1, 'refund_too_large']]])
  })

  test('an earlier order of the transaction in the same call is the order', async () => {
    expect(codes(await post(site, [order({ id: 'o0', time: at(9), value: 100 }), refund({ value: 115 })]))).toEqual([])
    expect(warned(await post(site, [refund({ value: 1 })]))).toEqual([[0, 'refund_capped']])
  })

  test('another order or another site is independent', async () => {
    await post(site, [order({ id: 'p', transaction_id: 'U', value: 5, tax: 0, shipping: 0 })])
    expect(await inTurn({ value: 55 }, { value: 5, transaction_id: 'U' }, { value: 1, transaction_id: 'U' })).toEqual([
      'accepted',
      'accepted',
      'refund_capped',
    ])
    site = await createSite()
    expect(await inTurn({ value: 900 })).toEqual(['order_unknown'])
  })
})

describe('refunds in the call of their order', () => {
  test('a refund is compared with its order at any position', async () => {
    const answer = await post(site, [refund({ value: 56 }), refund({ value: 55 }), order()])
    expect([answer.accepted, codes(answer)]).toEqual([2, TOO_LARGE])
  })

  test('refunds apply in time order, then in the order of the call', async () => {
    const answer = await post(site, [
      order(),
      refund({ value: 30, time: at(14) }),
      refund({ value: 30, time: at(13) }),
      refund({ value: 30, time: at(13) }),
    ])
    expect(codes(answer)).toEqual([])
    expect(warned(answer).sort()).toEqual([
      [1, 'refund_capped'],
      [3, 'refund_capped'],
    ])
  })

  test('refunds with one id are one', async () => {
    const once = refund({ id: 'r', value: 55 })
    expect(await post(site, [order(), once, once])).toEqual({ accepted: 2, duplicates: 1, refused: [] })
    const more = refund({ id: 's', value: 1 })
    const again = await post(site, [more, more])
    expect([again.accepted, again.duplicates, warned(again)]).toEqual([1, 1, [[0, 'refund_capped']]])
  })

  test('the earliest purchase of a transaction counts', async () => {
    const later = order({ id: 'o2', time: at(11), value: 400 })
    expect(codes(await post(site, [later, refund({ value: 56 }), order()]))).toEqual([[1, 'refund_too_large']])
  })

  test('many refunds of many orders take one query', async () => {
    const orders = Array.from({ length: 500 }, (_, n) => order({ id: `o${n}`, transaction_id: `T${n}` }))
    const refunds = orders.map(({ transaction_id }) => refund({ transaction_id, value: 30 }))
    const answer = await post(site, [...orders, ...refunds, ...refunds])
    expect([answer.accepted, warned(answer).sort((one, other) => Number(one[0]) - Number(other[0]))]).toEqual([
      1_500,
      refunds.map((_, index) => [1_000 + index, 'refund_capped']),
    ])
    expect(await givenBack()).toMatchObject({ refunds: 500 * 55, ofOrders: 500 * 40 })
  })
})

describe('a refund before its order', () => {
  test('is accepted with a warning, and counts up to the payment once the order is known', async () => {
    const answer = await post(site, [refund({ value: 50 })])
    expect(answer.warnings).toEqual([
      {
        index: 0,
        code: 'order_unknown',
        message:
          'No write key has sent order "T" yet; the refund counts for no more than the order turns out to have cost.',
      },
    ])
    await post(site, [order()])
    expect(await inTurn({ value: 56 }, { value: 6 }, { value: 5, time: at(11) })).toEqual([
      'refund_too_large',
      'refund_capped',
      'accepted',
    ])
  })

  const items = [{ item_id: 'A', price: 20, quantity: 2 }]
  const sold = order({ items })
  const more = refund({ id: 'r1', value: 56, items })
  const first = refund({ id: 'r2', value: 30, time: at(13), items: [{ item_id: 'A', quantity: 1 }] })
  const second = refund({ id: 'r3', value: 30, time: at(14) })

  test.each([
    ['first', [sold, more, first, second]],
    ['last', [more, second, first, sold]],
    ['in between', [second, more, sold, first]],
    ['twice', [first, sold, second, more, sold]],
  ])('the numbers are the same when the order comes %s', async (_, events) => {
    for (const one of events) await post(site, [one])
    expect(await givenBack()).toEqual({ refunds: 55, revenue: -15, ofOrders: 40, units: 1 })
  })
})

test('a refund without a transaction is accepted', async () => {
  expect(await inTurn({ transaction_id: undefined, value: 1e9 })).toEqual(['accepted'])
})

test.each([
  ['JPY', 1_000, 1_001],
  ['KWD', 1.005, 1.006],
  ['EUR', 0.3, 0.31],
])('amounts are compared in minor units of %s', async (currency, value, over) => {
  await post(site, [order({ currency, value, tax: 0, shipping: 0 })])
  expect(await inTurn({ currency, value: over }, { currency, value })).toEqual(['refund_too_large', 'accepted'])
})

test('an order with a total of 0 can be refunded', async () => {
  await post(site, [order({ value: 0, tax: 0, shipping: 0 })])
  expect(await inTurn({}, {}, { value: 0.01 })).toEqual(['accepted', 'accepted', 'refund_too_large'])
})

describe('a refund from a page', () => {
  const record = (i: number, name: string, properties: Properties) => ({
    i,
    t: Date.now(),
    k: name,
    o: { transaction_id: 'T', ...properties },
  })

  beforeEach(() => patchSite(site, { settings: { browser_money: true } }))

  test("above the total of a server's order rejects its beacon, and nothing is stored", async () => {
    await post(site, [order()])
    await expect(
      send(site, browser(1), record(2, 'refund', { value: 5 }), record(3, 'refund', { value: 56 })),
    ).rejects.toThrow(/400.*refund_too_large/)
    expect(await rows()).toBe(0)
    const counted =
      "select count from refusals where reason = 'refund_too_large' and site = (select id from sites where domain = ?1)"
    expect(await env.DB.prepare(counted).bind(site.domain).first('count')).toBe(1)
  })

  test("is capped at a browser's order, which rejects nothing", async () => {
    await send(site, browser(1), record(1, 'purchase', { value: 40 }), record(2, 'refund', { value: 30 }))
    expect(await inTurn({ value: 41, time: Date.now() + 1 }, { value: 30, time: Date.now() + 1 })).toEqual([
      'order_unknown',
      'order_unknown',
    ])
    const { rows } = await query(site, { metrics: ['refunds'], period: 'today' })
    expect(rows[0]?.metrics.refunds?.value).toBe(40)
  })

  test('may arrive with its order, and again', async () => {
    const records = [record(1, 'purchase', { value: 40 }), record(2, 'refund', { value: 40 })]
    await send(site, browser(1), ...records)
    await send(site, browser(1), ...records)
    await send(site, browser(1), ...records, ...records)
    expect(await rows()).toBe(1)
  })
})

test('duplicates are added to the exclusion counts', async () => {
  const counted = async () =>
    env.DB.prepare(
      "select sum(count) as n from refusals where reason = 'duplicate' and site = (select id from sites where domain = ?1)",
    )
      .bind(site.domain)
      .first<number | null>('n')
  await post(site, [order()])
  expect(await counted()).toBe(null)
  expect((await post(site, [order(), order({ id: 'o2' }), refund({ value: 1 })])).duplicates).toBe(2)
  expect(await counted()).toBe(2)
  await post(site, [order()])
  expect(await counted()).toBe(3)
})

describe('the cost of a refund', () => {
  /** The batches of database calls for storing one event. */
  const batches = async (given: Properties): Promise<number> => {
    const stored = await findSite(d1(env.DB), site.domain)
    if (!stored) throw new Error('there is no site')
    let count = 0
    const counting = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: (statements: D1PreparedStatement[]) => {
        count += 1
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    await storeEvents(d1(counting), stored, [parseEvent(given, stored, Date.now())])
    return count
  }

  test('is one batch of reads, and none without a refund', async () => {
    const purchases = await batches(order())
    expect(await batches(order({ id: 'o2', transaction_id: 'U' }))).toBe(purchases)
    expect(await batches(refund({ value: 1 }))).toBe(purchases + 1)
    expect(await batches(refund({ value: 1, transaction_id: undefined }))).toBe(purchases)
  })

  test('is an index lookup for the refunds of an order', async () => {
    const { results } = await env.DB.prepare(`explain query plan ${refundsSelect}`)
      .bind(1, '["T"]')
      .all<{ detail: string }>()
    expect(results.map(({ detail }) => detail).join('\n')).toMatch(
      /SEARCH e USING INDEX refunds_of_orders \(site=\? AND transaction_id=\?\)/,
    )
  })
})
