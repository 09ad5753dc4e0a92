import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { eventsOfBeacon, parseBeacon } from '../../worker/collect/parse/parseBeacon'
import { keepExcluded } from '../../worker/collect/store/keepExcluded'
import { applyVerdicts } from '../../worker/collect/verdicts/applyVerdicts'
import type { AppliedVerdicts } from '../../worker/collect/verdicts/verdictCursor'
import { Directory } from '../../worker/directory'
import worker from '../../worker/index'
import { d1 } from '../../worker/storage/d1'
import { apply, call, FIREFOX, figures, GOOGLEBOT, HETZNER, listed, rowsOf, type Sender, send } from './excludedTraffic'
import { limitedDatabase } from './limitedDatabase'
import { createSite, cron, migrate, patchSite, type TestSite } from './setup'
import { databaseOf, storeOf } from './store'

beforeAll(migrate)

afterEach(() => {
  vi.useRealTimers()
})

test('excluded traffic is listed by verdicts, page, network and program, without address or User-Agent', async () => {
  const site = await createSite()
  const page = { u: `https://${site.domain}/prices` }
  expect(await send(site, { agent: GOOGLEBOT, address: '203.0.113.77' }, { i: 1 })).toBe('bot')
  expect(await send(site, { agent: GOOGLEBOT, cf: HETZNER }, { i: 2, ...page })).toBe('bot')
  expect(await send(site, { agent: GOOGLEBOT, cf: HETZNER }, { i: 2, d: 3000, ...page })).toBe('bot')
  expect(await send(site, { cf: HETZNER }, { i: 3, ...page })).toBe('datacenter')
  expect(await send(site, { agent: FIREFOX.replace('Firefox', 'HeadlessChrome') }, { i: 4 })).toBe('bot')
  expect(await send(site, {}, { i: 5 })).toBeNull()
  const at = { page: '/', network: '', requests: 1, kept: 1, counted: false }
  const inCentre = { ...at, page: '/prices', network: 'AS24940 Hetzner' }
  expect(await listed(site)).toEqual([
    { ...inCentre, verdicts: ['bot', 'data_centre'], agent: 'Googlebot', requests: 2 },
    { ...at, verdicts: ['bot'], agent: 'Googlebot' },
    { ...at, verdicts: ['headless'], agent: 'HeadlessChrome' },
    { ...inCentre, verdicts: ['data_centre'], agent: 'Firefox' },
  ])
  const stored = JSON.stringify(await rowsOf(site, 'excluded_traffic'))
  expect(stored).not.toMatch(/203\.0\.113|Mozilla|google\.com\/bot/)
})

const MINUTE = 60_000
const MIDNIGHT = Date.UTC(2026, 5, 11)

const OFFICE = { address: '192.0.2.9' }
const BOT = { agent: GOOGLEBOT, address: '203.0.113.5' }

/** What people, a crawler and the office send around a midnight: [minutes after it, sender, records]. */
const story = (site: TestSite): [minutes: number, from: Sender, ...records: Record<string, unknown>[]][] => {
  const at = (path: string) => `https://${site.domain}${path}`
  const order = (transaction_id: string) => ({ k: 'purchase', o: { transaction_id, value: 10, currency: 'USD' } })
  return [
    [-90, {}, { i: 1, u: at('/') }, { i: 2, u: at('/'), k: 'search', o: {} }],
    [-89, BOT, { i: 3, u: at('/') }],
    [-88, BOT, { i: 4, u: at('/prices'), d: 2000, p: 50 }],
    [-87, OFFICE, { i: 5, u: at('/admin/orders') }, { i: 6, u: at('/admin/orders'), ...order('T1') }],
    [-20, BOT, { i: 7, u: at('/a') }, { i: 8, u: at('/a'), k: 'search', o: {} }],
    [-10, OFFICE, { i: 9, u: at('/admin') }],
    [5, BOT, { i: 10, u: at('/b') }, { i: 11, u: at('/b'), ...order('T2') }],
    [6, OFFICE, { i: 12, u: at('/') }],
    [7, {}, { i: 13, u: at('/prices') }, { i: 14, u: at('/prices'), ...order('T3') }],
  ]
}

const RULES = [{ what: 'page', is: '/admin*' }]

/** Sends the story to sites, minute by minute. */
const tell = async (sites: readonly TestSite[], isSent: (site: TestSite, from: Sender, page: string) => boolean) => {
  for (const [n, [minutes]] of story({ domain: '', write: '', read: '' }).entries()) {
    vi.setSystemTime(MIDNIGHT + minutes * MINUTE)
    for (const site of sites) {
      const [, from, ...records] = story(site)[n] ?? [0, {}]
      if (isSent(site, from, String(records[0]?.u))) await send(site, from, ...records)
    }
  }
}

const settings = (site: TestSite, changes: Record<string, unknown>) => patchSite(site, { settings: changes })

test('the settings apply to the past as if they had been so all along, and back again', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDNIGHT - 100 * MINUTE })
  const [kept, everything, people, later] = [
    await createSite(),
    await createSite(),
    await createSite(),
    await createSite(),
  ]
  const all = { excluded_verdicts: [] }
  await settings(kept, { filters_out: RULES })
  await settings(everything, all)
  await tell(
    [kept, everything, people, later],
    (site, from, page) => site !== people || (from !== BOT && !page.includes('/admin')),
  )
  const compare = async (pairs: readonly (readonly [TestSite, TestSite])[]) => {
    for (const [one, other] of pairs) expect(await figures(one)).toEqual(await figures(other))
  }
  // A filter from now on changes nothing before.
  await settings(later, { filters_out: RULES })
  vi.setSystemTime(MIDNIGHT + 3 * 24 * 60 * MINUTE)
  await cron()
  await compare([[kept, people]])
  expect(await figures(people)).toMatchObject({ pageviews: 3, orders: 1 })
  expect(await figures(everything)).toMatchObject({ pageviews: 9, orders: 3 })

  await settings(kept, all)
  await settings(everything, { ...all, excluded_verdicts: null, filters_out: RULES })
  expect(await apply(kept)).toEqual([9, 0])
  expect(await apply(everything)).toEqual([0, 8])
  expect(await apply(later)).toEqual([0, 2])
  await settings(later, { filters_out: null })
  const now = async () => {
    expect(await figures(kept)).toMatchObject({ pageviews: 9, orders: 3 })
    // Orders stay where no request said that they are to be excluded.
    expect(await figures(everything)).toMatchObject({ pageviews: 3, orders: 2 })
  }
  await now()
  await cron()
  await now()

  await settings(kept, { excluded_verdicts: null })
  expect(await apply(kept)).toEqual([0, 9])
  await compare([[kept, people]])
  await cron()
  await compare([[kept, people]])
  expect(await apply(kept)).toEqual([0, 0])
  expect(await apply(later)).toEqual([2, 0])
})

test('of many requests a day one of several is kept, and stands for the others', async () => {
  const site = await createSite()
  const sent = 300
  const { config } = (await new Directory(d1(env.DB)).find(site.domain)) ?? {}
  if (!config) throw new Error('no site')
  const db = d1(databaseOf(config))
  const text = JSON.stringify({
    v: 1,
    s: site.domain,
    n: Date.now(),
    e: [{ i: 1, t: Date.now(), u: `https://${site.domain}/` }],
  })
  const around = {
    now: Date.now(),
    origin: null,
    address: '192.0.2.1',
    client: 1,
    userAgent: GOOGLEBOT,
    acceptLanguage: '',
    hasGpc: false,
    place: ['', '', ''],
  }
  const [event] = eventsOfBeacon(parseBeacon(JSON.parse(text)), config, around)
  if (!event) throw new Error('no event')
  for (let n = 0; n < sent; n++) {
    const traffic = { events: [{ ...event, recordId: n + 1 }], verdicts: ['bot'], reasons: ['bot'] } as const
    await keepExcluded(db, config, { ...traffic, isCounted: false, network: '', agent: 'Googlebot' }, 10)
  }
  const rows = await rowsOf(site, 'excluded_traffic')
  const stood = rows.reduce((sum, { requests }) => sum + Number(requests), 0)
  // 10, then 5 for each time that the requests double.
  expect(rows.length).toBeLessThanOrEqual(10 + 5 * Math.ceil(Math.log2(sent / 10)))
  // At most the last, of 32, is missing.
  expect(stood).toBeGreaterThan(sent - 32)
  expect(stood).toBeLessThanOrEqual(sent)
})

test('a row of excluded traffic holds at most 10,000 bytes of events, and one request adds less after the 100th', async () => {
  const site = await createSite()
  const record = (i: number) => ({ i, k: 'x', o: { text: 'ü'.repeat(200) } })
  const many = (first: number, count: number) => Array.from({ length: count }, (_, n) => record(first + n))
  const held = async () =>
    new Map(
      (await rowsOf(site, 'excluded_traffic')).map(({ id, events }) => [id, new TextEncoder().encode(String(events))]),
    )
  // One request with too much, then one with little that begins with the same record.
  await send(site, BOT, ...many(1, 20))
  expect((await held()).get(1)?.length).toBe(2)
  for (let n = 0; n < 20; n++) await send(site, BOT, record(1))
  const filled = (await held()).get(1)?.length ?? 0
  expect(filled).toBeGreaterThan(5_000)
  expect(filled).toBeLessThanOrEqual(10_000)
  expect(await listed(site)).toMatchObject([{ requests: 21, kept: 1 }])
  await send(site, BOT, ...many(100, 4))
  expect((await held()).get(100)?.length).toBeGreaterThan(2_000)
  await (await storeOf(site)).prepare(`update refusals set count = 100 where reason = 'bot'`).run()
  await send(site, BOT, ...many(200, 4))
  expect((await held()).get(200)?.length).toBe(2)
})

test('what a filter on an address matches is counted and never kept', async () => {
  const site = await createSite()
  await settings(site, { filters_out: [...RULES, { what: 'ip', is: OFFICE.address }] })
  const page = { u: `https://${site.domain}/admin` }
  expect(await send(site, OFFICE, { i: 1 })).toBe('filtered_ip')
  expect(await send(site, OFFICE, { i: 2, ...page })).toBe('filtered_page')
  expect(await send(site, { ...OFFICE, agent: GOOGLEBOT }, { i: 3 })).toBe('bot')
  expect(await send(site, {}, { i: 4, ...page })).toBe('filtered_page')
  expect((await rowsOf(site, 'excluded_traffic')).map(({ id }) => id)).toEqual([4])
  const counted = (await rowsOf(site, 'refusals')).map(({ reason, count }) => [reason, count])
  expect(Object.fromEntries(counted)).toEqual({ filtered_ip: 1, filtered_page: 2, bot: 1 })
})

test('a filter applied to the past leaves the other events of a request as they are', async () => {
  const site = await createSite()
  await settings(site, { excluded_verdicts: ['rule'] })
  await send(site, BOT, { i: 1, u: `https://${site.domain}/admin` }, { i: 2 })
  expect(await figures(site)).toMatchObject({ pageviews: 2 })
  await settings(site, { filters_out: RULES })
  expect(await apply(site)).toEqual([0, 1])
  expect(await figures(site)).toMatchObject({ pageviews: 1 })
  await settings(site, { excluded_verdicts: null })
  await apply(site)
  expect(await figures(site)).toMatchObject({ pageviews: 0 })
})

test('events that arrive while the settings are applied are counted by the next application', async () => {
  const site = await createSite()
  await send(site, BOT, { i: 1 })
  await settings(site, { excluded_verdicts: [] })
  const { config } = (await new Directory(d1(env.DB)).find(site.domain)) ?? {}
  if (!config) throw new Error('no site')
  let isFirst = true
  const add = async () => {
    isFirst = false
    const [row] = await rowsOf(site, 'excluded_traffic')
    const events = String(row?.events).replace('"id":1,', '"id":2,')
    expect(events).not.toBe(row?.events)
    await (await storeOf(site))
      .prepare(
        `update excluded_traffic set events = '[' || trim(events, '[]') || ',' || trim(?1, '[]') || ']' where id = 1`,
      )
      .bind(events)
      .run()
  }
  const db = d1(databaseOf(config))
  const interrupted = new Proxy(db, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key)
      if (key !== 'batch') return typeof value === 'function' ? value.bind(target) : value
      return async (...values: Parameters<typeof target.batch>) => {
        if (isFirst) await add()
        return target.batch(...values)
      }
    },
  })
  await applyVerdicts(interrupted, config, null)
  expect(isFirst).toBe(false)
  await apply(site)
  expect(await figures(site)).toMatchObject({ pageviews: 2 })
})

test('a step that applies the settings to full rows stays within the limits of an invocation', async () => {
  const site = await createSite()
  await send(site, BOT, ...Array.from({ length: 8 }, (_, n) => ({ i: n + 1, k: 'x', o: { text: 'x'.repeat(200) } })))
  await (await storeOf(site))
    .prepare(
      `insert into excluded_traffic
       select site, day, excluded_traffic.id + value * 100, verdicts, counted, requests, page, network, agent, filters, events
       from excluded_traffic, json_each(?1) where excluded_traffic.id = 1 and site = (select id from sites where domain = ?2)`,
    )
    .bind(JSON.stringify(Array.from({ length: 60 }, (_, n) => n + 1)), site.domain)
    .run()
  await settings(site, { excluded_verdicts: [] })
  const step = async () => {
    const { db, usage } = limitedDatabase(env.DB)
    const request = new Request(`https://stats.example/api/v1/sites/${site.domain}/excluded/apply`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
      body: '{}',
    })
    const response = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())
    return { usage, ...(await response.json<AppliedVerdicts>()) }
  }
  const { usage, counted, next } = await step()
  expect(usage.errors).toEqual([])
  expect(usage.statements).toBeLessThanOrEqual(50)
  expect([counted, next?.step]).toEqual([400, 'kept'])
})

test('a page view of a person writes no row more, and one of a program two at most', async () => {
  const site = await createSite()
  await settings(site, { filters_out: RULES })
  const written = async (agent: string, first: number, views: number): Promise<number> => {
    const { db, usage } = limitedDatabase(env.DB)
    const beacon = (record: object) =>
      new Request('https://stats.example/v1/e', {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'user-agent': agent, 'cf-connecting-ip': '192.0.2.1' },
        body: JSON.stringify({
          v: 1,
          s: site.domain,
          n: Date.now(),
          e: [{ u: `https://${site.domain}/`, t: Date.now(), ...record }],
        }),
      })
    for (let i = first; i < first + views; i++)
      for (const record of [{ i }, { i, m: 5_000, d: 50, c: 1 }])
        await worker.fetch(beacon(record), { ...env, DB: db }, createExecutionContext())
    return usage.rowsWritten / views
  }
  // The first writes the strings and the salt.
  await written(FIREFOX, 1, 1)
  const person = await written(FIREFOX, 2, 10)
  expect(person).toBeGreaterThanOrEqual(2)
  expect(person).toBeLessThanOrEqual(2.3)
  // A row of the count and one of the request, for each of the two beacons.
  expect(await written(GOOGLEBOT, 20, 10)).toBeLessThanOrEqual(4)
})

test('erasing a person erases what is kept of it', async () => {
  const site = await createSite()
  await settings(site, { filters_out: RULES })
  const page = { u: `https://${site.domain}/admin` }
  await send(site, OFFICE, { i: 1, k: 'identify', o: { user_id: 'ann' } })
  expect(await send(site, OFFICE, { i: 2, ...page })).toBe('filtered_page')
  expect(await send(site, {}, { i: 3, ...page })).toBe('filtered_page')
  expect(await listed(site)).toMatchObject([{ verdicts: ['rule'], kept: 2 }])
  await call(site, 'DELETE', 'users/ann')
  expect((await rowsOf(site, 'excluded_traffic')).map(({ id }) => id)).toEqual([3])
})

test('erasing a person erases what excluded traffic alone links to it', async () => {
  const site = await createSite()
  await settings(site, { filters_out: RULES })
  const page = { u: `https://${site.domain}/admin` }
  expect(await send(site, OFFICE, { i: 1, ...page })).toBe('filtered_page')
  await send(site, OFFICE, { i: 2, k: 'identify', ...page, o: { user_id: 'ann' } })
  await send(site, {}, { i: 3, ...page })
  expect(await rowsOf(site, 'identities')).toEqual([])
  expect((await rowsOf(site, 'excluded_traffic')).map(({ id }) => id)).toEqual([1, 2, 3])
  await call(site, 'DELETE', 'users/ann')
  expect((await rowsOf(site, 'excluded_traffic')).map(({ id }) => id)).toEqual([3])
})

test('what is kept is deleted after 90 days', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDNIGHT })
  const site = await createSite()
  await send(site, BOT, { i: 1 })
  vi.setSystemTime(MIDNIGHT + 90 * 24 * 60 * MINUTE)
  await send(site, BOT, { i: 2 })
  await cron()
  expect((await rowsOf(site, 'excluded_traffic')).length).toBe(2)
  vi.setSystemTime(MIDNIGHT + 91 * 24 * 60 * MINUTE)
  await cron()
  expect((await rowsOf(site, 'excluded_traffic')).map(({ id }) => id)).toEqual([2])
})

test('what a filter moved is deleted when its own time is no longer retained', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: MIDNIGHT })
  const day = (n: number) => vi.setSystemTime(MIDNIGHT + n * 24 * 60 * MINUTE)
  const site = await createSite()
  await settings(site, { retention_months: 1 })
  await send(site, BOT, { i: 1 })
  await send(site, {}, { i: 2, u: `https://${site.domain}/admin` })
  day(20)
  await send(site, BOT, { i: 3 })
  await cron()
  await settings(site, { filters_out: RULES })
  expect(await apply(site)).toEqual([0, 1])
  const ids = async () => (await rowsOf(site, 'excluded_traffic')).map(({ id }) => id)
  expect(await ids()).toEqual([1, -2, 3])
  day(36)
  await cron()
  expect(await ids()).toEqual([3])
})

test('a cursor that no answer gave is rejected', async () => {
  const site = await createSite()
  for (const cursor of [
    7,
    {},
    { step: 'kept', after: [1] },
    { step: 'views', after: [1, 2, '3'] },
    { step: 'x', after: [] },
  ]) {
    const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}/excluded/apply`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
      body: JSON.stringify({ cursor }),
    })
    expect(await response.json()).toMatchObject({ error: { code: 'bad_cursor' } })
  }
})
