import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { browser } from './beacons'
import { clockByHand } from './clockByHand'
import { memberCookie } from './memberCookie'
import { createSite, type TestSite } from './setup'
import { unsteadyDatabase } from './unsteadyDatabase'

const HOUR = 3_600_000
const MIDNIGHT = Date.UTC(2026, 2, 9)

clockByHand()

const { db, state } = unsteadyDatabase(env.DB, () => null)

/** The number of D1 calls for a beacon. */
const costOf = async ({ domain }: TestSite, record: Record<string, unknown>): Promise<number> => {
  const from = browser(1)
  const e = [{ t: Date.now(), u: `https://${domain}/start?utm_source=news`, ...record }]
  const request = new Request('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': from.agent, 'cf-connecting-ip': from.address },
    body: JSON.stringify({ v: 1, s: domain, n: Date.now(), e }),
  })
  const before = state.calls
  const response = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())
  expect([response.status, response.headers.get('x-footfall-dropped')]).toEqual([204, null])
  return state.calls - before
}

/** The number of D1 calls for a question. */
const costOfQuestion = async ({ domain }: TestSite, headers: Record<string, string>): Promise<number> => {
  const request = new Request('https://stats.example/api/v1/query', {
    method: 'POST',
    headers,
    body: JSON.stringify({ site: domain, metrics: ['visitors'] }),
  })
  const before = state.calls
  const access = { ACCESS_TEAM: 'shop', ACCESS_AUD: 'a'.repeat(64) }
  const response = await worker.fetch(request, { ...env, ...access, DB: db }, createExecutionContext())
  expect(response.status).toBe(200)
  return state.calls - before
}

/** A site that this isolate has not cached, at a time of its day. */
const forgottenSite = async (time: number): Promise<TestSite> => {
  vi.setSystemTime(time - HOUR)
  const site = await createSite({ timezone: 'UTC' })
  vi.setSystemTime(time)
  return site
}

/** Everything a page sends while it is read. */
const RECORDS: readonly Record<string, unknown>[] = [
  { i: 2 },
  { i: 2, t: MIDNIGHT, m: 20_000, d: 80, c: 2 },
  { i: 3, k: 'add_to_cart', o: { value: 3 } },
  { i: 4, k: 'purchase', o: { value: 3, transaction_id: 'T1' } },
  { i: 5, k: 'identify', o: { user_id: 'u_42' } },
]

test.each([
  ['by day', 12, 4],
  ['in the evening, when sessions may go on tomorrow', 20, 4],
  ['after midnight, when sessions may have begun yesterday', 1, 5],
])('a beacon costs one round trip, %s', async (_name, hour, first) => {
  const time = MIDNIGHT + hour * HOUR
  const site = await forgottenSite(time)
  // The site, the salt of each day it is in, the dictionaries, the events.
  expect(await costOf(site, { i: 1 })).toBe(first)
  const records = RECORDS.map(record => ('t' in record ? { ...record, t: time - 20_000 } : record))
  for (const record of records) expect([record, await costOf(site, record)]).toEqual([record, 1])
})

test('every ten seconds one beacon checks whether the site has changed', async () => {
  const site = await forgottenSite(MIDNIGHT + 34 * HOUR)
  await costOf(site, { i: 1 })
  vi.setSystemTime(Date.now() + 9_999)
  expect(await costOf(site, { i: 2 })).toBe(1)
  vi.setSystemTime(Date.now() + 1)
  expect(await costOf(site, { i: 3 })).toBe(2)
  expect(await costOf(site, { i: 4 })).toBe(1)
})

test('events after midnight about the evening before carry the new visitor id', async () => {
  const evening = MIDNIGHT + 4 * 24 * HOUR - 600_000
  const site = await forgottenSite(evening)
  await costOf(site, { i: 1 })
  vi.setSystemTime(evening + 1_200_000)
  await costOf(site, { i: 2 })
  await env.DB.prepare('update settlements set closing = ?1').bind(Date.now()).run()
  await costOf(site, { i: 1, t: evening, m: 900_000, d: 80, c: 2 })
  const { results } = await env.DB.prepare(
    'select distinct v.id from dirty d join views v using (site, visitor) where site = (select id from sites where domain = ?1) order by v.id',
  )
    .bind(site.domain)
    .all()
  expect(results).toEqual([{ id: 1 }, { id: 2 }])
})

test('whoever asks is looked up once, and a key costs no look-up of people', async () => {
  const site = await createSite()
  const cookie = await memberCookie('viewer', [site.domain])
  const byKey = { authorization: `Bearer ${site.read}` }
  await costOfQuestion(site, byKey)
  const cost = await costOfQuestion(site, byKey)
  expect(await costOfQuestion(site, { ...byKey, cookie, 'cf-access-jwt-assertion': 'x' })).toBe(cost)
  expect(await costOfQuestion(site, { cookie, 'sec-fetch-site': 'same-origin' })).toBe(cost)
})
