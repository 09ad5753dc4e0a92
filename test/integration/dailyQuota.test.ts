import { createExecutionContext, createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Answer } from '../../shared/question'
import worker from '../../worker/index'
import { d1 } from '../../worker/storage/d1'
import { isTooBusy } from '../../worker/storage/isTooBusy'
import { browser } from './beacons'
import { clockByHand } from './clockByHand'
import { interceptedDatabase } from './interceptedDatabase'
import { createSite, cron, query, type TestSite } from './setup'

const MINUTE = 60_000
const DAY = 86_400_000
/** 14:00 UTC. */
const START = Date.UTC(2026, 2, 10, 14)
const MIDNIGHT = Date.UTC(2026, 2, 11)

/** @see https://developers.cloudflare.com/changelog/post/2026-09-01-d1-free-tier-limit-enforcement/ */
const quotaText = (what: 'read' | 'write'): string =>
  `D1_ERROR: Your account has exceeded D1's free tier daily row ${what} limit. Upgrade to a paid plan or wait until tomorrow (midnight UTC) to continue.`

const CODE = 'daily_quota_exceeded'

clockByHand(START)

let site: TestSite
beforeAll(async () => {
  site = await createSite({ timezone: 'UTC' })
})
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.setSystemTime(START)
  d1(env.DB).caches.quotaExceeded = false
  await env.DB.prepare('delete from cron_runs').run()
})
afterAll(() => vi.restoreAllMocks())

/** A database that rejects every statement, and how many round trips it rejected. */
const exhausted = (what: 'read' | 'write') => {
  const calls: number[] = []
  const db = interceptedDatabase(env.DB, async count => {
    calls.push(count)
    throw new Error(quotaText(what))
  })
  return { db, calls }
}

const ask = (db: D1Database, path: string, init: RequestInit = {}) =>
  worker.fetch(
    new Request(`https://stats.example${path}`, init),
    { ...env, DB: db },
    createExecutionContext(),
  ) as Promise<Response>

const asOwner = (method: string, body?: unknown): RequestInit => ({
  method,
  headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
  ...(body !== undefined && { body: JSON.stringify(body) }),
})

const beaconOf = ({ domain }: TestSite): RequestInit => ({
  method: 'POST',
  headers: { 'user-agent': browser(1).agent, 'cf-connecting-ip': browser(1).address },
  body: JSON.stringify({ v: 1, s: domain, n: START, e: [{ i: 1, t: START, u: `https://${domain}/` }] }),
})

const question = () => ({ site: site.domain, metrics: ['visitors', 'sessions'], period: '7d' })

const CALLS: readonly (readonly [string, string, () => RequestInit])[] = [
  ['a beacon', '/v1/e', () => beaconOf(site)],
  ['events', '/api/v1/events?site=s1.example', () => asOwner('POST', { events: [{ name: 'login', visitor_id: 'v' }] })],
  ['a query', '/api/v1/query', () => asOwner('POST', question())],
  ['a list of queries', '/api/v1/query', () => asOwner('POST', [question(), question()])],
  ['the list of sites', '/api/v1/sites', () => asOwner('GET')],
  ['a page of the dashboard', '/', () => ({ headers: { cookie: 'footfall_session=x' } })],
]

test.each(CALLS)('%s is answered 503 with its own code until midnight UTC', async (_, path, init) => {
  for (const what of ['read', 'write'] as const) {
    const { db, calls } = exhausted(what)
    const response = await ask(db, path, init())
    expect([response.status, await response.json()]).toEqual([
      503,
      {
        error: {
          code: CODE,
          message:
            "The day's rows of Cloudflare's free plan are used up. Try again after midnight UTC, or move to the paid plan.",
        },
      },
    ])
    const seconds = Number(response.headers.get('retry-after'))
    expect([seconds >= 36_000, seconds < 36_010]).toEqual([true, true])
    // No statement of a batch is tried again by itself.
    expect(calls.length).toBeLessThanOrEqual(2)
  }
})

test('a person who opens the dashboard, or signs in, reads the sentence on a page', async () => {
  const accept = 'text/html,application/xhtml+xml;q=0.9'
  const form = new URLSearchParams({ token: 'footfall_read_x' })
  const origin = 'https://stats.example'
  for (const [path, init] of [
    ['/', { headers: { accept, cookie: 'footfall_session=x' } }],
    ['/login', { method: 'POST', body: form, headers: { accept, origin } }],
  ] as const) {
    const response = await ask(exhausted('read').db, path, init)
    expect([response.status, response.headers.get('content-type')]).toEqual([503, 'text/html; charset=UTF-8'])
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(36_000)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toContain('free plan are used up. Try again after midnight UTC')
  }
  // An address of the API stays JSON in a browser.
  const response = await ask(exhausted('read').db, '/api/v1/metrics?site=s1.example', {
    headers: { accept, authorization: 'Bearer footfall_read_x' },
  })
  expect(await response.json()).toMatchObject({ error: { code: CODE } })
})

test('a browser may read the answer to its beacon', async () => {
  const response = await ask(exhausted('write').db, '/v1/e', beaconOf(site))
  expect(response.headers.get('access-control-allow-origin')).toBe('*')
})

test('the health check fails with the same Retry-After, and the log says why', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const response = await ask(exhausted('read').db, '/health')
  expect([response.status, Number(response.headers.get('retry-after')) >= 36_000]).toEqual([503, true])
  expect(JSON.parse(log.mock.lastCall?.[0])).toMatchObject({ code: CODE, route: '/health' })
})

test('beacons do not go to the queue, which could not be emptied before midnight', () => {
  expect(isTooBusy(new Error(quotaText('write')))).toBe(false)
})

const runOn = (db: D1Database): Promise<void> =>
  worker.scheduled(createScheduledController(), { ...env, PLAN: 'free', DB: db }) as Promise<void>

const freeCron = (): Promise<void> => runOn(env.DB)

const failingRun = () => expect(runOn(exhausted('write').db)).rejects.toThrow('daily row write limit')

const metaOf = async (from: string, to = from): Promise<Answer['meta']> =>
  (await query(site, { metrics: ['visitors'], period: { from, to } })).meta

const warning = (span: string) =>
  `Incomplete data: nothing could be stored on ${span}, because the day's rows of Cloudflare's free plan were used up.`

test('the day is marked by the first run after midnight, though another isolate makes it', async () => {
  await freeCron()
  vi.setSystemTime(START + 5 * MINUTE)
  await failingRun()
  d1(env.DB).caches.quotaExceeded = false
  vi.setSystemTime(MIDNIGHT + 1_000)
  await freeCron()
  vi.setSystemTime(MIDNIGHT + 5 * MINUTE)
  await freeCron()
  expect(await metaOf('2026-03-10')).toMatchObject({
    incomplete: [{ from: '2026-03-10T14:00:00.000Z', to: '2026-03-11T00:00:01.000Z' }],
    warnings: [warning('2026-03-10 (14:00 to 24:00 UTC)')],
  })
  const before = await metaOf('2026-03-09')
  expect([before.incomplete, before.warnings]).toEqual([undefined, []])
  expect((await metaOf('2026-03-01', '2026-03-31')).incomplete).toHaveLength(1)
})

test('a day is marked up to the hour at which the paid plan began', async () => {
  await freeCron()
  vi.setSystemTime(START + 30 * MINUTE)
  expect((await ask(exhausted('read').db, '/v1/e', beaconOf(site))).status).toBe(503)
  vi.setSystemTime(START + 60 * MINUTE)
  await freeCron()
  expect((await metaOf('2026-03-10')).warnings).toEqual([warning('2026-03-10 (14:00 to 15:00 UTC)')])
})

test('each day of several is named, at most five of them', async () => {
  for (let day = 0; day < 7; day++) {
    vi.setSystemTime(START + day * DAY)
    await freeCron()
    vi.setSystemTime(MIDNIGHT + day * DAY)
    await freeCron()
  }
  const { warnings, incomplete } = await metaOf('2026-03-01', '2026-03-31')
  expect(incomplete).toHaveLength(7)
  expect(warnings[0]).toContain('on 2026-03-12 (14:00 to 24:00 UTC), 2026-03-13')
  expect(warnings[0]).toContain('2026-03-16 (14:00 to 24:00 UTC) and 2 more days, because')
})

test.each([
  ['a run that came late', START, START + 14 * MINUTE],
  ['a server that was off for some hours', START, START + 5 * 60 * MINUTE],
  ['a server that was off for days and begins at midnight', START - 2 * DAY, MIDNIGHT],
  ['a clock set back', START, START - DAY],
])('%s marks no day', async (_, last, next) => {
  vi.setSystemTime(last)
  await freeCron()
  vi.setSystemTime(next)
  await freeCron()
  const { warnings, incomplete } = await metaOf('2026-03-01', '2026-03-31')
  expect([warnings, incomplete]).toEqual([[], undefined])
})

test('a server without such a limit that starts after midnight marks no day', async () => {
  await cron()
  vi.setSystemTime(MIDNIGHT)
  await cron()
  const { warnings, incomplete } = await metaOf('2026-03-01', '2026-03-31')
  expect([warnings, incomplete]).toEqual([[], undefined])
})
