import { env } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Question } from '../../../shared/question'
import { erasePerson } from '../../../worker/privacy/erasePerson'
import { buildDays } from '../../../worker/rollups/buildDays'
import { deleteExpiredEvents } from '../../../worker/rollups/deleteExpiredEvents'
import { settle } from '../../../worker/sessions/settle'
import { d1 } from '../../../worker/storage/d1'
import { backup, restore } from '../../integration/backups'
import { clockByHand } from '../../integration/clockByHand'
import { FAULTS, type Fault, faultyDatabase } from '../../integration/faultyDatabase'
import {
  countOf,
  cron,
  DAY,
  DELETED_DAYS,
  event,
  factsAround,
  NOW,
  OVER_BOTH,
  patch,
  RETAINED_DAYS,
  retainFor,
  SUMMED,
  siteOf,
  siteWithStory,
  story,
  TIMEOUT,
  valuesOf,
} from '../../integration/retentionStory'
import { deleteSite, post, type TestSite } from '../../integration/setup'

clockByHand()
beforeEach(() => {
  vi.setSystemTime(NOW)
})

test('a duplicate of a deleted order stays a duplicate, sent again or restored', { timeout: TIMEOUT }, async () => {
  const purchase = (visitor: string, days: number) => ({
    ...event(visitor, NOW - days * DAY, { name: 'purchase', transaction_id: 'TWICE', value: 10 }),
    id: `twice${days}`,
  })
  const again = purchase('v2', 10)
  const site = await siteWithStory([purchase('v1', 48), again, ...story()])
  const question: Omit<Question, 'site'> = {
    metrics: ['orders', 'revenue', 'events', 'conversions'],
    period: RETAINED_DAYS,
  }
  const before = await valuesOf(site, question)
  await retainFor(site, 1)
  await cron(site)
  expect(await countOf(site, 'purchases', "transaction_id = 'TWICE' and amounts = '[]'")).toBe(1)
  const same = async () => {
    expect(await valuesOf(site, question)).toEqual(before)
    await cron(site)
    expect(await valuesOf(site, question)).toEqual(before)
  }
  await same()
  expect(await post(site, [again])).toMatchObject({ accepted: 0, duplicates: 1 })
  await same()
  expect(await post(site, [{ ...again, id: 'thrice' }])).toMatchObject({ accepted: 0, duplicates: 1 })
  await same()
  const parts = await backup(site)
  await deleteSite(site)
  await restore(site, parts)
  await same()
  // It is deleted with the last event that repeats it.
  vi.setSystemTime(NOW + 40 * DAY)
  await cron(site)
  expect(await countOf(site, 'purchases', "transaction_id = 'TWICE'")).toBe(0)
})

test('a day is rolled up for good once none of its events are in flight', { timeout: TIMEOUT }, async () => {
  const site = await siteWithStory()
  await retainFor(site, 1)
  const found = await siteOf(site)
  const kept = async () => {
    await deleteExpiredEvents(d1(env.DB), found, NOW)
    return (await siteOf(site)).keptFrom
  }
  await post(site, [event('late', '2026-02-05T10:00:00Z')])
  expect(['marked', await kept()]).toEqual(['marked', 0])
  await settle(d1(env.DB), found.id, NOW)
  expect(['to be rolled up again', await kept()]).toEqual(['to be rolled up again', 0])
  await buildDays(d1(env.DB), found, NOW)
  const question = { metrics: ['pageviews'], period: { from: '2026-02-05', to: '2026-02-05' } }
  const before = await valuesOf(site, question)
  expect(await kept()).toBe(Date.parse('2026-02-09T23:00:00Z'))
  expect(await countOf(site, 'views', `hour * 3600000 < ${Date.parse('2026-02-07')}`)).toBe(0)
  expect(await valuesOf(site, question)).toEqual(before)
})

test('a session that began before the first retained day is derived in full', { timeout: TIMEOUT }, async () => {
  const around = (name: string) => [
    event('w', '2026-01-20T10:00:00Z'),
    // Midnight in Stockholm is 23:00 UTC.
    ...[-40, -20, -5, 10, 30].map(minutes =>
      event(name, Date.parse('2026-02-09T23:00:00Z') + minutes * 60_000, {
        url: `https://shop.example/${minutes + 40}`,
      }),
    ),
    event(name, '2026-02-11T10:00:00Z'),
  ]
  const sites = [await siteWithStory(around('x')), await siteWithStory(around('x'))] as const
  await retainFor(sites[0], 1)
  await cron(sites[0])
  expect((await siteOf(sites[0])).keptFrom).toBe(Date.parse('2026-02-09T23:00:00Z'))
  expect(await countOf(sites[0], 'views')).toBe(6)
  const metrics = ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'session_duration', 'pages_per_session']
  const expectTwins = async () => {
    for (const question of [
      { metrics, period: RETAINED_DAYS, granularity: 'day' },
      { metrics, period: RETAINED_DAYS, dimensions: ['entry_page'] },
      { metrics: ['pageviews', 'sessions'], period: RETAINED_DAYS, dimensions: ['page'] },
    ] as const) {
      const [one, other] = await Promise.all(
        sites.map(site => valuesOf(site, question as unknown as Omit<Question, 'site'>)),
      )
      expect(one).toEqual(other)
    }
  }
  await expectTwins()
  // A late event in the same session, then its user: each rebuilds the session and the day's rollup.
  for (const late of [
    event('x', '2026-02-09T23:45:00Z', { url: 'https://shop.example/late' }),
    event('x', '2026-03-10T11:00:00Z', { name: 'identify', user_id: 'u' }),
  ]) {
    for (const site of sites) {
      expect((await post(site, [late])).refused).toEqual([])
      await cron(site)
    }
    await expectTwins()
  }
  for (const site of sites) {
    await patch(site, { settings: { conversions: [{ page: '/50' }] } })
    await cron(site)
  }
  await expectTwins()
})

test('an erased person is not in the rollups either', { timeout: TIMEOUT }, async () => {
  const site = await siteWithStory([
    event('phone', '2026-01-20T10:00:00Z'),
    event('laptop', '2026-01-21T10:00:00Z', { user_id: 'ada' }),
    event('other', '2026-01-21T11:00:00Z'),
  ])
  await retainFor(site, 1)
  await cron(site)
  // The owner of the phone identifies when the day's events are deleted.
  await post(site, [event('phone', '2026-03-09T10:00:00Z', { user_id: 'ada' })])
  await cron(site)
  const question = { metrics: ['visitors', 'pageviews'], period: DELETED_DAYS }
  expect((await valuesOf(site, question))[0]?.metrics).toEqual({ visitors: 3, pageviews: 3 })
  const { id } = await siteOf(site)
  const { results } = await env.DB.prepare('select visitor, user from identities where site = ?1')
    .bind(id)
    .all<{ visitor: number; user: number }>()
  const theirs = [...new Set(results.flatMap(({ visitor, user }) => [visitor, user]))]
  const rowsWithThem = () =>
    Promise.all(theirs.map(number => countOf(site, 'sums', `day < 20494 and instr(cells, '${number}') > 0`)))
  expect((await rowsWithThem()).reduce((sum, count) => sum + count)).toBeGreaterThan(10)
  await erasePerson(d1(env.DB), await siteOf(site), 'ada', Date.now())
  expect(await rowsWithThem()).toEqual(theirs.map(() => 0))
  // The rollups of days stay, except for people.
  expect((await valuesOf(site, question))[0]?.metrics).toEqual({ visitors: 1, pageviews: 3 })
})

/** Rows of each table that may differ after a lost answer. */
const state = async (site: TestSite): Promise<unknown> => [
  await factsAround(site, NOW),
  await countOf(site, 'sums'),
  (await siteOf(site)).keptFrom,
  await valuesOf(site, { metrics: SUMMED, period: OVER_BOTH, granularity: 'day' }),
]

test.each([
  ['a call fails', FAULTS.overloaded],
  ['a call succeeds but its answer is lost', FAULTS.unknown],
  ['the Worker stops after a call', 'cut'],
] as const)('nothing is lost or left when %s', { timeout: TIMEOUT }, async (_name, hit: Fault | 'cut') => {
  const live = async (at: number | null) => {
    const site = await siteWithStory(
      [1, 2, 3].flatMap(day => [event('v', NOW - (27 + day) * DAY), event('w', NOW - 30 * day * DAY)]),
    )
    await retainFor(site, 1)
    const database = faultyDatabase(env.DB, at === null ? null : { at, hit })
    const found = await siteOf(site)
    await deleteExpiredEvents(d1(database.db), found, NOW).catch(() => {})
    database.revive()
    await cron(site)
    const result = { state: await state(site), calls: database.calls }
    await deleteSite(site)
    return result
  }
  const calm = await live(null)
  expect(calm.calls.length).toBeGreaterThan(5)
  for (const at of calm.calls) expect([at, (await live(at)).state]).toEqual([at, calm.state])
})
