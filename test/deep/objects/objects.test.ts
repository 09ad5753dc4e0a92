import { createExecutionContext, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import worker, { SiteObject } from '../../../worker/index'
import { d1 } from '../../../worker/storage/d1'
import type { SiteConfig } from '../../../worker/storage/siteConfig'
import { findCurrentSite, readKept } from '../../../worker/storage/sites'
import sitesSelectWork from '../../../worker/storage/sql/sites.select_work.sql'
import { backup, owner, restore, restorePart } from '../../integration/backups'
import { browser, send } from '../../integration/beacons'
import { FAULTS, faultyDatabase } from '../../integration/faultyDatabase'
import { objectOf } from '../../integration/objectOf'
import { runAlarms } from '../../integration/runAlarms'
import { createSite, deleteSite, migrate, patchSite, post, query, type TestSite } from '../../integration/setup'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** In the future, so that no alarm goes off by itself. */
const NOON = Date.UTC(2050, 2, 10, 12)

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOON })
  await migrate()
})
afterEach(() => {
  vi.restoreAllMocks()
})
afterAll(() => {
  vi.useRealTimers()
})

const configOf = async ({ domain }: TestSite): Promise<SiteConfig> => {
  const config = await findCurrentSite(d1(env.DB), domain)
  if (!config) throw new Error(`${domain} is not there`)
  return config
}

const stubOf = async (site: TestSite): Promise<DurableObjectStub<SiteObject>> => {
  const stub = objectOf(await configOf(site))
  if (!stub) throw new Error(`${site.domain} has no object`)
  return stub
}

const rowsIn = async (stub: DurableObjectStub<SiteObject>, sql: string) =>
  runInDurableObject(stub, async ({ database }) => (await database.all(sql)).rows)

const alarmOf = (stub: DurableObjectStub<SiteObject>): Promise<number | null> =>
  runInDurableObject(stub, (_, { storage }) => storage.getAlarm())

const view = (id: number, minutes = 0) => ({
  id: `v${id}`,
  name: 'page_view',
  time: Date.now() - minutes * MINUTE,
  visitor_id: `p${id % 3}`,
  url: `https://shop.example/${id % 4}`,
})

const totals = async (site: TestSite): Promise<unknown> =>
  (await query(site, { metrics: ['pageviews', 'visitors', 'sessions', 'bounce_rate'], period: 'all' })).rows

test('a beacon, an excluded one and a page of the dashboard are one call each, a known visitor one transaction', async () => {
  const site = await createSite()
  await send(site, browser(1), { i: 1, t: Date.now() })
  const stub = await stubOf(site)
  const calls = vi.spyOn(SiteObject.prototype, 'call')
  const statements = vi.spyOn(env.DB, 'prepare')
  const transactions = await runInDurableObject(stub, (_, { storage }) => vi.spyOn(storage, 'transactionSync'))
  await send(site, browser(1), { i: 2, t: Date.now() })
  expect([calls.mock.calls.length, transactions.mock.calls.length, statements.mock.calls.length]).toEqual([1, 1, 0])
  const robot = { 'user-agent': 'Googlebot/2.1', 'cf-connecting-ip': '192.0.2.7' }
  const body = JSON.stringify({
    v: 1,
    s: site.domain,
    n: Date.now(),
    e: [{ i: 3, t: Date.now(), u: `https://${site.domain}/` }],
  })
  const dropped = await exports.default.fetch('https://stats.example/v1/e', { method: 'POST', headers: robot, body })
  expect(dropped.headers.get('x-footfall-dropped')).toBe('bot')
  expect(calls).toHaveBeenCalledTimes(2)
  const questions = ['pageviews', 'visitors', 'sessions'].map(metric => ({ site: site.domain, metrics: [metric] }))
  const answers = await exports.default.fetch('https://stats.example/api/v1/query', {
    method: 'POST',
    headers: owner,
    body: JSON.stringify([...questions, { site: site.domain, metrics: ['nonsense'] }]),
  })
  expect(await answers.json()).toMatchObject([
    { rows: [{ metrics: { pageviews: { value: 2 } } }] },
    { rows: [{ metrics: { visitors: { value: 1 } } }] },
    { rows: [{ metrics: { sessions: { value: 1 } } }] },
    { error: { code: 'unknown_metric' } },
  ])
  expect(calls).toHaveBeenCalledTimes(3)
})

test('the alarm settles, destroys salts in time, and then sleeps', async () => {
  vi.setSystemTime(NOON)
  const site = await createSite()
  const stub = await stubOf(site)
  expect(await alarmOf(stub)).toBe(null)
  await send(site, browser(1), { i: 1, t: Date.now() })
  expect(await alarmOf(stub)).toBe(NOON + 5 * MINUTE)
  const times: number[] = []
  for (let at = await alarmOf(stub); at !== null; at = await alarmOf(stub)) {
    vi.setSystemTime(at)
    await runAlarms()
    times.push(at)
    expect(times.length).toBeLessThan(20)
  }
  const last = times.at(-1) ?? 0
  expect(last - NOON).toBeGreaterThan(36 * HOUR)
  expect(last - NOON).toBeLessThan(48 * HOUR)
  expect(await rowsIn(stub, 'select * from salts')).toEqual([])
  expect(await rowsIn(stub, 'select views from visits')).toEqual([{ views: 1 }])
  expect(await totals(site)).toMatchObject([{ metrics: { pageviews: { value: 1 } } }])
  // Reading wakes nothing; settings do.
  expect(await alarmOf(stub)).toBe(null)
  await patchSite(site, { settings: { retention_months: 1 } })
  expect(await alarmOf(stub)).toBe(Date.now() + 5 * MINUTE)
})

test('the directory learns since when the object keeps events, and rejects older ones', async () => {
  vi.setSystemTime(NOON)
  const site = await createSite()
  const days = Array.from({ length: 60 }, (_, day) => view(day, day * 24 * 60))
  expect((await post(site, days)).refused).toEqual([])
  await patchSite(site, { settings: { retention_months: 1 } })
  for (let run = 0; run < 3; run++) await runAlarms()
  const stub = await stubOf(site)
  const { keptFrom, keptDay, id } = await configOf(site)
  expect(new Date(keptFrom).toISOString()).toBe('2050-02-10T00:00:00.000Z')
  expect(await runInDurableObject(stub, ({ database }) => readKept(database, id))).toEqual({
    keptFrom,
    keptDay,
  })
  // The decision when to wake reads some rows, not the events.
  const work = await runInDurableObject(stub, ({ database }) => database.all(sitesSelectWork, id))
  expect([work.rows[0]?.last_hour, work.rowsRead < 20]).toEqual([NOON / HOUR, true])
  vi.setSystemTime(NOON + 11_000)
  expect((await post(site, [view(61, 59 * 24 * 60)])).refused).toMatchObject([{ code: 'too_old' }])
  await deleteSite(site)
})

test('deleting a site deletes everything its object stores, and nothing comes back', async () => {
  const site = await createSite()
  await post(site, [view(1)])
  const config = await configOf(site)
  const stub = await stubOf(site)
  await deleteSite(site)
  const left = () =>
    runInDurableObject(stub, async (_, { storage }) => [
      storage.sql.exec("select name from sqlite_schema where name not like '\\_cf%' escape '\\'").toArray(),
      await storage.getAlarm(),
    ])
  expect(await left()).toEqual([[], null])
  // A Worker that still knows the site.
  d1(env.DB).caches.sites.set(site.domain, { site: config, until: Date.now() + 10_000 })
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': browser(2).agent, 'cf-connecting-ip': '192.0.2.9' },
    body: JSON.stringify({
      v: 1,
      s: site.domain,
      n: Date.now(),
      e: [{ i: 1, t: Date.now(), u: `https://${site.domain}/` }],
    }),
  })
  expect([response.status, await response.json()]).toEqual([
    404,
    { error: expect.objectContaining({ code: 'unknown_site' }) },
  ])
  expect(await left()).toEqual([[], null])
})

test('a backup takes a site from its object to D1 and back, with the same answers', async () => {
  const site = await createSite()
  await post(
    site,
    Array.from({ length: 40 }, (_, n) => view(n, n * 400)),
  )
  await runAlarms()
  const before = await totals(site)
  const asOwner = { ...site, read: env.ADMIN_TOKEN }
  for (const store of ['d1', 'objects'] as const) {
    const parts = await backup(site)
    await deleteSite(site)
    const { SITES, ...bindings } = env
    for (const part of parts) {
      const request = new Request(`https://stats.example/api/v1/sites/${site.domain}/restore`, {
        method: 'POST',
        headers: owner,
        body: part,
      })
      const response = await worker.fetch(request, store === 'd1' ? bindings : env, createExecutionContext())
      expect(response.status).toBe(200)
    }
    expect((await configOf(site)).store).toBe(store)
    expect(await totals(asOwner)).toEqual(before)
  }
})

test.each([FAULTS.updated, FAULTS.unknown])(
  'a restore goes on after the directory fails at any call: $when',
  async hit => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const site = await createSite()
    await post(
      site,
      Array.from({ length: 10 }, (_, n) => view(n, n * 400)),
    )
    const before = await totals(site)
    const parts = await backup(site)
    const asOwner = { ...site, read: env.ADMIN_TOKEN }
    for (let at = 1, isOver = false; !isOver; at++) {
      await deleteSite(site)
      const { db, calls } = faultyDatabase(env.DB, { at, hit })
      for (const part of parts) {
        for (let tries = 0; (await restorePart(site.domain, part, db)).status >= 500; tries++)
          expect(tries).toBeLessThan(3)
      }
      expect(await totals(asOwner), `call ${at}`).toEqual(before)
      isOver = at >= (calls.at(-1) ?? 0)
    }
  },
)

test('a damaged part and a large refund are rejected as in D1', async () => {
  const site = await createSite()
  const order = { ...view(1), name: 'purchase', transaction_id: 'T1', currency: 'USD', value: 10 }
  await post(site, [order])
  const { refused } = await post(site, [
    { ...view(2), name: 'refund', transaction_id: 'T1', currency: 'USD', value: 11 },
  ])
  expect(refused).toMatchObject([{ index: 0, code: 'refund_too_large' }])
  const parts = await backup(site)
  await deleteSite(site)
  await restore(site, parts.slice(0, 1))
  const lines = (parts.find(part => part.includes('{"table":"purchases"')) ?? '').replaceAll('"sent_id"', '"sent_ip"')
  const { addPartChecksum } = await import('../../../worker/storage/backup/partChecksum')
  const damaged = await addPartChecksum(
    lines.replace(/"part":\d+/, '"part":1').replace(/,"sha256":"[0-9a-f]{64}"\}\n$/, '}\n'),
  )
  expect(await restorePart(site.domain, damaged)).toMatchObject({ status: 400, code: 'bad_backup' })
})

test('without the binding a site with an object is unavailable, and the others are not', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const site = await createSite()
  const { SITES, ...bindings } = env
  const ask = async (path: string) => {
    const request = new Request(`https://stats.example${path}`, { headers: owner })
    const response = await worker.fetch(request, bindings, createExecutionContext())
    const { error } = await response.json<{ error?: { code: string } }>()
    return [response.status, error?.code]
  }
  expect(await ask(`/api/v1/sites/${site.domain}/now`)).toEqual([503, 'no_objects'])
  expect(await ask('/api/v1/sites')).toEqual([200, undefined])
})
