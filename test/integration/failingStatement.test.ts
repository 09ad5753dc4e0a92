import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import type { Answer, MetricValue, Question } from '../../shared/question'
import worker from '../../worker/index'
import { createSite, migrate, post, type TestSite } from './setup'

let site: TestSite

beforeAll(async () => {
  await migrate()
  site = await createSite()
  const time = Date.now() - 3_600_000
  await post(site, [
    { name: 'page_view', visitor_id: 'a', time, url: 'https://shop.example/a' },
    { name: 'search', visitor_id: 'a', time: time + 1000 },
    { name: 'sign_up', visitor_id: 'a', time: time + 2000 },
    { name: 'survey_response', visitor_id: 'a', time: time + 3000, properties: { kind: 'nps', score: 10 } },
  ])
  vi.spyOn(console, 'error').mockImplementation(() => {})
})

/** The real database, which fails statements that contain a string. */
const failingOn = (text: string): D1Database =>
  new Proxy(env.DB, {
    get: (target, name) => {
      if (name === 'prepare') return (sql: string) => target.prepare(sql.includes(text) ? `${sql} is no SQL` : sql)
      const method = Reflect.get(target, name)
      return typeof method === 'function' ? method.bind(target) : method
    },
  })

const ask = async (text: string, path: string, body?: unknown): Promise<Response> =>
  worker.fetch(
    new Request(`https://stats.example${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${site.read}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    { ...env, DB: failingOn(text) },
    createExecutionContext(),
  )

const question = (metrics: readonly string[], more: Partial<Question> = {}) => ({
  site: site.domain,
  metrics,
  period: '7d',
  ...more,
})

const NPS = "properties->>'kind' = 'nps'"
const UNAVAILABLE = {
  value: null,
  status: 'unavailable',
  reason: 'This could not be computed now; try again later.',
}

const metricsOf = async (response: Response) => {
  expect(response.status).toBe(200)
  const { rows, meta } = await response.json<Answer>()
  return { metrics: rows[0]?.metrics as Record<string, MetricValue>, warnings: meta.warnings, rows }
}

test('a metric whose statement fails is reported beside the others, which are right', async () => {
  const { metrics, warnings } = await metricsOf(
    await ask(NPS, '/api/v1/query', question(['visitors', 'nps', 'signups'])),
  )
  expect(metrics.nps).toMatchObject(UNAVAILABLE)
  expect([metrics.visitors?.value, metrics.signups?.value]).toEqual([1, 1])
  expect(warnings).toEqual(['nps: This could not be computed now; try again later.'])
})

test('metrics that share the failing statement answer by themselves', async () => {
  // Only conversions select exactly these events; events and conversions are sums over one relation.
  const conversions = 'name in (10,'
  const asked = question(['events', 'conversions'])
  const sound = await metricsOf(await ask('nothing has this text', '/api/v1/query', asked))
  expect([sound.metrics.events?.value, sound.metrics.conversions?.value]).toEqual([3, 1])
  const { metrics, warnings } = await metricsOf(await ask(conversions, '/api/v1/query', asked))
  expect(metrics.conversions).toMatchObject(UNAVAILABLE)
  expect(metrics.events).toEqual(sound.metrics.events)
  expect(warnings).toEqual(['conversions: This could not be computed now; try again later.'])
})

test('breakdowns and the previous period are answered without it', async () => {
  const more = { dimensions: ['device'], compare: 'previous_period' } as const
  const { rows, warnings } = await metricsOf(await ask(NPS, '/api/v1/query', question(['visitors', 'nps'], more)))
  expect(rows.map(({ metrics }) => [metrics.visitors?.value, metrics.nps?.status])).toEqual([[1, 'unavailable']])
  expect(warnings).toContain('nps: This could not be computed now; try again later.')
})

test('a query whose metrics all fail is an error, alone or in a list', async () => {
  const alone = await ask(NPS, '/api/v1/query', question(['nps']))
  expect([alone.status, await alone.json()]).toMatchObject([503, { error: { code: 'unavailable' } }])
  const list = await ask(NPS, '/api/v1/query', [question(['visitors']), question(['nps']), question(['signups'])])
  expect(list.status).toBe(200)
  const [visitors, nps, signups] = await list.json<(Answer & { error?: { code: string } })[]>()
  expect(nps?.error?.code).toBe('unavailable')
  expect([visitors?.rows[0]?.metrics.visitors?.value, signups?.rows[0]?.metrics.signups?.value]).toEqual([1, 1])
})

test('the site catalogue reports the metric that could not be computed, and the data of the others', async () => {
  const response = await ask(NPS, `/api/v1/metrics?site=${site.domain}`)
  expect(response.status).toBe(200)
  const { metrics } = await response.json<{ metrics: { id: string; available: boolean; missing: string[] }[] }>()
  const of = (id: string) => metrics.find(metric => metric.id === id)
  expect(of('nps')).toMatchObject({ available: false, missing: ['This could not be computed now; try again later.'] })
  expect(of('visitors')).toMatchObject({ available: true, missing: [] })
})
