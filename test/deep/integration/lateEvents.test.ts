import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { erasePerson } from '../../../worker/privacy/erasePerson'
import { settle } from '../../../worker/sessions/settle'
import { d1 } from '../../../worker/storage/d1'
import hourSumsInsert from '../../../worker/storage/sql/hour_sums.insert.sql'
import rollupsAdvance from '../../../worker/storage/sql/rollups.advance.sql'
import runningUpsert from '../../../worker/storage/sql/running.upsert.sql'
import sumsInsert from '../../../worker/storage/sql/sums.insert.sql'
import touchedDelete from '../../../worker/storage/sql/touched.delete.sql'
import { clockByHand } from '../../integration/clockByHand'
import { interceptedDatabase } from '../../integration/interceptedDatabase'
import { cron, expectRollupsMatchEvents, isHeld, QUESTIONS, rollUp, siteOf } from '../../integration/rollups'
import { createSite, deleteSite, patchSite, post, type TestSite } from '../../integration/setup'

vi.setConfig({ testTimeout: 60_000 })

let site: TestSite

clockByHand()
beforeEach(async () => {
  vi.setSystemTime(Date.parse('2026-03-01T00:00:00Z'))
  site = await createSite({ settings: { conversions: [{ page: '/thanks' }] } })
})
afterEach(() => deleteSite(site))

let events = 0

const fact = (visitor: string, time: string, more: object = {}): object => ({
  id: `e${events++}`,
  name: 'page_view',
  time: `2026-03-${time}Z`,
  visitor_id: visitor,
  url: 'https://shop.example/',
  country: 'SE',
  ...more,
})

const ofCampaign = { url: 'https://shop.example/?utm_source=letter&utm_medium=email' }
const quiet = { name: 'add_to_cart', interactive: false, items: [{ item_id: 'i1', price: 5 }] }
const thanks = { url: 'https://shop.example/thanks' }
const order = (transaction_id: string): object => ({ name: 'purchase', transaction_id, value: 20 })

const PERIODS = [
  { from: '2026-03-06', to: '2026-03-12' },
  { from: '2026-03-09', to: '2026-03-09' },
]
const ASKED = QUESTIONS.filter(({ granularity }) => granularity !== 'week' && granularity !== 'month').map(
  question => ({
    ...question,
    metrics: question.metrics.filter(isHeld),
  }),
)

const expectSame = (when: string) => expectRollupsMatchEvents(site, ASKED, PERIODS, when)

const settleAll = async () => settle(d1(env.DB), (await siteOf(site)).id, Date.now())

/** Late events count at once, once they are final, and once their rollup is rebuilt. */
const expectTakenIn = async () => {
  await expectSame('sent')
  await settleAll()
  await expectSame('final')
  await rollUp(env.DB, site)
  await expectSame('rebuilt')
}

describe('past days match the events', () => {
  test.each([
    [
      'when two sessions around midnight become one',
      [fact('a', '08T23:50:00'), fact('a', '09T00:25:00', thanks)],
      [fact('a', '09T00:05:00')],
    ],
    [
      'when a session with an event on the next day gets another source',
      [fact('a', '08T23:50:00'), fact('a', '09T00:10:00', quiet)],
      [fact('a', '08T23:40:00', ofCampaign)],
    ],
    [
      'when a session with an event on the next day disappears',
      [fact('a', '08T23:50:00', { ...order('T1'), ...ofCampaign }), fact('a', '09T00:10:00', quiet)],
      [fact('b', '07T12:00:00', order('T1'))],
    ],
    [
      'when an event on the next day joins a new session',
      [fact('a', '09T00:10:00', quiet)],
      [fact('a', '08T23:50:00', ofCampaign)],
    ],
    [
      'when a visitor turns out to be a user',
      [fact('a', '08T23:50:00'), fact('a', '09T10:00:00'), fact('b', '08T10:00:00', { user_id: 'u' })],
      [fact('a', '10T10:00:00', { user_id: 'u' })],
    ],
  ])('%s', async (_, first, late) => {
    vi.setSystemTime(Date.parse('2026-03-12T12:00:00Z'))
    await post(site, [...first, fact('z', '11T10:00:00')])
    await cron(site)
    await post(site, late)
    await expectTakenIn()
  })
})

describe('an unfinished day matches the events', () => {
  const first = [
    fact('a', '08T10:00:00'),
    fact('b', '08T23:40:00', ofCampaign),
    fact('b', '09T00:05:00', thanks),
    fact('a', '09T10:00:00'),
    fact('c', '09T11:00:00', { user_id: 'u' }),
    fact('d', '09T14:00:00'),
    fact('h', '09T15:00:00'),
    fact('h', '09T15:20:00'),
  ]
  test.each([
    ['when a session goes on', [fact('a', '09T10:20:00')]],
    // The old and the new value have the same length.
    ['when a session of two pages goes on', [fact('h', '09T15:25:00')]],
    ['when a visitor turns out to be a user', [fact('a', '09T10:05:00', { user_id: 'u' })]],
    ['when a session over midnight gets another source', [fact('b', '08T23:30:00')]],
    ['when the first session of the day began on the day before', [fact('b', '08T23:35:00'), fact('d', '08T23:59:00')]],
    ['when a visitor was active before', [fact('d', '09T03:00:00'), fact('e', '09T03:30:00')]],
    ['when a visitor is active now', [fact('a', '09T17:58:00'), fact('f', '09T17:59:00')]],
    ['when an order loses to another', [fact('e', '09T09:00:00', order('T9')), fact('f', '08T09:00:00', order('T9'))]],
  ])('%s', async (_, late) => {
    vi.setSystemTime(Date.parse('2026-03-09T18:00:00Z'))
    await post(site, [...first, fact('g', '09T12:00:00', order('T9'))])
    await cron(site)
    await post(site, late)
    await expectTakenIn()
  })
})

/** An event of a visitor with only a daily id. */
const withDailyId = (time: string, more: object = {}): object => ({
  ...fact('', time, more),
  visitor_id: undefined,
  ip: '203.0.113.7',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
})

test('two unfinished days count a person active on both once', async () => {
  vi.setSystemTime(Date.parse('2026-03-08T23:58:00Z'))
  await post(site, [fact('a', '08T10:00:00'), fact('b', '08T11:00:00')])
  vi.setSystemTime(Date.parse('2026-03-09T03:05:00Z'))
  // The visitor from before midnight is still active.
  const stays = ['08T23:59:00', '09T00:48:00', '09T01:37:00', '09T02:26:00'].map(time =>
    fact('z', time, { engaged_seconds: 2000 }),
  )
  await post(site, [...stays, fact('a', '09T00:30:00'), fact('c', '09T01:00:00')])
  await cron(site)
  await expectSame('rolled up')
  await post(site, [fact('c', '09T01:05:00'), fact('b', '09T03:00:00')])
  await expectTakenIn()
})

test('a person of one day counts once when another time zone makes it two', async () => {
  vi.setSystemTime(Date.parse('2026-03-09T18:00:00Z'))
  await post(site, [withDailyId('09T13:00:00'), withDailyId('09T17:00:00')])
  vi.setSystemTime(Date.parse('2026-03-12T12:00:00Z'))
  await post(site, [fact('z', '12T01:00:00')])
  await cron(site)
  await expectSame('before')
  await patchSite(site, { timezone: 'Asia/Tokyo' })
  await expectSame('in another time zone')
  await cron(site)
  await expectSame('rebuilt')
})

test('a person of one day counts once when the time zone moves west', async () => {
  await patchSite(site, { timezone: 'Asia/Tokyo' })
  vi.setSystemTime(Date.parse('2026-03-09T20:00:00Z'))
  // In Tokyo it is the 10th.
  await post(site, [withDailyId('09T16:00:00')])
  await cron(site)
  await patchSite(site, { timezone: 'America/New_York' })
  await cron(site)
  vi.setSystemTime(Date.parse('2026-03-12T20:00:00Z'))
  await post(site, [withDailyId('10T10:00:00'), fact('z', '12T10:00:00')])
  await cron(site)
  await expectRollupsMatchEvents(site, ASKED, [{ from: '2026-03-09', to: '2026-03-11' }], 'rolled up')
})

test('many days that become stale at once are all rebuilt', async () => {
  vi.setSystemTime(Date.parse('2026-03-12T12:00:00Z'))
  await post(site, [fact('a', '01T10:00:00'), fact('a', '10T10:00:00'), fact('z', '12T10:00:00')])
  await cron(site)
  await post(site, [fact('b', '10T11:00:00')])
  await settleAll()
  const first = Date.parse('2026-03-01') / 3_600_000
  await env.DB.prepare('update touched set first_hour = ?2 where site = ?1')
    .bind((await siteOf(site)).id, first)
    .run()
  await rollUp(env.DB, site)
  await expectSame('rebuilt')
})

test('conversions follow the current settings', async () => {
  vi.setSystemTime(Date.parse('2026-03-09T18:00:00Z'))
  const others = { url: 'https://shop.example/others' }
  await post(site, [fact('a', '08T10:00:00', thanks), fact('b', '08T11:00:00'), fact('c', '09T10:00:00', others)])
  await cron(site)
  await patchSite(site, { settings: { conversions: [{ page: '/others' }] } })
  await expectSame('set')
  await cron(site)
  await expectSame('rebuilt')
})

test('an erased person is in no rollup', async () => {
  vi.setSystemTime(Date.parse('2026-03-09T18:00:00Z'))
  await post(site, [
    fact('a', '06T10:00:00', quiet),
    fact('a', '07T10:00:00', { user_id: 'u' }),
    fact('a', '08T23:50:00'),
    fact('a', '09T00:10:00'),
    fact('a', '09T12:00:00', order('T1')),
    fact('b', '09T12:10:00'),
  ])
  await cron(site)
  await expectSame('before')
  await erasePerson(d1(env.DB), await siteOf(site), 'u', Date.now())
  await expectSame('removed')
  await rollUp(env.DB, site)
  await expectSame('rebuilt')
})

test('a day that shrinks uses fewer rows', async () => {
  vi.setSystemTime(Date.parse('2026-03-12T12:00:00Z'))
  const pages = Array.from({ length: 900 }, (_, page) =>
    fact('a', '08T10:00:00', { user_id: 'u', url: `https://shop.example/${'x'.repeat(1_900)}${page}` }),
  )
  await post(site, [...pages, fact('b', '08T11:00:00'), fact('z', '12T10:00:00')])
  await cron(site)
  await expectSame('before')
  const parts = async () => {
    const { id } = await siteOf(site)
    const sql = "select count(*) as n from sums where site = ?1 and dimension = 'page' and part > 0"
    return (await env.DB.prepare(sql).bind(id).first<{ n: number }>())?.n
  }
  expect(await parts()).toBeGreaterThan(1)
  await erasePerson(d1(env.DB), await siteOf(site), 'u', Date.now())
  await expectSame('removed')
  await rollUp(env.DB, site)
  await expectSame('rebuilt')
  expect(await parts()).toBe(0)
})

/** A database that runs something else to its end before a call with a given statement. */
const heldBefore = (sql: string, meanwhile: () => Promise<void>): D1Database => {
  let state: 'waiting' | 'next' | 'done' = 'waiting'
  const db = interceptedDatabase(env.DB, async (_count, run) => {
    if (state === 'next') {
      state = 'done'
      await meanwhile()
    }
    return run(null)
  })
  return new Proxy(db, {
    get: (target, name) => {
      const value = Reflect.get(target, name)
      if (name !== 'prepare') return value
      return (text: string) => {
        if (text === sql && state === 'waiting') state = 'next'
        return value(text)
      }
    },
  })
}

describe('late events during a rollup are not lost', () => {
  const late = async (...facts: object[]): Promise<void> => {
    await post(site, facts)
    await settleAll()
  }

  const OVERTAKEN = [
    ['a cron that advances the rollups', rollupsAdvance],
    ['a cron that stores days', sumsInsert],
    ['a cron that clears stale days', touchedDelete],
    ['a cron that stores the sessions of today', runningUpsert],
    ['a cron that stores an hour', hourSumsInsert],
  ] as const

  test.each(
    OVERTAKEN.flatMap(([what, sql]) => [
      [what, 'alone', sql, async () => {}] as const,
      [what, 'with another cron', sql, () => rollUp(env.DB, site)] as const,
    ]),
  )('if they overtake %s (%s)', async (_, __, sql, more) => {
    vi.setSystemTime(Date.parse('2026-03-09T18:00:00Z'))
    await late(fact('a', '08T10:00:00'), fact('b', '08T23:50:00'), fact('b', '09T00:10:00'), fact('c', '09T11:00:00'))
    let isDone = false
    const db = heldBefore(sql, async () => {
      isDone = true
      await late(fact('b', '08T23:30:00', ofCampaign), fact('d', '09T00:30:00'), fact('c', '09T11:20:00'))
      await more()
    })
    await rollUp(db, site)
    expect(isDone).toBe(true)
    await expectSame('overtaken')
    await rollUp(env.DB, site)
    await expectSame('rebuilt')
  })

  test('if they add to the same hour', async () => {
    vi.setSystemTime(Date.parse('2026-03-11T18:00:00Z'))
    await late(fact('a', '08T10:00:00'), fact('z', '11T10:00:00'))
    await rollUp(env.DB, site)
    await late(fact('b', '08T12:00:00', ofCampaign))
    await rollUp(
      heldBefore(touchedDelete, () => late(fact('c', '08T12:10:00'))),
      site,
    )
    await expectSame('overtaken')
    await rollUp(env.DB, site)
    await expectSame('rebuilt')
  })
})
