import { env } from 'cloudflare:workers'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { settle as settleSite } from '../../worker/sessions/settle'
import { d1 } from '../../worker/storage/d1'
import { findSite } from '../../worker/storage/sites'
import { browser, send } from './beacons'
import { createSite, migrate, query, type TestSite } from './setup'

const MINUTE = 60_000
const NOON = Date.UTC(2026, 2, 10, 12)

beforeAll(migrate)
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
})
afterAll(() => {
  vi.useRealTimers()
})

const idOf = async ({ domain }: TestSite): Promise<number> => (await findSite(d1(env.DB), domain))?.id ?? 0

/** Runs the cron by a clock that is ahead. */
const settleAhead = async (site: TestSite, ahead: number) =>
  settleSite(d1(env.DB), await idOf(site), Date.now() + ahead)

const count = async (site: TestSite, table: 'dirty' | 'visits'): Promise<number> =>
  (await env.DB.prepare(`select count(*) as n from ${table} where site = ?1`)
    .bind(await idOf(site))
    .first<number>('n')) ?? 0

/** Final sessions once everything has ended, remaining late events, and the owner's notice. */
const inTheEnd = async (site: TestSite) => {
  vi.setSystemTime(Date.now() + 60 * MINUTE)
  await settleAhead(site, 0)
  const period = { from: '2026-03-10', to: '2026-03-10' }
  const [row] = (await query(site, { metrics: ['sessions', 'pageviews'], period })).rows
  return {
    sessions: await count(site, 'visits'),
    late: await count(site, 'dirty'),
    counted: Object.values(row?.metrics ?? {}).map(({ value }) => value),
  }
}

/** An old page view, beside one of another visitor that moved the watermark. */
const storeAged = async (age: number, ahead: number, order: 'finished first' | 'stored first'): Promise<TestSite> => {
  vi.setSystemTime(NOON - 60 * MINUTE)
  const site = await createSite({ timezone: 'UTC' })
  vi.setSystemTime(NOON)
  await send(site, browser(1), { i: 1, t: NOON - 40 * MINUTE })
  if (order === 'finished first') await settleAhead(site, ahead)
  await send(site, browser(2), { i: 2, t: NOON - age })
  if (order === 'stored first') await settleAhead(site, ahead)
  return site
}

test.each([
  ['before the watermark', 11 * MINUTE, 0, 1],
  ['before a watermark set by a clock ahead of ours', 5 * MINUTE + 1, 4.9999 * MINUTE, 0],
  ['before a watermark set by a clock far ahead of ours', 6 * MINUTE, 5 * MINUTE, 1],
  ['in the last minutes', 5 * MINUTE, 4.9999 * MINUTE, 0],
  ['of now', 0, 4.9999 * MINUTE, 0],
])('an event before the watermark is recorded as late, and no other: %s', async (_name, age, ahead, late) => {
  const site = await storeAged(age, ahead, 'finished first')
  expect(await count(site, 'dirty')).toBe(late)
  expect(await inTheEnd(site)).toEqual({ sessions: 2, late: 0, counted: [2, 2] })
})

test.each([
  ['first', 5 * MINUTE, 'stored first'],
  ['after it', 5 * MINUTE, 'finished first'],
  ['first, a little older', 5 * MINUTE + 1, 'stored first'],
  ['after it, a little older', 5 * MINUTE + 1, 'finished first'],
] as const)('a concurrent run misses nothing that is stored %s', async (_name, age, order) => {
  const site = await storeAged(age, 4.9999 * MINUTE, order)
  expect(await inTheEnd(site)).toEqual({ sessions: 2, late: 0, counted: [2, 2] })
})

test('page totals for a page view before the watermark are recorded as late', async () => {
  const site = await storeAged(0, 0, 'finished first')
  await send(site, browser(1), { i: 1, t: NOON - 40 * MINUTE, m: 20_000 })
  expect(await count(site, 'dirty')).toBe(1)
})

test('events from before the site was created become final like any other', async () => {
  vi.setSystemTime(NOON)
  const site = await createSite({ timezone: 'UTC' })
  await send(site, browser(1), { i: 1, t: NOON - 4 * MINUTE })
  await send(site, browser(2), { i: 2, t: NOON - 12 * MINUTE })
  expect(await inTheEnd(site)).toEqual({ sessions: 2, late: 0, counted: [2, 2] })
})
