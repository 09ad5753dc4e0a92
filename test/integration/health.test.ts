import { createExecutionContext, createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { failureOf, logFailure } from '../../worker/lib/log'
import { Problem } from '../../worker/lib/problem'
import { browser, send } from './beacons'
import { FAULTS, faultyDatabase } from './faultyDatabase'
import { createSite, migrate, post } from './setup'

beforeAll(migrate)
afterEach(() => {
  vi.restoreAllMocks()
})

/** Log lines from now on, each as JSON. */
const logged = () => {
  const spies = (['error', 'warn', 'log', 'info', 'debug'] as const).map(level =>
    vi.spyOn(console, level).mockImplementation(() => {}),
  )
  return () => spies.flatMap(spy => spy.mock.calls).map(([line]) => JSON.parse(line))
}

/** A database whose first statement fails. */
const broken = (message: string) => faultyDatabase(env.DB, { at: 1, hit: { when: 'before', message } }).db

const fetchWith = async (db: D1Database, request: Request) => {
  const response = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())
  return { status: response.status, body: await response.json() }
}

const health = () => new Request('https://stats.example/health?secret=1')

test('is well while the database can be read', async () => {
  expect(await fetchWith(env.DB, health())).toEqual({ status: 200, body: { status: 'ok' } })
})

test('is unavailable when the database cannot be read, with the reason in the log', async () => {
  const lines = logged()
  expect(await fetchWith(broken(FAULTS.overloaded.message), health())).toEqual({
    status: 503,
    body: { status: 'unavailable' },
  })
  expect(lines()).toEqual([
    {
      level: 'error',
      code: 'database_overloaded',
      message: 'The database is overloaded.',
      method: 'GET',
      route: '/health',
    },
  ])
})

test('a failure logs one line with the route pattern and no request data', async () => {
  const site = await createSite()
  const lines = logged()
  const request = new Request(`https://stats.example/api/v1/sites/${site.domain}/keys/17?q=hidden`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'user-agent': 'hidden', 'cf-connecting-ip': '203.0.113.7' },
  })
  const db = broken('D1_ERROR: no such column: hidden at offset 7: SQLITE_ERROR')
  // The site is cached: the removal of the key fails.
  expect((await fetchWith(db, request)).status).toBe(503)
  expect(lines()).toEqual([
    {
      level: 'error',
      code: 'database_behind',
      message: 'The database is missing a table or a column: apply the migrations with npm run deploy.',
      method: 'DELETE',
      route: '/api/v1/sites/:domain/keys/:id',
    },
  ])
})

test('the log tells the owner that the admin token is missing', async () => {
  const lines = logged()
  const request = new Request('https://stats.example/api/v1/sites')
  const response = await worker.fetch(request, { ...env, ADMIN_TOKEN: '' }, createExecutionContext())
  expect(response.status).toBe(503)
  expect(lines()).toMatchObject([{ code: 'no_admin_token', route: '/api/v1/sites' }])
})

test('a cron failure names the site, and a failure of the whole run says so', async () => {
  const site = await createSite()
  await env.DB.prepare('update settlements set open = ?2 where site = (select id from sites where domain = ?1)')
    .bind(site.domain, 'no JSON')
    .run()
  const lines = logged()
  const run = (db: D1Database) => worker.scheduled(createScheduledController(), { ...env, DB: db }) as Promise<void>
  await run(env.DB)
  expect(lines()).toMatchObject([{ code: 'unexpected', error: 'SyntaxError', job: 'settle', site: site.domain }])
  expect(JSON.stringify(lines())).not.toContain('no JSON')
  await expect(run(broken(FAULTS.reset.message))).rejects.toThrow('reset')
  expect(lines()[1]).toEqual({
    level: 'error',
    code: 'database_lost',
    message: 'The connection to the database was lost.',
    job: 'cron',
  })
})

test('successes and rejections are not logged', async () => {
  const site = await createSite()
  const lines = logged()
  await send(site, browser(1), { i: 1, t: Date.now() })
  await post(site, [{ name: 'page_view', visitor_id: 'v' }, { name: '' }, 7])
  const bad = [
    new Request('https://stats.example/v1/e', { method: 'POST', body: '{' }),
    new Request('https://stats.example/api/v1/query', { method: 'POST', body: '{}' }),
    new Request('https://stats.example/nowhere'),
  ]
  for (const request of bad) expect((await fetchWith(env.DB, request)).status).toBeLessThan(500)
  expect(lines()).toEqual([])
})

test.each(['hidden', 'hidden\n    at hidden (file.ts:1:2)\n    at 203.0.113.7:1:2', ''])(
  'an unknown error logs only its class and location: %j',
  message => {
    const lines = logged()
    logFailure(new RangeError(message), { method: 'GET', route: '/x' })
    const [line] = lines()
    expect(line).toMatchObject({ code: 'unexpected', error: 'RangeError', route: '/x' })
    expect(line.stack.length).toBeGreaterThan(0)
    expect(JSON.stringify(line)).not.toMatch(/hidden|203\.0/)
  },
)

test('an error with a modified message or class logs neither stack nor class', () => {
  const changed = new Error('other')
  changed.stack = 'Error: hidden\n    at hidden (file.ts:1:2)'
  expect(failureOf(changed)).toMatchObject({ stack: [] })
  changed.name = 'hidden 203.0.113.7'
  expect(JSON.stringify(failureOf(changed))).not.toContain('hidden')
  expect(failureOf('hidden')).toEqual({
    level: 'error',
    code: 'unexpected',
    message: 'An unexpected error occurred.',
  })
})

test.each([
  ['D1_ERROR: Network connection lost.', 'database_lost'],
  ['D1_ERROR: D1 DB is overloaded. Too many requests queued.', 'database_overloaded'],
  ['D1_ERROR: Exceeded maximum DB size', 'database_full'],
  ['D1_ERROR: no such table: views: SQLITE_ERROR', 'database_behind'],
  ['Too many API requests by single Worker invocation.', 'too_many_queries'],
  ['D1_ERROR: UNIQUE constraint failed: sites.domain', 'database'],
])('%s is %s', (message, code) => {
  expect(failureOf(new Error(message)).code).toBe(code)
})

test('an error of our own is logged with its message', () => {
  expect(failureOf(new Problem(503, 'no_admin_token', 'Set it.'))).toEqual({
    level: 'error',
    code: 'no_admin_token',
    message: 'Set it.',
  })
})
