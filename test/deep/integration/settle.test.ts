import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Answer } from '../../../shared/question'
import { settle as settleSite } from '../../../worker/sessions/settle'
import { d1 } from '../../../worker/storage/d1'
import { findSite } from '../../../worker/storage/sites'
import { browser, send } from '../../integration/beacons'
import { runs } from '../../integration/runs'
import { createSite, migrate, post, query, settle, type TestSite } from '../../integration/setup'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

beforeAll(migrate)
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterAll(() => {
  vi.useRealTimers()
})

const at = (text: string): number => {
  const time = Date.parse(text)
  vi.setSystemTime(time)
  return time
}

const values = (answer: Answer): (number | null)[][] =>
  answer.rows.map(row => Object.values(row.metrics).map(metric => metric.value))

const METRICS = ['visitors', 'sessions', 'pageviews', 'session_duration']

test.each([
  ['the cron never runs', false],
  ['the cron runs after each beacon', true],
])("a cookieless session over the site's midnight is one session, though the id changes: %s", async (_name, cron) => {
  at('2026-03-10T12:00:00Z')
  const site = await createSite({ timezone: 'Europe/Stockholm' })
  // Midnight in Stockholm is 23:00 UTC.
  for (const [id, time] of ['22:50', '23:10', '23:35'].entries()) {
    const t = at(`2026-03-10T${time}:00Z`)
    await send(site, browser(1), { i: id, t })
    if (cron) await settle()
  }
  // Another session of that day has the new id.
  const t = at('2026-03-11T09:00:00Z')
  await send(site, browser(1), { i: 9, t })
  if (cron) await settle()
  at('2026-03-11T12:00:00Z')
  if (cron) await settle()
  const period = { from: '2026-03-10', to: '2026-03-11' }
  expect(values(await query(site, { metrics: METRICS, period }))).toEqual([[2, 2, 4, 22.5 * 60]])
  expect(values(await query(site, { metrics: METRICS, period, granularity: 'day' }))).toEqual([
    [1, 1, 1, 45 * 60],
    [1, 1, 3, 0],
  ])
})

test('a salt is random, one per day, and deleted within 48 hours', async () => {
  at('2026-03-10T00:00:01Z')
  const site = await createSite()
  const salts = async () =>
    (await env.DB.prepare('select day, salt from salts order by day').all<{ day: number; salt: string }>()).results
  await env.DB.prepare('delete from salts').run()
  await send(site, browser(1), { i: 1, t: Date.now() })
  const first = await salts()
  expect(first.every(({ salt }) => /^[0-9a-f]{64}$/.test(salt))).toBe(true)
  at('2026-03-11T10:00:00Z')
  await send(site, browser(1), { i: 2, t: Date.now() })
  await settle()
  expect(new Set((await salts()).map(({ salt }) => salt)).size).toBe(first.length + 1)
  at('2026-03-11T23:59:00Z')
  await settle()
  const kept = (await salts()).map(({ salt }) => salt)
  expect(first.some(({ salt }) => kept.includes(salt))).toBe(false)
})

test('totals of a left page find its row after address and browser changed', async () => {
  const t = at('2026-03-10T10:00:00Z')
  const site = await createSite()
  await send(site, browser(1), { i: 1, t })
  at('2026-03-10T10:00:30Z')
  await send(site, browser(2), { i: 1, t, m: 30_000, d: 80, c: 2 })
  const answer = await query(site, {
    metrics: ['visitors', 'pageviews', 'engaged_time', 'clicks', 'scroll_depth'],
    period: 'today',
  })
  expect(values(answer)).toEqual([[1, 1, 30, 2, 0.8]])
})

test('a page read for longer than the timeout joins the next session, before and after the watermark', async () => {
  const t = at('2026-03-10T10:00:00Z')
  const site = await createSite()
  await send(site, browser(1), { i: 1, t })
  at('2026-03-10T10:45:00Z')
  await settle()
  expect(values(await query(site, { metrics: ['sessions', 'session_duration'], period: 'today' }))).toEqual([[1, 0]])
  await send(site, browser(1), { i: 1, t, m: 45 * MINUTE })
  await send(site, browser(1), { i: 2, t: Date.now() + 20_000 })
  const expected = [[1, 45 * 60 + 20]]
  expect(values(await query(site, { metrics: ['sessions', 'session_duration'], period: 'today' }))).toEqual(expected)
  at('2026-03-10T12:00:00Z')
  await settle()
  expect(values(await query(site, { metrics: ['sessions', 'session_duration'], period: 'today' }))).toEqual(expected)
})

test('a page read into a later hour joins its session, in any order of its records', async () => {
  at('2026-04-06T05:00:00Z')
  const site = await createSite()
  const view = (id: string, time: string, seconds = 0) => ({
    id,
    name: 'page_view',
    visitor_id: 'v',
    time: `2026-03-27T${time}Z`,
    url: 'https://x.example/',
    engaged_seconds: seconds,
  })
  for (const event of [view('last', '01:49:00'), view('long', '00:30:00', 50 * 60), view('later', '02:18:59')]) {
    await post(site, [event])
    await settle()
  }
  const answer = await query(site, { metrics: ['sessions', 'pageviews'], period: 'all' })
  expect(values(answer)).toEqual([[1, 3]])
})

test('a session that loses its last order to an earlier sender ends before it', async () => {
  at('2026-04-06T05:00:00Z')
  const site = await createSite()
  const common = { name: 'page_view', visitor_id: 'v', url: 'https://x.example/' }
  const order = { name: 'purchase', transaction_id: 'T', value: 1 }
  await post(site, [
    { ...common, id: '1', time: '2026-03-27T10:30:00Z' },
    { ...common, id: '2', time: '2026-03-27T10:40:00Z' },
    { ...order, id: '3', visitor_id: 'v', time: '2026-03-27T11:09:00Z' },
  ])
  await settle()
  await post(site, [{ ...order, id: '4', visitor_id: 'w', time: '2026-03-27T09:00:00Z' }])
  const metrics = ['visitors', 'sessions', 'orders', 'session_duration'] as const
  const expected = [[2, 2, 1, 300]]
  expect(values(await query(site, { metrics, period: 'all' }))).toEqual(expected)
  await settle()
  expect(values(await query(site, { metrics, period: 'all' }))).toEqual(expected)
})

test("identify joins a day's anonymous past and another device, also after the watermark", async () => {
  const t = at('2026-03-10T10:00:00Z')
  const site = await createSite()
  await send(site, browser(1), { i: 1, t })
  await send(site, browser(2), { i: 2, t: t + MINUTE })
  at('2026-03-10T11:00:00Z')
  await settle()
  expect(values(await query(site, { metrics: ['visitors', 'sessions'], period: 'today' }))).toEqual([[2, 2]])
  await send(site, browser(1), { i: 3, t: Date.now(), k: 'identify', o: { user_id: 'u1' } })
  expect(values(await query(site, { metrics: ['visitors', 'sessions'], period: 'today' }))).toEqual([[2, 2]])
  await send(site, browser(2), { i: 4, t: Date.now(), k: 'identify', o: { user_id: 'u1' } })
  const joined = [[1, 1]]
  expect(values(await query(site, { metrics: ['visitors', 'sessions'], period: 'today' }))).toEqual(joined)
  await settle()
  expect(values(await query(site, { metrics: ['visitors', 'sessions'], period: 'today' }))).toEqual(joined)
})

test("an order from both server and browser is one, at the earlier time, in the browser's session", async () => {
  const t = at('2026-03-10T10:00:00Z')
  const site = await createSite()
  const order = { transaction_id: 'T1', value: 40, currency: 'USD' }
  await send(site, browser(1), { i: 1, t, r: 'https://www.bing.com/' })
  at('2026-03-10T10:05:00Z')
  await post(site, [{ ...order, id: 's1', name: 'purchase', visitor_id: 'backend', time: t + 4 * MINUTE, value: 41 }])
  await send(site, browser(1), { i: 2, t: Date.now(), k: 'purchase', o: order })
  for (const isFinal of [false, true]) {
    if (isFinal) {
      at('2026-03-10T12:00:00Z')
      await settle()
    }
    const answer = await query(site, {
      metrics: ['visitors', 'sessions', 'orders', 'gross_revenue', 'session_duration'],
      period: 'today',
      dimensions: ['channel'],
    })
    expect(answer.rows.map(row => row.dimensions)).toEqual([{ channel: 'Organic search' }])
    expect(values(answer)).toEqual([[1, 1, 1, 41, 4 * 60]])
  }
})

test('two runs at once with queries in between change nothing', async () => {
  const t = at('2026-03-10T10:00:00Z')
  const site = await createSite()
  for (let number = 1; number <= 20; number++) {
    await send(site, browser(number), { i: 1, t: t + number * 1000 }, { i: 2, t: t + number * 1000 + 5 * MINUTE })
  }
  at('2026-03-10T13:00:00Z')
  const { id } = (await findSite(d1(env.DB), site.domain)) ?? { id: 0 }
  const question = { metrics: ['sessions', 'pageviews', 'session_duration'], period: 'today' } as const
  const [one, two, during] = await Promise.all([
    settleSite(d1(env.DB), id, Date.now()),
    settleSite(d1(env.DB), id, Date.now()),
    query(site, question),
  ])
  // Each change is reported once, by the run that made it.
  const changes = [...one, ...two].sort((a, b) => a.version - b.version)
  expect(changes.map(({ version }) => version)).toEqual(changes.map((_, index) => index))
  expect(changes.reduce((sum, { added }) => sum + added.length, 0)).toBe(20)
  expect(values(during)).toEqual([[20, 40, 300]])
  expect(values(await query(site, question))).toEqual([[20, 40, 300]])
  const stored = await env.DB.prepare('select count(*) as n from visits where site = ?1')
    .bind(id)
    .first<{ n: number }>()
  expect(stored?.n).toBe(20)
})

/** The actions of a person: page views with pauses that are often right at the limit, and reading times. */
const steps = fc.array(
  fc.record({
    person: fc.integer({ min: 1, max: 3 }),
    pause: fc.oneof(fc.constant(30 * MINUTE), fc.constant(30 * MINUTE + 1), fc.integer({ min: 0, max: 3 * HOUR })),
    seen: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 50 * MINUTE })),
    identify: fc.oneof(
      { weight: 9, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constantFrom('u1', 'u2') },
    ),
    cron: fc.boolean(),
  }),
  { minLength: 2, maxLength: 14 },
)

const play = async (
  site: TestSite,
  list: typeof steps extends fc.Arbitrary<infer T> ? T : never,
  cron: boolean,
): Promise<void> => {
  let now = Date.parse('2026-03-28T20:00:00Z')
  for (const [index, step] of list.entries()) {
    now += step.pause
    vi.setSystemTime(now)
    await send(site, browser(step.person), { i: index, t: now, u: `https://${site.domain}/${index % 3}` })
    if (step.identify)
      await send(site, browser(step.person), { i: 100 + index, t: now, k: 'identify', o: { user_id: step.identify } })
    if (cron && step.cron) await settle()
    now += step.seen
    vi.setSystemTime(now)
    if (step.seen)
      await send(site, browser(step.person), {
        i: index,
        t: now - step.seen,
        u: `https://${site.domain}/${index % 3}`,
        m: step.seen,
      })
    if (cron && !step.cron) await settle()
  }
}

test('answers do not depend on cron times, across midnights and a night of 23 hours', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async list => {
      vi.setSystemTime(Date.parse('2026-03-28T19:00:00Z'))
      const [lazy, eager] = [
        await createSite({ timezone: 'Europe/Stockholm' }),
        await createSite({ timezone: 'Europe/Stockholm' }),
      ]
      await play(lazy, list, false)
      await play(eager, list, true)
      const question = {
        metrics: [
          'visitors',
          'sessions',
          'pageviews',
          'bounces',
          'session_duration',
          'engaged_time',
          'pages_per_session',
          'dau',
        ],
        period: { from: '2026-03-28', to: '2026-03-31' },
      } as const
      for (const more of [
        {},
        { granularity: 'day' },
        { dimensions: ['entry_page'] },
        { dimensions: ['page'] },
      ] as const) {
        // A day's users have no pages.
        const metrics = 'dimensions' in more ? question.metrics.slice(0, -1) : question.metrics
        const [a, b] = await Promise.all([lazy, eager].map(site => query(site, { ...question, ...more, metrics })))
        expect(b?.rows).toEqual(a?.rows)
      }
    }),
    { numRuns: runs(12), seed: env.TEST_SEED },
  )
}, 300_000)

test("the beacon's address answers a preflight and no other method", async () => {
  const preflight = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'OPTIONS',
    headers: { origin: 'https://x.example', 'access-control-request-method': 'POST' },
  })
  expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
  expect((await exports.default.fetch('https://stats.example/v1/e')).status).toBe(404)
})
