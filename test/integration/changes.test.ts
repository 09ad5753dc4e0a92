import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MetricValue, Question } from '../../shared/question'
import { createSite, cron, migrate, post, query, type TestSite } from './setup'

beforeAll(migrate)

const DAY = '2026-03-11'
const DAY_BEFORE = '2026-03-10'

const times = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n))

let ids = 0
const event = (day: string, name: string, more: object = {}): object => {
  ids += 1
  return { id: `c${ids}`, name, time: `${day}T10:00:00Z`, visitor_id: `v${ids}`, url: 'https://shop.example/', ...more }
}
const order = (day: string, value: number): object => event(day, 'purchase', { transaction_id: `T${ids}`, value })

const siteWith = async (events: readonly object[]): Promise<TestSite> => {
  const site = await createSite({ currency: 'EUR' })
  expect((await post(site, events)).refused).toEqual([])
  return site
}

/** One metric of a day, compared with the day before. */
const compared = async (site: TestSite, metric: string, question: Partial<Question> = {}): Promise<MetricValue> => {
  const period = { from: DAY, to: DAY }
  const { rows } = await query(site, { metrics: [metric], period, compare: 'previous_period', ...question })
  return rows[0]?.metrics[metric] as MetricValue
}

const percents = (interval: readonly number[] | null | undefined, digits: number) =>
  interval?.map(bound => Number((100 * bound).toFixed(digits)))

describe('money', () => {
  test('from 38,700 in 120 orders to 20 in one is down', async () => {
    const site = await siteWith([...times(120, () => order(DAY_BEFORE, 322.5)), order(DAY, 20)])
    for (const metric of ['gross_revenue', 'revenue']) {
      const { value, previous, interval, change } = await compared(site, metric)
      expect([value, previous, change?.verdict]).toEqual([20, 38_700, 'down'])
      expect(percents([change?.value ?? 0, ...(change?.interval ?? [])], 3)).toEqual([-99.948, -99.993, -99.63])
      // 20 ± 1.96 × 20; orders cannot fall below 0, revenue after refunds can.
      expect(interval?.map(bound => Number(bound.toFixed(2)))).toEqual([metric === 'revenue' ? -19.2 : 0, 59.2])
    }
    const whole = await compared(site, 'gross_revenue', { period: { from: DAY_BEFORE, to: DAY_BEFORE } })
    expect(whole.interval?.map(bound => Number(bound.toFixed(2)))).toEqual([31_775.82, 45_624.18])
  })

  test('has the variance of orders and of refunds', async () => {
    const site = await siteWith([
      order(DAY, 30),
      order(DAY, 60),
      event(DAY, 'refund', { transaction_id: 'elsewhere', value: 20 }),
    ])
    const { value, interval } = await compared(site, 'revenue')
    const half = 1.959963984540054 * Math.sqrt(30 ** 2 + 60 ** 2 + 20 ** 2)
    expect([value, interval]).toEqual([70, [expect.closeTo(70 - half, 9), expect.closeTo(70 + half, 9)]])
    expect((await compared(site, 'refunds')).interval).toEqual([0, expect.closeTo(20 * 2.959963984540054, 9)])
  })

  test('that ends is down, unless it was one order', async () => {
    const many = await siteWith(times(120, () => order(DAY_BEFORE, 322.5)))
    expect((await compared(many, 'gross_revenue')).change).toEqual({ value: -1, interval: null, verdict: 'down' })
    const one = await siteWith([order(DAY_BEFORE, 322.5)])
    expect((await compared(one, 'gross_revenue')).change).toEqual({ value: -1, interval: null, verdict: 'not_tested' })
  })
})

describe('counts', () => {
  const visits = (before: number, now: number) =>
    siteWith([...times(before, () => event(DAY_BEFORE, 'page_view')), ...times(now, () => event(DAY, 'page_view'))])

  test('from 5 to 223 are up, from rollups and from events', { timeout: 60_000 }, async () => {
    const site = await visits(5, 223)
    const before = await compared(site, 'visitors')
    expect([before.value, before.previous, before.change?.value, before.change?.verdict]).toEqual([223, 5, 43.6, 'up'])
    expect(percents(before.change?.interval, 1)).toEqual([1738.3, 10_720.5])
    await cron()
    expect(await compared(site, 'visitors')).toEqual(before)
  })

  test('from 100 to 110 have no clear change', async () => {
    const { change } = await compared(await visits(100, 110), 'visitors')
    expect([change?.value, change?.verdict]).toEqual([0.1, 'no_clear_change'])
    expect(percents(change?.interval, 2)).toEqual([-16.1, 44.21])
  })
})

test('a score has the variances of both periods', async () => {
  const answers = (day: string, [promoters = 0, passives = 0, detractors = 0]: readonly number[]) =>
    [...times(promoters, () => 9), ...times(passives, () => 7), ...times(detractors, () => 0)].map(score =>
      event(day, 'survey_response', { properties: { kind: 'nps', score } }),
    )
  const site = await siteWith([...answers(DAY_BEFORE, [50, 30, 20]), ...answers(DAY, [10, 30, 60])])
  const { change } = await compared(site, 'nps')
  expect([change?.value, change?.verdict]).toEqual([-80, 'down'])
  expect(change?.interval?.map(bound => Number(bound.toFixed(2)))).toEqual([-100.18, -59.82])
})

test('medians are up if their intervals do not overlap, else not tested', async () => {
  const read = (day: string, from: number) =>
    times(10, n => event(day, 'page_view', { engaged_seconds: from + n, visitor_id: `${day} ${n}` }))
  // The second and the ninth of ten.
  const apart = await compared(await siteWith([...read(DAY_BEFORE, 1), ...read(DAY, 9)]), 'content_reading_time')
  expect(apart).toMatchObject({ interval: [10, 17], change: { interval: null, verdict: 'up' } })
  const lapping = await siteWith([...read(DAY_BEFORE, 1), ...read(DAY, 8)])
  for (const [metric, parameters] of [
    ['content_reading_time', {}],
    ['session_duration', { statistic: 'median' }],
  ] as const) {
    const { change } = await compared(lapping, metric, { parameters: { [metric]: parameters } })
    expect([metric, change?.interval, change?.verdict]).toEqual([metric, null, 'not_tested'])
  }
})

const importRows = async ({ domain, write }: TestSite, kind: string, rows: readonly object[]) => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/imports/${kind}?site=${domain}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${write}`, 'content-type': 'application/json' },
    body: JSON.stringify({ rows }),
  })
  expect([response.status, await response.text()]).toEqual([200, expect.any(String)])
}

test('totals without an interval are not tested, however much they change', async () => {
  const subscribed = (day: string) => event(day, 'subscription_start', { properties: { price: 50, interval: 'month' } })
  const site = await siteWith([
    ...times(3, () => order(DAY_BEFORE, 100)),
    event(DAY_BEFORE, 'refund', { transaction_id: `T${ids}`, value: 10 }),
    order(DAY, 20),
    event(DAY, 'refund', { transaction_id: `T${ids}`, value: 15 }),
    subscribed(DAY_BEFORE),
    ...times(40, () => subscribed(DAY)),
  ])
  const each = (of: (n: number) => object) => [DAY_BEFORE, DAY].map((day, n) => ({ day, ...of(n) }))
  await importRows(
    site,
    'costs',
    each(n => ({ channel: 'Direct', amount: n === 0 ? 10 : 400, currency: 'EUR' })),
  )
  await importRows(
    site,
    'social',
    each(n => ({ source: 'x', impressions: 1_000_000, engagements: 1000 + 90_000 * n })),
  )
  await importRows(
    site,
    'market',
    each(n => ({ own_revenue: 10 + 80 * n, market_revenue: 1000, currency: 'EUR' })),
  )
  for (const metric of ['mrr', 'arr', 'romi', 'market_share', 'social_engagement_rate', 'refund_rate']) {
    const { change } = await compared(site, metric)
    expect([metric, change?.value]).toEqual([metric, expect.any(Number)])
    expect([metric, change?.interval, change?.verdict]).toEqual([metric, null, 'not_tested'])
  }
})

describe('a period that begins before the first data', () => {
  const NOTHING = { previous: null, change: { value: null, interval: null, verdict: 'not_tested' } }
  const WEEK = { from: '2026-03-15', to: '2026-03-21' }

  test('is no comparison, and the answer says so once', async () => {
    // The week before overlaps the first days.
    const site = await siteWith([
      event('2026-03-14', 'page_view'),
      ...times(40, () => event('2026-03-16', 'page_view')),
      order('2026-03-17', 5),
    ])
    const asked = { metrics: ['visitors', 'bounce_rate', 'revenue'], period: WEEK, compare: 'previous_period' } as const
    for (const more of [{}, { granularity: 'day' }, { dimensions: ['country'] }] as const) {
      const { rows, meta, query: understood } = await query(site, { ...asked, ...more })
      expect(rows.length).toBeGreaterThan(0)
      for (const { metrics } of rows) {
        for (const value of Object.values(metrics)) expect(value).toMatchObject(NOTHING)
      }
      expect(meta.warnings).toEqual([
        "No previous data: the previous period begins on 2026-03-08, and this site's data on 2026-03-14.",
      ])
      expect(understood.compare).toEqual({ from: '2026-03-08', to: '2026-03-14' })
    }
    const { rows, meta } = await query(site, { ...asked, period: { from: '2026-03-16', to: '2026-03-17' } })
    expect([rows[0]?.metrics.visitors?.previous, meta.warnings]).toEqual([1, []])
  })

  test('on an empty site is no comparison', async () => {
    const { rows, meta } = await query(await createSite(), { metrics: ['visitors'], compare: 'previous_period' })
    expect(rows[0]?.metrics.visitors).toMatchObject(NOTHING)
    expect(meta.warnings).toEqual(['No previous data: this site has no data yet.'])
  })

  test('may have imports, dated by the days of the site', async () => {
    const site = await createSite({ timezone: 'America/Los_Angeles', currency: 'EUR' })
    await importRows(site, 'costs', [{ day: '2026-03-08', channel: 'Direct', amount: 10, currency: 'EUR' }])
    expect((await query(site, { metrics: ['visitors'], period: 'all' })).query.period).toMatchObject({
      from: '2026-03-08',
    })
    const { meta } = await query(site, { metrics: ['visitors'], period: WEEK, compare: 'previous_period' })
    expect(meta.warnings).toEqual([])
  })
})
