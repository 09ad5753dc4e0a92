import { exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { createSite, migrate, post, query } from './setup'

beforeAll(migrate)

const METRICS = ['gross_revenue', 'refunds', 'revenue', 'average_order_value'] as const

const of = async (currencies: readonly (readonly [string, number])[]) => {
  const site = await createSite({ currency: 'EUR' })
  const orders = currencies.map(([currency, value], index) => ({
    id: `o${index}`,
    name: 'purchase',
    visitor_id: 'v',
    time: '2026-03-10T10:00:00Z',
    transaction_id: `T${index}`,
    currency,
    value,
  }))
  await post(site, orders)
  return site
}

const march = (day: number) => ({ from: `2026-03-${day}`, to: `2026-03-${day}` })

test("money is added in the site's currency, and excluded currencies are named", async () => {
  const site = await of([
    ['EUR', 10],
    ['EUR', 20.5],
    ['USD', 99],
    ['JPY', 1000],
  ])
  const { rows, meta } = await query(site, { metrics: METRICS, period: march(10) })
  expect(rows[0]?.metrics.gross_revenue).toMatchObject({ value: 30.5, currency: 'EUR', status: 'ok' })
  expect(rows[0]?.metrics.average_order_value).toMatchObject({ value: 15.25, denominator: 2, currency: 'EUR' })
  expect(meta.warnings.map(warning => /in (\w+) are left out/.exec(warning)?.[1])).toEqual(['JPY', 'USD'])
})

test('without a site currency the only one is used, and none if there are several', async () => {
  const one = await query(
    await of([
      ['JPY', 1000],
      ['JPY', 500],
    ]),
    { metrics: METRICS, period: march(10) },
  )
  expect(one.rows[0]?.metrics.gross_revenue).toMatchObject({ value: 1500, currency: 'JPY' })
  const two = await query(
    await of([
      ['JPY', 1000],
      ['USD', 5],
    ]),
    { metrics: METRICS, period: march(10) },
  )
  expect(two.rows[0]?.metrics.gross_revenue).toMatchObject({ value: null, status: 'needs_input' })
})

test("a refund without a value refunds its whole order in the order's currency, even an earlier order", async () => {
  const site = await of([['USD', 5]])
  await post(site, [{ id: 'r', name: 'refund', visitor_id: 'v', time: '2026-03-12T10:00:00Z', transaction_id: 'T0' }])
  const values = async (day: number) =>
    Object.values((await query(site, { metrics: METRICS, period: march(day) })).rows[0]?.metrics ?? {}).map(
      ({ value }) => value,
    )
  expect(await values(10)).toEqual([5, 0, 5, 5])
  expect(await values(12)).toEqual([0, 5, -5, null])
})

test('other currencies in the previous period are named, too', async () => {
  const site = await of([['EUR', 500]])
  await post(site, [
    {
      id: 's',
      name: 'purchase',
      visitor_id: 'v',
      time: '2026-03-11T10:00:00Z',
      transaction_id: 'S',
      currency: 'SEK',
      value: 9,
    },
  ])
  const asked = { metrics: ['gross_revenue'], period: march(11), compare: 'previous_period' } as const
  const { rows, meta } = await query(site, asked)
  expect(rows[0]?.metrics.gross_revenue).toMatchObject({ value: 9, currency: 'SEK', previous: 0 })
  expect(meta.warnings).toEqual([
    '1 orders and refunds in EUR of the period before are left out: amounts of different currencies are never added.',
  ])
})

test('CSV has a column for the currency', async () => {
  const site = await of([['JPY', 1500]])
  const response = await exports.default.fetch(
    `https://stats.example/api/v1/metrics/gross_revenue?site=${site.domain}&period=2026-03-10,2026-03-10&format=csv`,
    { headers: { authorization: `Bearer ${site.read}` } },
  )
  const [header = [], row = []] = (await response.text()).split('\r\n').map(line => line.split(','))
  const cells = Object.fromEntries(header.map((name, place) => [name, row[place]]))
  expect(cells).toMatchObject({ gross_revenue: '1500', gross_revenue_currency: 'JPY' })
})

test('amounts are found without reading other events', async () => {
  const site = await of([
    ['EUR', 10],
    ['USD', 20],
  ])
  const clicks = Array.from({ length: 300 }, (_, index) => ({
    id: `c${index}`,
    name: 'clicked',
    visitor_id: 'v',
    time: '2026-03-10T11:00:00Z',
  }))
  await post(site, clicks)
  const views = await query(site, { metrics: ['pageviews'], period: march(10) })
  const money = await query(site, { metrics: METRICS, period: march(10) })
  expect(money.rows[0]?.metrics.gross_revenue?.value).toBe(10)
  expect(money.meta.rows_read - views.meta.rows_read).toBeLessThan(clicks.length)
})
