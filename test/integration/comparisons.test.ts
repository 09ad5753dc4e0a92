import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ChangesAnswer } from '../../shared/changes'
import type { Answer, Comparison, MetricValue, Period, Question } from '../../shared/question'
import { clockByHand } from './clockByHand'
import { createSite, migrate, post, query, type TestSite } from './setup'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Friday, noon. */
const NOW = Date.UTC(2026, 2, 20, 12)

clockByHand(NOW)

let site: TestSite

const METRICS = ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'orders', 'gross_revenue', 'session_duration']

/** Every third day from the beginning of 2024 there are more people, who come at noon and in the evening. */
const eventsOf = (day: number) => {
  const midnight = Date.UTC(2024, 0, 1) + day * DAY
  return Array.from({ length: 1 + (day % 5) + Math.floor(day / 200) }, (_, n) => ({
    id: `${day}-${n}`,
    visitor_id: `v${(day + n) % 40}`,
    time: midnight + (n % 2 === 0 ? 11 : 19) * HOUR + n,
    url: 'https://shop.example/',
    ...(n % 3 === 0
      ? { name: 'purchase', transaction_id: `T${day}-${n}`, value: 10 + n, currency: 'EUR' }
      : { name: 'page_view', engaged_seconds: n * 5 }),
  }))
}

beforeAll(async () => {
  await migrate()
  site = await createSite({ timezone: 'UTC', currency: 'EUR' })
  const events = Array.from({ length: 810 }, (_, day) => eventsOf(day))
    .flat()
    .filter(({ time }) => time < NOW)
  for (let at = 0; at < events.length; at += 2_000) await post(site, events.slice(at, at + 2_000))
})

const ask = (more: Partial<Question>): Promise<Answer> => query(site, { metrics: METRICS, ...more })

const valuesOf = ({ rows }: Answer, of: (value: MetricValue) => unknown): unknown[] =>
  rows.map(({ metrics }) => Object.entries(metrics).map(([id, value]) => [id, of(value)]))

/** A period, what it is compared with, and the days that these are. */
const COMPARED: readonly [Period, Comparison, Period][] = [
  ['last_month', 'previous_year', { from: '2025-02-01', to: '2025-02-28' }],
  [{ from: '2025-02-01', to: '2025-02-28' }, 'previous_year', { from: '2024-02-01', to: '2024-02-29' }],
  ['yesterday', 'previous_year', { from: '2025-03-19', to: '2025-03-19' }],
  ['last_quarter', 'previous_year', { from: '2024-10-01', to: '2024-12-31' }],
  ['yesterday', 'previous_weekdays', { from: '2026-03-12', to: '2026-03-12' }],
  [{ from: '2026-02-10', to: '2026-02-19' }, 'previous_weekdays', { from: '2026-01-27', to: '2026-02-05' }],
  [{ from: '2026-02-01', to: '2026-02-28' }, 'previous_weekdays', { from: '2026-01-04', to: '2026-01-31' }],
  ['yesterday', { from: '2025-11-28', to: '2025-11-28' }, { from: '2025-11-28', to: '2025-11-28' }],
  ['7d', { from: '2025-06-01', to: '2025-06-30' }, { from: '2025-06-01', to: '2025-06-30' }],
  [
    { from: '2024-06-01', to: '2024-06-07' },
    { from: '2025-06-01', to: '2025-06-07' },
    { from: '2025-06-01', to: '2025-06-07' },
  ],
]

describe.each(COMPARED)('%j compared with %j', (period, compare, days) => {
  test('has the values of these days as previous ones, and says which they are', async () => {
    const answer = await ask({ period, compare })
    expect(answer.query.compare).toEqual(days)
    expect(valuesOf(answer, ({ previous }) => previous)).toEqual(
      valuesOf(await ask({ period: days }), ({ value }) => value),
    )
    expect(answer.meta.warnings).toEqual([])
    for (const value of Object.values(answer.rows[0]?.metrics ?? {})) {
      expect(['up', 'down', 'no_clear_change', 'not_tested']).toContain(value.change?.verdict)
    }
  })

  test('does so by bucket, in their order', async () => {
    const { rows } = await ask({ metrics: ['pageviews'], period, compare, granularity: 'day' })
    const then = await ask({ metrics: ['pageviews'], period: days, granularity: 'day' })
    const expected = rows.map((_, index) => then.rows[index]?.metrics.pageviews?.value ?? null)
    expect(rows.map(({ metrics }) => metrics.pageviews?.previous)).toEqual(expected)
  })
})

test('a year that is not over is compared with as much of the year before', async () => {
  const { rows, query: understood } = await ask({ metrics: ['pageviews'], period: 'year', compare: 'previous_year' })
  expect(understood.compare).toEqual({ from: '2025-01-01', to: '2025-03-20' })
  // The comparison ends at noon, so it lacks the page views of the last evening.
  const whole = await ask({
    metrics: ['pageviews'],
    period: { from: '2025-01-01', to: '2025-03-20' },
    granularity: 'hour',
  })
  const until = whole.rows.filter(({ time = '' }) => Date.parse(time) < Date.UTC(2025, 2, 20, 12))
  const sum = until.reduce((total, { metrics }) => total + (metrics.pageviews?.value ?? 0), 0)
  expect(rows[0]?.metrics.pageviews?.previous).toBe(sum)
})

test('a year before the first data is no comparison', async () => {
  const { rows, meta } = await ask({ period: { from: '2024-06-01', to: '2024-06-30' }, compare: 'previous_year' })
  expect(rows[0]?.metrics.visitors).toMatchObject({ previous: null })
  expect(meta.warnings).toEqual([
    expect.stringMatching(/^No previous data: .* begins on 2023-06-01, .* on 2024-01-01\.$/),
  ])
  expect(meta.first_day).toBe('2024-01-01')
})

test('an address takes both', async () => {
  const get = async (compare: string) => {
    const path = `metrics/visitors?site=${site.domain}&period=yesterday&compare=${compare}`
    const headers = { authorization: `Bearer ${site.read}` }
    return (await exports.default.fetch(`https://stats.example/api/v1/${path}`, { headers })).json<Answer>()
  }
  expect((await get('previous_year')).query.compare).toEqual({ from: '2025-03-19', to: '2025-03-19' })
  expect((await get('2025-01-01,2025-01-02')).query.compare).toEqual({ from: '2025-01-01', to: '2025-01-02' })
})

test.each([
  ['previous_decade', 'bad_compare'],
  [{ from: '2025-01-01' }, 'bad_compare'],
  [true, 'bad_compare'],
  [{ from: '2025-02-30', to: '2025-03-01' }, 'bad_period'],
  [{ from: '2025-03-02', to: '2025-03-01' }, 'bad_period'],
])('%j is rejected: %s', async (compare, code) => {
  await expect(ask({ compare: compare as Comparison })).rejects.toThrow(code)
})

describe('changes', () => {
  const changesIn = async (search: string): Promise<ChangesAnswer> => {
    const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}/changes${search}`, {
      headers: { authorization: `Bearer ${site.read}` },
    })
    return response.json<ChangesAnswer>()
  }

  test('name what moved, each with the filter that shows it', async () => {
    const days = { period: { from: '2026-02-01', to: '2026-02-28' }, compare: { from: '2024-02-01', to: '2024-02-28' } }
    const found = await changesIn('?period=2026-02-01,2026-02-28&compare=2024-02-01,2024-02-28')
    expect(found.query).toMatchObject(days)
    const revenue = found.changes.find(({ metric, dimension }) => metric === 'revenue' && dimension === 'channel')
    expect(revenue).toMatchObject({ group: 'Direct', verdict: 'up', explains: 1 })
    const { rows } = await ask({ ...days, metrics: ['revenue'], filters: revenue?.filters ?? [] })
    expect(rows[0]?.metrics.revenue).toMatchObject({ value: revenue?.value, previous: revenue?.previous })
    expect(found.totals.revenue).toEqual((await ask({ ...days, metrics: ['revenue'] })).rows[0]?.metrics.revenue)
    expect(found.tested).toBeGreaterThan(0)
    const filtered = await changesIn(`?filters=${encodeURIComponent('[["is","channel",["Email"]]]')}`)
    expect([filtered.tested, filtered.changes]).toEqual([0, []])
  })

  test('are none before the first data, with the reason', async () => {
    const { changes, meta } = await changesIn('?period=2024-01-01,2024-01-31')
    expect([changes, meta.warnings]).toEqual([[], [expect.stringContaining('No previous data')]])
  })

  test.each(['?period=x', '?compare=x', '?filters=x', '?filters=[["is","x",["y"]]]'])(
    '%s is rejected',
    async search => {
      expect(await changesIn(search)).toMatchObject({ error: { message: expect.any(String) } })
    },
  )
})
