import { env, exports } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Browser, browser, send } from './beacons'
import { createSite, migrate, patchSite, post, query, settle, type TestSite } from './setup'

beforeAll(migrate)

let site: TestSite
beforeEach(async () => {
  site = await createSite({ currency: 'EUR' })
})

const MINUTE = 60_000
const now = Date.now()
/** Long enough ago that a browser may send an event of an hour before, on a day that is today throughout. */
const NOON = Math.max(now - 3 * 60 * MINUTE, Math.floor(now / 86_400_000) * 86_400_000 + 70 * MINUTE)
const TODAY = { from: new Date(NOON).toISOString().slice(0, 10), to: new Date(now).toISOString().slice(0, 10) }

const ATTACKER = browser(66)
const BUYER = browser(1)

let records = 0
const record = (name: string, time: number, o: Record<string, unknown>, more: Record<string, unknown> = {}) => {
  records += 1
  return { i: records, t: time, k: name, o, ...more }
}

const beacon = async (
  from: Browser,
  body: Record<string, unknown>,
): Promise<[status: number, dropped: string | null]> => {
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': from.agent, 'cf-connecting-ip': from.address },
    body: JSON.stringify({ v: 1, s: site.domain, n: Date.now(), ...body }),
  })
  return [response.status, response.headers.get('x-footfall-dropped')]
}

const order = (value: number, more: Record<string, unknown> = {}) => ({
  id: 'o1',
  name: 'purchase',
  user_id: 'u_42',
  time: NOON,
  transaction_id: 'T1',
  value,
  ...more,
})

const forged = (value: number, time: number, o: Record<string, unknown> = {}) =>
  record('purchase', time, { transaction_id: 'T1', value, ...o })

const MONEY = ['orders', 'gross_revenue', 'revenue', 'average_order_value'] as const

const numbers = async (parameters: Record<string, unknown> = {}) => {
  const { rows } = await query(site, {
    metrics: MONEY,
    period: TODAY,
    parameters: Object.fromEntries(MONEY.map(id => [id, parameters])) as never,
  })
  return MONEY.map(id => rows[0]?.metrics[id]?.value)
}

const HUNDRED = [1, 100, 100, 100]
const NOTHING = [0, 0, 0, null]

describe("a server's order", () => {
  const forgeries: [what: string, value: number, time: number][] = [
    ['of 0, earlier', 0, NOON - 30 * MINUTE],
    ['of 0, later', 0, NOON + MINUTE],
    ['of 9,999,999,999, earlier', 9_999_999_999, NOON - 30 * MINUTE],
    ['at the same moment', 5, NOON],
  ]

  test.each(forgeries)('wins over a later copy from a browser: %s', async (_, value, time) => {
    await post(site, [order(100)])
    await settle()
    await send(site, ATTACKER, forged(value, time))
    expect(await numbers()).toEqual(HUNDRED)
    await settle()
    expect(await numbers()).toEqual(HUNDRED)
  })

  test.each(forgeries)('wins over an earlier copy from a browser, and is no duplicate: %s', async (_, value, time) => {
    await send(site, ATTACKER, forged(value, time))
    await settle()
    expect(await post(site, [order(100)])).toEqual({ accepted: 1, duplicates: 0, refused: [] })
    expect(await numbers()).toEqual(HUNDRED)
    await settle()
    expect(await numbers()).toEqual(HUNDRED)
    expect(await post(site, [order(100)])).toEqual({ accepted: 0, duplicates: 1, refused: [] })
  })

  test('is the earliest one from a server, whatever browsers send', async () => {
    await post(site, [order(7, { id: 'o2', time: NOON + 20 * MINUTE })])
    await send(site, ATTACKER, forged(3, NOON - 40 * MINUTE), forged(4, NOON + 30 * MINUTE))
    expect((await post(site, [order(100)])).duplicates).toBe(1)
    expect(await numbers()).toEqual(HUNDRED)
  })

  test('belongs to the session of the browser that sent it too', async () => {
    const page = (path: string) => ({ u: `https://${site.domain}${path}` })
    await send(site, BUYER, { i: 1, t: NOON - 5 * MINUTE, ...page('/cart?utm_source=news&utm_medium=email') })
    await send(site, BUYER, record('add_to_cart', NOON - 4 * MINUTE, {}, page('/cart')))
    await post(site, [order(100, { user_id: undefined, visitor_id: 'backend' })])
    await send(site, BUYER, record('purchase', NOON + 1_000, { transaction_id: 'T1', value: 1 }, page('/thanks')))
    const { rows } = await query(site, {
      metrics: ['orders', 'gross_revenue', 'cart_abandonment_rate', 'sessions'],
      period: TODAY,
      dimensions: ['source'],
    })
    expect(rows.map(({ dimensions, metrics }) => [dimensions?.source, metrics.gross_revenue?.value])).toEqual([
      ['news', 100],
    ])
    expect(rows[0]?.metrics.cart_abandonment_rate).toMatchObject({ numerator: 0, denominator: 1 })
  })

  test('is not blocked by an event with the same id', async () => {
    const other = await createSite({ currency: 'EUR' })
    const refund = { id: 'r1', name: 'refund', user_id: 'u_42', time: NOON, transaction_id: 'T1', value: 40 }
    await post(other, [order(100), refund])
    const ids = await env.DB.prepare(
      'select id from events where site = (select id from sites where domain = ?1) order by name',
    )
      .bind(other.domain)
      .all<{ id: number }>()
    for (const { id } of ids.results) {
      const [status] = await beacon(ATTACKER, {
        e: [{ i: id < 0 ? -1 - id : id, t: NOON, u: `https://${site.domain}/`, k: 'nothing', o: { user_id: 'u_42' } }],
      })
      expect(status).toBe(204)
    }
    await post(site, [order(100), refund])
    const { rows } = await query(site, { metrics: ['orders', 'refunds'], period: TODAY })
    expect([rows[0]?.metrics.orders?.value, rows[0]?.metrics.refunds?.value]).toEqual([1, 40])
  })
})

describe('an order that only a browser sent', () => {
  beforeEach(async () => {
    await send(site, BUYER, record('add_to_cart', NOON - MINUTE, {}), forged(9_999_999_999, NOON))
  })

  test('counts, is marked, and is excluded where only confirmed orders are requested', async () => {
    expect(await numbers()).toEqual([1, 9_999_999_999, 9_999_999_999, 9_999_999_999])
    expect(await numbers({ source: 'all' })).toEqual(await numbers())
    expect(await numbers({ source: 'confirmed' })).toEqual(NOTHING)
    const marked = 'select unconfirmed from events where site = (select id from sites where domain = ?1) and name = 10'
    expect(await env.DB.prepare(marked).bind(site.domain).first('unconfirmed')).toBe(1)
    await post(site, [order(100)])
    expect(await env.DB.prepare(marked).bind(site.domain).first('unconfirmed')).toBe(null)
    expect(await numbers({ source: 'confirmed' })).toEqual(HUNDRED)
  })

  test('is excluded from every answer by a setting that loses nothing, before and after the watermark', async () => {
    const asked = async () => {
      const metrics = ['orders', 'conversions', 'events', 'sessions', 'visitors'] as const
      const rates = ['cart_abandonment_rate', 'conversion_rate', 'engagement_rate'] as const
      const { rows } = await query(site, { metrics: [...metrics, ...rates], period: TODAY })
      const cells = rows[0]?.metrics ?? {}
      return [...metrics.map(id => cells[id]?.value), ...rates.map(id => cells[id]?.numerator)]
    }
    const all = [1, 1, 2, 1, 1, 0, 1, 1]
    const server = [0, 0, 1, 1, 1, 1, 0, 0]
    expect(await asked()).toEqual(all)
    await patchSite(site, { settings: { purchases: 'server' } })
    expect(await asked()).toEqual(server)
    await settle()
    expect(await asked()).toEqual(server)
    await patchSite(site, { settings: { purchases: 'all' } })
    expect(await asked()).toEqual(all)
    await patchSite(site, { settings: { purchases: 'server' } })
    await post(site, [order(100)])
    expect((await asked()).slice(0, 3)).toEqual([1, 1, 2])
  })
})

describe('money that browsers may not send', () => {
  const stored = async () =>
    env.DB.prepare('select count(*) as n from events where site = (select id from sites where domain = ?1)')
      .bind(site.domain)
      .first<number>('n')
  const refused = async () =>
    env.DB.prepare(
      "select count from refusals where reason = 'server_only' and site = (select id from sites where domain = ?1)",
    )
      .bind(site.domain)
      .first<number>('count')
  const page = () => ({ u: `https://${site.domain}/` })
  const money = () => [
    record('refund', NOON, { transaction_id: 'T1', value: 1 }, page()),
    record('subscription_change', NOON, { price: 1 }, page()),
    record('subscription_cancel', NOON, {}, page()),
  ]

  test('is rejected with its reason; the rest of the beacon is not', async () => {
    const [refund, change, cancel] = money()
    expect(await beacon(ATTACKER, { e: [refund] })).toEqual([204, 'server_only:refund'])
    expect(await stored()).toBe(0)
    expect(await beacon(ATTACKER, { e: [change, cancel, record('login', NOON, {}, page()), change] })).toEqual([
      204,
      'server_only:subscription_change, server_only:subscription_cancel',
    ])
    expect([await stored(), await refused()]).toEqual([1, 4])
    expect(await beacon(ATTACKER, { e: [record('subscription_start', NOON, { price: 5 }, page())] })).toEqual([
      204,
      null,
    ])
  })

  test('is accepted if the site allows it, and excluded where only servers are trusted', async () => {
    await patchSite(site, { settings: { browser_money: true } })
    await post(site, [order(100)])
    expect(await beacon(ATTACKER, { e: money() })).toEqual([204, null])
    await beacon(ATTACKER, { e: [record('subscription_start', NOON + 1, { price: 5, user_id: 'u' }, page())] })
    const metrics = ['refunds', 'mrr', 'events'] as const
    const asked = async () => {
      const { rows } = await query(site, { metrics, period: TODAY })
      return metrics.map(id => rows[0]?.metrics[id]?.value)
    }
    expect(await asked()).toEqual([1, 5, 5])
    expect(
      (await query(site, { metrics: ['refunds'], period: TODAY, parameters: { refunds: { source: 'confirmed' } } }))
        .rows[0]?.metrics.refunds?.value,
    ).toBe(0)
    await patchSite(site, { settings: { purchases: 'server' } })
    expect(await asked()).toEqual([0, 0, 1])
  })
})
