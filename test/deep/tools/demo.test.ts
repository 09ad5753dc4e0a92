import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, MetricValue, Row } from '../../../shared/question'
import { PLANNER } from '../../../tools/demoData/planner/site'
import { SEED, seedDemo } from '../../../tools/demoData/seed'
import { SHOP } from '../../../tools/demoData/shop/site'
import type { DemoSite } from '../../../tools/demoData/site'
import { DEMO_SITES } from '../../../tools/demoData/sites'
import { type Server, startServer } from '../../../tools/server/server'
import { METRICS } from '../../../worker/metrics/definitions'

const MINUTES = 60_000
const DAY = 86_400_000
const PERIODS = ['90d', 'all'] as const

let dataDir: string
let server: Server
let now: number
const progress: string[] = []

const call = async (path: string, body?: unknown) => {
  // A simulation before may have blocked for seconds: connections that were closed meanwhile must be noticed first.
  await setImmediate()
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json()
}

const rowsOf = async (question: { readonly metrics: readonly string[]; readonly [field: string]: unknown }) =>
  ((await call('/query', { site: SHOP.domain, period: '90d', ...question })) as Answer).rows

const metricOf = ({ metrics }: Row, id: string): MetricValue => {
  const metric = metrics[id]
  if (!metric) throw new Error(`The answer lacks ${id}.`)
  return metric
}

const numberOf = (row: Row, id: string): number => Number(metricOf(row, id).value)

/** One metric over the whole period. */
const ask = async (id: string, question: object = {}): Promise<MetricValue> => {
  const [row] = await rowsOf({ metrics: [id], ...question })
  if (!row) throw new Error(`No row for ${id}.`)
  return metricOf(row, id)
}

/** One metric by the values of a dimension. */
const askBy = async (id: string, dimension: string, question: object = {}): Promise<Record<string, number>> => {
  const rows = await rowsOf({ metrics: [id], dimensions: [dimension], ...question })
  return Object.fromEntries(rows.map(row => [String(row.dimensions?.[dimension]), numberOf(row, id)]))
}

const retention = (site: string, day: number, unit = 'day') =>
  ({ site, parameters: { retention_rate: { day, unit } } }) as const

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  server = await startServer({ port: 0, dataDir, quiet: true })
  now = Date.now()
  await seedDemo(server, { now, report: line => progress.push(line) })
}, 5 * MINUTES)

afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true })
})

test('is the same for one seed and differs for another', () => {
  const at = Date.parse('2026-06-15T12:00:00Z')
  for (const { history } of DEMO_SITES) {
    const [once, again, other] = [1, 1, 2].map(seed => JSON.stringify(history(at, seed)))
    expect(again === once).toBe(true)
    expect(other === once).toBe(false)
  }
})

test('is one history on every day of a week, up to that day', () => {
  const monday = Date.parse('2026-06-15T12:00:00Z')
  const sunday = monday + 6 * DAY
  // Only the visitors online now are added.
  const ids = (at: number) =>
    PLANNER.history(at, 1)
      .events.filter(({ time }) => time < monday - DAY)
      .map(({ name, time }) => `${name} ${time}`)
  expect(ids(monday)).toEqual(ids(sunday))
})

test('reports progress while it fills', () => {
  for (const { name } of DEMO_SITES) expect(progress.some(line => line.includes(name))).toBe(true)
  expect(progress.filter(line => /\d of [\d,]+ events stored/.test(line)).length).toBeGreaterThan(4)
  expect(progress.at(-1)).toMatch(/rows of costs, .* imported/)
})

describe('every metric', () => {
  const values: Row['metrics'][] = []
  beforeAll(async () => {
    for (const { domain } of DEMO_SITES)
      for (const period of PERIODS) {
        const parameters = { paths: { page: '/' } }
        const [row] = await rowsOf({ site: domain, metrics: METRICS.map(({ id }) => id), period, parameters })
        if (row) values.push(row.metrics)
      }
  }, 3 * MINUTES)

  // The demo sends its orders as a server does: no browser reports any. No CDN serves its pages.
  const filled = METRICS.map(({ id }) => id).filter(id => id !== 'order_coverage' && id !== 'served_pages')

  test.each(filled)('%s has a value on one of the sites', id => {
    expect(values.map(metrics => metrics[id]?.value ?? null).some(value => value !== null && value !== 0)).toBe(true)
  })
})

test.each(DEMO_SITES)('$domain has visitors on every day since the beginning', async ({ domain }) => {
  const rows = await rowsOf({ site: domain, metrics: ['visitors'], period: 'all', granularity: 'day' })
  expect(rows.length).toBeGreaterThan(119)
  expect(rows.length).toBeLessThan(127)
  expect(rows.slice(0, -1).filter(row => numberOf(row, 'visitors') === 0)).toEqual([])
})

test.each(DEMO_SITES)('$domain grows slowly in a weekly rhythm', async ({ domain }) => {
  const rows = await rowsOf({ site: domain, metrics: ['sessions'], period: 'all', granularity: 'day' })
  const sum = (some: readonly Row[]): number => some.reduce((total, row) => total + numberOf(row, 'sessions'), 0)
  const growth = sum(rows.slice(63, 119)) / sum(rows.slice(7, 63))
  expect(growth).toBeGreaterThan(1.1)
  expect(growth).toBeLessThan(1.6)
  const on = (weekday: number): number =>
    sum(rows.slice(0, 119).filter(({ time }) => new Date(`${time}T12:00:00Z`).getUTCDay() === weekday))
  const [sunday, wednesday] = [on(0), on(3)]
  if (domain === SHOP.domain) expect(sunday).toBeGreaterThan(1.1 * wednesday)
  else expect(wednesday).toBeGreaterThan(1.1 * sunday)
})

test.each(DEMO_SITES)('$domain: pages are scrolled and clicked on', async ({ domain }) => {
  const depth = await ask('scroll_depth', { site: domain })
  expect(depth.value).toBeGreaterThan(0.4)
  expect(depth.value).toBeLessThan(0.8)
  const clicks = await ask('clicks_per_session', { site: domain })
  expect(clicks.value).toBeGreaterThan(1)
  expect(clicks.value).toBeLessThan(8)
})

describe('the shop', () => {
  const purchases = { parameters: { conversion_rate: { scope: 'session', event: 'purchase' } } }

  test('sells in 1.5 to 3.5 % of sessions, less on mobile than on desktop', async () => {
    const { value } = await ask('conversion_rate', purchases)
    expect(value).toBeGreaterThan(0.015)
    expect(value).toBeLessThan(0.035)
    const {
      Mobile = 0,
      mobile = Mobile,
      Desktop = 0,
      desktop = Desktop,
    } = await askBy('conversion_rate', 'device', purchases)
    expect(mobile).toBeGreaterThan(0.01)
    expect(desktop).toBeLessThan(0.05)
    expect(desktop).toBeGreaterThan(1.2 * mobile)
  })

  test('loses two thirds of its carts, in every way a cart can end', async () => {
    const { value, parts } = await ask('cart_abandonment_rate', {
      parameters: { cart_abandonment_rate: { scope: 'cart' } },
    })
    expect(value).toBeGreaterThan(0.55)
    expect(value).toBeLessThan(0.8)
    for (const [part, count] of Object.entries(parts ?? {})) expect(count, part).toBeGreaterThan(3)
    expect(Object.keys(parts ?? {})).toEqual(['converted', 'emptied', 'abandoned', 'recovered', 'bought_without_cart'])
    const recovery = await ask('cart_recovery_rate')
    expect(recovery.value).toBeGreaterThan(0.05)
    expect(recovery.value).toBeLessThan(0.25)
  })

  test('has a bounce rate of a third, repeat customers and few refunds', async () => {
    for (const [id, low, high] of [
      ['bounce_rate', 0.3, 0.5],
      ['repeat_purchase_rate', 0.04, 0.25],
      ['refund_rate', 0.005, 0.08],
      ['email_open_rate', 0.25, 0.45],
      ['csat', 0.7, 0.95],
    ] as const) {
      const { value } = await ask(id)
      expect(value, id).toBeGreaterThan(low)
      expect(value, id).toBeLessThan(high)
    }
  })

  test('is found through many channels, campaigns and countries', async () => {
    for (const [dimension, least] of [
      ['channel', 8],
      ['campaign', 5],
      ['country', 8],
      ['device', 3],
    ] as const) {
      const groups = await askBy('pageviews', dimension)
      expect(Object.keys(groups).length, dimension).toBeGreaterThanOrEqual(least)
    }
  })
})

describe.each(DEMO_SITES)('retention of $domain', ({ domain }) => {
  test('declines from day to day', async () => {
    const [day1, day2, day7, day30] = await Promise.all(
      [1, 2, 7, 30].map(async day => Number((await ask('retention_rate', retention(domain, day))).value)),
    )
    expect(day1).toBeGreaterThan(Number(day2))
    expect(day2).toBeGreaterThan(Number(day7))
    expect(day7).toBeGreaterThan(Number(day30))
    expect(day30).toBeGreaterThan(0)
    expect(day1).toBeLessThan(0.2)
  })

  test('falls to 0 in no weekly cohort whose weeks are over', async () => {
    for (let week = 1; week <= 8; week++) {
      const question = {
        metrics: ['retention_rate'],
        dimensions: ['cohort'],
        period: 'all',
        ...retention(domain, week, 'week'),
      }
      const cells = (await rowsOf(question)).map(row => metricOf(row, 'retention_rate'))
      expect(cells.length).toBeGreaterThan(15)
      const over = cells.filter(({ value }) => value !== null)
      expect(over.length).toBeGreaterThan(7)
      expect(over.filter(({ value }) => value === 0)).toEqual([])
    }
  })
})

describe('the planner', () => {
  const site = PLANNER.domain

  test('has several guides that differ in how many complete them', async () => {
    const completed = await askBy('guide_completion_rate', 'guide', { site })
    const rates = Object.values(completed)
    expect(Object.keys(completed).sort()).toEqual(['maps-tour', 'upgrade', 'welcome'])
    expect(Math.max(...rates)).toBeGreaterThan(Math.min(...rates) + 0.2)
    expect(Math.min(...rates)).toBeGreaterThan(0.15)
    expect(Math.max(...rates)).toBeLessThan(0.9)
  })

  test('shows its welcome guide to most sign-ups, but not all', async () => {
    const { value: signups } = await ask('signups', { site, period: 'all' })
    const { welcome = 0 } = await askBy('guide_viewers', 'guide', { site, period: 'all' })
    expect(welcome).toBeGreaterThan(0.6 * Number(signups))
    expect(welcome).toBeLessThan(0.9 * Number(signups))
  })

  test('activates more, but not all, of those who complete the guide', async () => {
    const { events } = PLANNER.history(now, SEED)
    const with_ = (name: string) =>
      new Set(
        events
          .filter(event => event.name === name && event.guide_id === (name.startsWith('guide') ? 'welcome' : undefined))
          .map(({ user_id }) => user_id),
      )
    const [signedUp, completed, activated] = ['sign_up', 'guide_complete', 'route_created'].map(with_)
    const rateOf = (users: readonly unknown[]) => users.filter(user => activated?.has(user)).length / users.length
    const [after, without] = [
      rateOf([...(completed ?? [])]),
      rateOf([...(signedUp ?? [])].filter(user => !completed?.has(user))),
    ]
    expect(after).toBeGreaterThan(without + 0.1)
    expect(after).toBeLessThan(0.95)
    expect(without).toBeGreaterThan(0.2)
  })

  test('earns about three times the acquisition cost per customer', async () => {
    const [clv, cac] = await Promise.all(['clv', 'cac'].map(async id => Number((await ask(id, { site })).value)))
    expect(Number(clv) / Number(cac)).toBeGreaterThan(2)
    expect(Number(clv) / Number(cac)).toBeLessThan(6)
  })

  test('gains and loses subscriptions', async () => {
    const rows = await rowsOf({ site, metrics: ['mrr'], period: 'all', granularity: 'month' })
    const mrr = rows.slice(-3).map(row => numberOf(row, 'mrr'))
    expect(mrr).toEqual([...mrr].sort((a, b) => a - b))
    // A month begins with some thirty customers: its rate alone varies too much from day to day to be held to bounds.
    const { interval } = await ask('churn_rate', { site, period: '30d' })
    expect(interval?.[0]).toBeLessThan(0.2)
    expect(interval?.[1]).toBeGreaterThan(0.02)
  })
})

test('is replaced by another start, not added to', async () => {
  const history: DemoSite['history'] = (...given) => ({
    events: PLANNER.history(...given).events.slice(0, 300),
    imports: {},
  })
  const small = { ...PLANNER, domain: 'small.example', history }
  const sessions = async () => (await ask('sessions', { site: small.domain, period: 'all' })).value
  await seedDemo(server, { now, sites: [small] })
  const before = await sessions()
  expect(before).toBeGreaterThan(50)
  await seedDemo(server, { now, sites: [small] })
  expect(await sessions()).toBe(before)
})
