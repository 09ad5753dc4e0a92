import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { browser, send } from './beacons'
import { createSite, migrate, post, query, settle } from './setup'

beforeAll(migrate)

afterEach(() => {
  vi.useRealTimers()
})

test('an event that a browser sends again from another address is counted once', async () => {
  const site = await createSite()
  const t = Date.now() - 3_000
  const records = [
    { i: 1, t },
    { i: 2, t: t + 1, k: 'search', o: {} },
  ]
  await send(site, browser(1), ...records)
  await send(site, browser(2), ...records)
  const count = async () => {
    const { rows } = await query(site, { metrics: ['pageviews', 'events', 'visitors', 'sessions'], period: 'today' })
    return Object.values(rows[0]?.metrics ?? {}).map(({ value }) => value)
  }
  expect(await count()).toEqual([1, 1, 1, 1])
  await send(site, browser(2), { i: 3, t, k: 'search', o: {} })
  expect(await count()).toEqual([1, 2, 2, 2])
})

const DAY = 86_400_000

test('a log that is imported again after the salts of its days were destroyed changes nothing', async () => {
  const site = await createSite()
  const start = Date.UTC(2026, 0, 31, 12)
  vi.useFakeTimers({ toFake: ['Date'], now: start + 2 * DAY })
  const events = Array.from({ length: 40 }, (_, n) => ({
    id: `line-${n}`,
    name: n % 4 === 3 ? 'search' : n % 10 === 8 ? 'purchase' : 'page_view',
    time: start + n * 60_000,
    ip: `203.0.113.${n % 5}`,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    url: `https://${site.domain}/${n}`,
    ...(n % 10 === 8 && n % 4 !== 3 && { transaction_id: `T${n}`, value: 1 }),
  }))
  const metrics = ['pageviews', 'events', 'visitors', 'sessions', 'orders']
  const answer = async () => (await query(site, { metrics, period: 'all' })).rows[0]?.metrics
  expect(await post(site, events)).toMatchObject({ accepted: 40, duplicates: 0 })
  const before = await answer()
  expect(before).toMatchObject({ visitors: { value: 5 } })
  vi.setSystemTime(start + 6 * DAY)
  await settle()
  expect(await post(site, events)).toMatchObject({ accepted: 0, duplicates: 40 })
  expect(await answer()).toEqual(before)
  await settle()
  expect(await answer()).toEqual(before)
})

/** Events of which several have one id: each under another time, visitor and page, and some of another kind. */
const rivals = (): readonly object[] => {
  const start = Date.now() - 3 * DAY
  return Array.from({ length: 90 }, (_, n) => ({
    id: `id-${n % 40}`,
    name: n % 7 === 3 ? 'search' : 'page_view',
    time: start + ((n * 37) % 90) * 60_000,
    visitor_id: `visitor-${(n * 11) % 13}`,
    url: `https://shop.example/${(n * 5) % 17}`,
  }))
}

const inGroups = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size))

test('events whose ids are partly known are stored as if they came one by one', async () => {
  const events = rivals()
  const orders = [inGroups(events, 90), inGroups(events, 1), inGroups(events.toReversed(), 7), inGroups(events, 25)]
  const answers = []
  for (const calls of orders) {
    const site = await createSite()
    let accepted = 0
    for (const call of calls) accepted += (await post(site, call)).accepted
    expect(accepted).toBe(40)
    const metrics = ['pageviews', 'events', 'visitors', 'sessions']
    answers.push((await query(site, { metrics, dimensions: ['page'], period: '7d' })).rows)
  }
  expect(answers[0]?.length).toBeGreaterThan(5)
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('of calls with the same ids at the same moment, each id is accepted once', async () => {
  const site = await createSite()
  const events = rivals()
  const results = await Promise.all(Array.from({ length: 4 }, () => post(site, events)))
  expect(results.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(40)
  expect(results.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(4 * 90 - 40)
})
