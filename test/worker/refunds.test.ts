import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { occurrenceOfEvent } from '../../worker/ingest/event'
import { store } from '../../worker/ingest/store'
import { findSite } from '../../worker/store/sites'
import refundsSelect from '../../worker/store/sql/events.select_refunds.sql'
import { browser, send } from './beacons'
import { createSite, migrate, type Posted, post, query, type TestSite } from './setup'

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
const TOO_LARGE = [[0, 'refund_too_large']]

const rows = async (): Promise<number> =>
  (await env.DB.prepare(
    'select count(*) as n from events where name = 11 and site = (select id from sites where domain = ?1)',
  )
    .bind(site.domain)
    .first<number>('n')) ?? 0

/** Posts one refund after another, each in a call of its own, and gives what became of each. */
const inTurn = async (...refunds: Properties[]): Promise<string[]> => {
  const results: string[] = []
  for (const one of refunds) {
    const { accepted, duplicates, refused } = await post(site, [refund(one)])
    results.push(accepted ? 'accepted' : duplicates ? 'duplicate' : (refused[0]?.code ?? ''))
  }
  return results
}

describe('of an order that is known', () => {
  beforeEach(async () => {
    await post(site, [order()])
  })

  test('all that was paid can be given back, tax and shipping too, and not a cent more', async () => {
    expect(codes(await post(site, [refund({ value: 55.01 })]))).toEqual(TOO_LARGE)
    expect(await rows()).toBe(0)
    expect(codes(await post(site, [refund({ value: 55 })]))).toEqual([])
    expect(codes(await post(site, [refund({ value: 0.01 })]))).toEqual(TOO_LARGE)
    expect(codes(await post(site, [refund({ value: 0 })]))).toEqual([])
    expect(await rows()).toBe(2)
  })

  test('the whole order can be given back once', async () => {
    expect(await inTurn({}, {})).toEqual(['accepted', 'refund_too_large'])
  })

  test('items of an order that did not say what it sold are the whole order, as in the metric refunds', async () => {
    const items = [{ item_id: 'A', quantity: 1 }]
    expect(await inTurn({ items }, { items })).toEqual(['accepted', 'refund_too_large'])
  })

  test('items without a value are what they were sold for', async () => {
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
      'refund_too_large',
    ])
    const period = { from: '2026-03-10', to: '2026-03-10' }
    const metrics = ['refunds', 'refund_rate', 'return_rate']
    const { rows } = await query(site, { metrics, period, filters: [] })
    expect(rows[0]?.metrics.refunds?.value).toBe(40)
    expect(rows[0]?.metrics.refund_rate).toMatchObject({ numerator: 40, denominator: 80 })
    expect(rows[0]?.metrics.return_rate).toMatchObject({ numerator: 3, denominator: 3 })
  })

  test('items with prices of their own are those', async () => {
    const items = [{ item_id: 'A', price: 7.5, quantity: 2 }]
    expect(await inTurn({ items })).toEqual(['accepted'])
    const { rows } = await query(site, { metrics: ['refunds'], period: { from: '2026-03-10', to: '2026-03-10' } })
    expect(rows[0]?.metrics.refunds?.value).toBe(15)
  })

  test('items with a value are that value', async () => {
    const items = [{ item_id: 'A', quantity: 1, price: 20 }]
    expect(await inTurn({ items, value: 20 }, { items, value: 20 }, { items, value: 20 })).toEqual([
      'accepted',
      'accepted',
      'refund_too_large',
    ])
  })

  test('what was given back before counts, and says what is left', async () => {
    await post(site, [refund({ value: 30 })])
    const answer = await post(site, [refund({ value: 25.5 })])
    expect(answer).toEqual({
      accepted: 0,
      duplicates: 0,
      refused: [
        {
          index: 0,
          code: 'refund_too_large',
          message: 'A refund of 25.5 EUR is more than the 25 EUR that is left of the 55 EUR paid for order "T".',
        },
      ],
    })
  })

  test('what is given back later does not count', async () => {
    expect(await inTurn({ value: 40, time: at(15) }, { value: 55, time: at(14) })).toEqual(['accepted', 'accepted'])
    expect(await inTurn({ value: 1, time: at(15) }, { value: 1, time: at(14) })).toEqual([
      'refund_too_large',
      'refund_too_large',
    ])
  })

  test('a refund at the same moment counts', async () => {
    expect(await inTurn({ value: 30 }, { value: 30 })).toEqual(['accepted', 'refund_too_large'])
  })

  test('in another currency it is not compared and takes nothing from the order', async () => {
    expect(await inTurn({ value: 900, currency: 'SEK' }, { value: 55 }, { value: 1 })).toEqual([
      'accepted',
      'accepted',
      'refund_too_large',
    ])
  })

  test('a refund that repeats an id is a duplicate, whatever it says', async () => {
    expect(await inTurn({ id: 'r', value: 55 }, { id: 'r', value: 55 }, { id: 'r', value: 900 })).toEqual([
      'accepted',
      'duplicate',
      'duplicate',
    ])
    expect(await inTurn({ id: 's', value: 1 })).toEqual(['refund_too_large'])
    expect(await rows()).toBe(1)
  })

  test('it is one refused event among accepted ones, and leaves nothing', async () => {
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

  test('an earlier order of the transaction, in the call of the refund, is the order', async () => {
    expect(codes(await post(site, [order({ id: 'o0', time: at(9), value: 100 }), refund({ value: 115 })]))).toEqual([])
    expect(codes(await post(site, [refund({ value: 1 })]))).toEqual(TOO_LARGE)
  })

  test('another order is another order, and another site another site', async () => {
    await post(site, [order({ id: 'p', transaction_id: 'U', value: 5, tax: 0, shipping: 0 })])
    expect(await inTurn({ value: 55 }, { value: 5, transaction_id: 'U' }, { value: 1, transaction_id: 'U' })).toEqual([
      'accepted',
      'accepted',
      'refund_too_large',
    ])
    site = await createSite()
    expect(await inTurn({ value: 900 })).toEqual(['accepted'])
  })
})

describe('in the call of its order', () => {
  test('a refund is compared with it, wherever it stands', async () => {
    const answer = await post(site, [refund({ value: 56 }), refund({ value: 55 }), order()])
    expect([answer.accepted, codes(answer)]).toEqual([2, TOO_LARGE])
  })

  test('refunds are taken in their order of time, and in that of the call when that is one', async () => {
    const answer = await post(site, [
      order(),
      refund({ value: 30, time: at(14) }),
      refund({ value: 30, time: at(13) }),
      refund({ value: 30, time: at(13) }),
    ])
    expect(codes(answer)).toEqual([
      [1, 'refund_too_large'],
      [3, 'refund_too_large'],
    ])
  })

  test('refunds of one id are one', async () => {
    const once = refund({ id: 'r', value: 55 })
    expect(await post(site, [order(), once, once])).toEqual({ accepted: 2, duplicates: 1, refused: [] })
    const more = refund({ id: 's', value: 1 })
    expect(codes(await post(site, [more, more]))).toEqual([...TOO_LARGE, [1, 'refund_too_large']])
  })

  test('of purchases of one transaction the earliest counts', async () => {
    const later = order({ id: 'o2', time: at(11), value: 400 })
    expect(codes(await post(site, [later, refund({ value: 56 }), order()]))).toEqual([[1, 'refund_too_large']])
  })

  test('many refunds of many orders are one question', async () => {
    const orders = Array.from({ length: 500 }, (_, n) => order({ id: `o${n}`, transaction_id: `T${n}` }))
    const refunds = orders.map(({ transaction_id }) => refund({ transaction_id, value: 30 }))
    const answer = await post(site, [...orders, ...refunds, ...refunds])
    expect([answer.accepted, codes(answer)]).toEqual([
      1_000,
      refunds.map((_, index) => [1_000 + index, 'refund_too_large']),
    ])
  })
})

test('before its order is known a refund is accepted, and counts once the order is', async () => {
  expect(await inTurn({ value: 50 })).toEqual(['accepted'])
  await post(site, [order()])
  expect(await inTurn({ value: 6 }, { value: 5 })).toEqual(['refund_too_large', 'accepted'])
})

test('a refund of no transaction is accepted', async () => {
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

test('an order that cost nothing can be given back', async () => {
  await post(site, [order({ value: 0, tax: 0, shipping: 0 })])
  expect(await inTurn({}, {}, { value: 0.01 })).toEqual(['accepted', 'accepted', 'refund_too_large'])
})

describe('of a page', () => {
  const record = (i: number, name: string, properties: Properties) => ({
    i,
    t: Date.now(),
    k: name,
    o: { transaction_id: 'T', ...properties },
  })

  test('too large it refuses the beacon, and nothing of it is stored', async () => {
    await send(site, browser(1), record(1, 'purchase', { value: 40, tax: 10, shipping: 5 }))
    await expect(
      send(site, browser(1), record(2, 'refund', { value: 5 }), record(3, 'refund', { value: 51 })),
    ).rejects.toThrow(/400.*refund_too_large/)
    expect(await rows()).toBe(0)
    const counted =
      "select count from refusals where reason = 'refund_too_large' and site = (select id from sites where domain = ?1)"
    expect(await env.DB.prepare(counted).bind(site.domain).first('count')).toBe(1)
  })

  test('it may come with its order, and come again', async () => {
    const records = [record(1, 'purchase', { value: 40 }), record(2, 'refund', { value: 40 })]
    await send(site, browser(1), ...records)
    await send(site, browser(1), ...records)
    await send(site, browser(1), ...records, ...records)
    expect(await rows()).toBe(1)
    await expect(send(site, browser(1), record(3, 'refund', { value: 1 }))).rejects.toThrow(/refund_too_large/)
  })
})

test('duplicates are counted with what is refused', async () => {
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

describe('what it costs', () => {
  /** The batches that storing one event asks the database for. */
  const batches = async (given: Properties): Promise<number> => {
    const stored = await findSite(env.DB, site.domain)
    if (!stored) throw new Error('there is no site')
    let count = 0
    const counting = {
      prepare: (sql: string) => env.DB.prepare(sql),
      batch: (statements: D1PreparedStatement[]) => {
        count += 1
        return env.DB.batch(statements)
      },
    } as unknown as D1Database
    await store(counting, stored, [occurrenceOfEvent(given, stored, Date.now())])
    return count
  }

  test('one batch of reads where there is a refund, and none where there is not', async () => {
    const purchases = await batches(order())
    expect(await batches(order({ id: 'o2', transaction_id: 'U' }))).toBe(purchases)
    expect(await batches(refund({ value: 1 }))).toBe(purchases + 1)
    expect(await batches(refund({ value: 1, transaction_id: undefined }))).toBe(purchases)
  })

  test('the refunds of an order are found by their index', async () => {
    const { results } = await env.DB.prepare(`explain query plan ${refundsSelect}`)
      .bind(1, '["T"]')
      .all<{ detail: string }>()
    expect(results.map(({ detail }) => detail).join('\n')).toMatch(
      /SEARCH e USING INDEX refunds_of_orders \(site=\? AND transaction_id=\?\)/,
    )
  })
})
