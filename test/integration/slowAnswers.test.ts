import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { clockByHand } from './clockByHand'
import { createSite, deleteSite, post, type TestSite } from './setup'

clockByHand(Date.UTC(2026, 0, 10, 12))

/** A database on whose clock each batch takes a time, and in which each statement reads so many rows. */
const slowDatabase = (milliseconds: number, rows: number): D1Database =>
  new Proxy(env.DB, {
    get: (db, name) => {
      if (name !== 'batch') return Reflect.get(db, name).bind(db)
      return async (statements: D1PreparedStatement[]) => {
        vi.setSystemTime(Date.now() + milliseconds)
        const results = await db.batch(statements)
        return results.map(({ meta, ...result }) => ({ ...result, meta: { ...meta, rows_read: rows } }))
      }
    },
  })

const call = async (db: D1Database, path: string, method: string, body?: unknown): Promise<Response> => {
  const request = new Request(`https://stats.example${path}`, {
    method,
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return worker.fetch(request, { ...env, DB: db }, createExecutionContext())
}

const countPageViews = async (db: D1Database, { domain }: TestSite, more: object = {}): Promise<number> => {
  const question = { site: domain, metrics: ['pageviews'], period: '7d', ...more }
  const response = await call(db, '/api/v1/query', 'POST', question)
  const { rows } = (await response.json()) as { rows: { metrics: { pageviews: { value: number } } }[] }
  return rows[0]?.metrics.pageviews.value ?? -1
}

const visit = (site: TestSite, id: string) =>
  post(site, [{ id, name: 'page_view', visitor_id: 'v', user_id: 'ada', url: `https://${site.domain}/` }])

test('an answer that took long serves for some seconds, for the same question only', async () => {
  const db = slowDatabase(300, 10_000)
  const site = await createSite()
  await visit(site, '1')
  expect(await countPageViews(db, site)).toBe(1)
  await visit(site, '2')
  expect(await countPageViews(db, site)).toBe(1)
  expect(await countPageViews(db, site, { period: '30d' })).toBe(2)
  expect(await countPageViews(db, site, { filters: [['is', 'country', ['SE']]] })).toBe(0)
  vi.setSystemTime(Date.now() + 10_001)
  expect(await countPageViews(db, site)).toBe(2)
  await deleteSite(site)
})

test('a changed site and an erased person are noticed at once', async () => {
  const db = slowDatabase(300, 10_000)
  const site = await createSite({ timezone: 'UTC' })
  await visit(site, '1')
  expect(await countPageViews(db, site)).toBe(1)
  await visit(site, '2')
  const patched = await call(db, `/api/v1/sites/${site.domain}`, 'PATCH', { settings: { hostnames: [site.domain] } })
  expect(patched.status).toBe(200)
  expect(await countPageViews(db, site)).toBe(2)
  const path = `/api/v1/sites/${site.domain}/users/ada`
  expect((await call(db, path, 'DELETE')).status).toBeLessThan(300)
  expect(await countPageViews(db, site)).toBe(0)
  await deleteSite(site)
})

test.each([
  ['did not take long', 20, 10_000],
  ['reads few rows', 300, 10],
])('an answer that %s is computed anew', async (_name, milliseconds, rows) => {
  const db = slowDatabase(milliseconds, rows)
  const site = await createSite()
  for (const id of ['1', '2', '3']) {
    await visit(site, id)
    expect(await countPageViews(db, site)).toBe(Number(id))
  }
  await deleteSite(site)
})
