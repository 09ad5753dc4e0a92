import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Row } from '../../shared/question'
import { monthOf } from '../../worker/local/demo/month'
import { seedDemo } from '../../worker/local/demo/seed'
import { DOMAIN } from '../../worker/local/demo/world'
import { type Server, startServer } from '../../worker/local/server'
import { METRICS } from '../../worker/metrics/registry'

const DAY = 86_400_000
const PERIODS = ['30d', '90d', '12mo'] as const

let dataDir: string
let server: Server
let now: number
let seconds: number

const call = async (path: string, body?: unknown) => {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  expect(response.status).toBe(200)
  return response.json()
}

const ask = (question: object): Promise<Answer> => call('/query', { site: DOMAIN, ...question }) as Promise<Answer>

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'footfall-'))
  server = await startServer({ port: 0, dataDir, quiet: true })
  now = Date.now()
  await seedDemo(server, now)
  seconds = (Date.now() - now) / 1000
})

afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true })
})

test('is the same for one seed, and another for another', () => {
  const at = Date.parse('2026-06-15T12:00:00Z')
  expect(monthOf(at)).toEqual(monthOf(at))
  expect(monthOf(at, 8).events).not.toEqual(monthOf(at).events)
})

test('is there in much less than a minute', () => {
  expect(seconds).toBeLessThan(40)
})

describe('every metric', () => {
  let values: readonly Row['metrics'][]
  beforeAll(async () => {
    const metrics = METRICS.map(({ id }) => id)
    const answers = await Promise.all(PERIODS.map(period => ask({ metrics, period })))
    values = answers.map(({ rows }) => rows[0]?.metrics ?? {})
  })

  test.each(METRICS.map(({ id }) => id))('%s has a value', id => {
    expect(values.map(metrics => metrics[id]?.value ?? null).some(value => value !== null && value !== 0)).toBe(true)
  })

  test('none lacks anything', async () => {
    const { metrics } = (await call(`/metrics?site=${DOMAIN}`)) as { metrics: { id: string; missing: string[] }[] }
    expect(metrics.filter(({ missing }) => missing.length > 0)).toEqual([])
  })
})

test('looks like a small shop: busy evenings and Sundays, most leave, most carts are left', async () => {
  const { rows } = await ask({
    metrics: ['sessions', 'bounce_rate', 'cart_abandonment_rate', 'conversion_rate'],
    period: '30d',
  })
  const { sessions, bounce_rate, cart_abandonment_rate, conversion_rate } = rows[0]?.metrics ?? {}
  expect(sessions?.value).toBeGreaterThan(400)
  expect(sessions?.value).toBeLessThan(2_000)
  for (const [rate, low, high] of [
    [bounce_rate, 0.3, 0.6],
    [cart_abandonment_rate, 0.55, 0.85],
    [conversion_rate, 0.05, 0.3],
  ] as const) {
    expect(rate?.value).toBeGreaterThan(low)
    expect(rate?.value).toBeLessThan(high)
  }
  const byHour = await ask({ metrics: ['sessions'], period: '30d', granularity: 'hour' })
  const at = (hour: number): number =>
    byHour.rows
      .filter(({ time }) => Number(time?.slice(11, 13)) === hour)
      .reduce((sum, { metrics }) => sum + (metrics.sessions?.value ?? 0), 0)
  expect(at(20)).toBeGreaterThan(2 * at(4))
})

test('is made anew by another start, not added to', async () => {
  const sessions = async (): Promise<number> =>
    (
      await ask({
        metrics: ['sessions'],
        period: { from: '2020-01-01', to: new Date(now - DAY).toISOString().slice(0, 10) },
      })
    ).rows[0]?.metrics.sessions?.value ?? 0
  const before = await sessions()
  await seedDemo(server, now)
  expect(await sessions()).toBe(before)
})
