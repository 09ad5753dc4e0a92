import { createExecutionContext, createMessageBatch, createScheduledController, getQueueResult } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CLIENT_SHARE, TEXTS_A_DAY } from '../../shared/limits'
import type { QueuedEvents } from '../../worker/collect/store/queuedEvents'
import worker from '../../worker/index'
import { SITE_TABLES } from '../../worker/storage/siteTables'
import { randomFrom } from '../oracle/random'
import { type Browser, browser } from './beacons'
import { clockByHand } from './clockByHand'
import { type Dump, differingRows, dump } from './dump'
import { FAULTS } from './faultyDatabase'
import { newTwin, type Twin } from './twins'
import { unsteadyDatabase } from './unsteadyDatabase'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NOON = Date.UTC(2026, 2, 9, 12)

let now = NOON

clockByHand(now)
beforeEach(() => {
  // Each test has its own minute: no isolate is still in the previous recovery.
  now += MINUTE
  vi.setSystemTime(now)
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** Cloudflare's end of the binding: stores messages as JSON, as the queue does, or accepts nothing. */
const queueThat = (does: 'takes' | 'fails') => {
  const bodies: string[] = []
  const send = async (message: QueuedEvents) => {
    if (does === 'fails') throw new Error('Too Many Requests')
    bodies.push(JSON.stringify(message))
  }
  return { bodies, queue: { send } as unknown as Queue<QueuedEvents> }
}

const busy = () => unsteadyDatabase(env.DB, () => FAULTS.overloaded)

interface Beacon {
  readonly from: Browser
  readonly records: readonly Record<string, unknown>[]
  readonly lasting?: string
}

const page = (path: string, more: Record<string, unknown> = {}) => ({
  t: NOON - 40 * MINUTE,
  u: `https://shop.example${path}`,
  ...more,
})

const send = async (to: Twin, bindings: { DB?: D1Database; QUEUE?: Queue<QueuedEvents> }, beacon: Beacon) => {
  const { from, records, lasting } = beacon
  const request = new Request('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': from.agent, 'cf-connecting-ip': from.address },
    body: JSON.stringify({ v: 1, s: to.domain, n: Date.now(), p: lasting, e: records }),
  })
  return (await worker.fetch(request, { ...env, ...bindings }, createExecutionContext())) as Response
}

/** An isolate that has the site and its salt in memory. */
const acquainted = async (): Promise<Twin> => {
  const twin = await newTwin(now)
  expect((await send(twin, {}, { from: browser(1), records: [page('/known', { i: 1 })] })).status).toBe(204)
  return twin
}

let delivered = 0

/** Passes messages to the consumer as one batch, in any order, and returns their outcome. */
const deliver = async (bodies: readonly string[], db: D1Database = env.DB, isReversed = false) => {
  const messages = bodies.map(body => {
    delivered += 1
    return { id: `m${delivered}`, timestamp: NOON + delivered, attempts: 1, body: JSON.parse(body) }
  })
  const batch = createMessageBatch('footfall', isReversed ? messages.toReversed() : messages)
  const context = createExecutionContext()
  await worker.queue(batch as MessageBatch<QueuedEvents>, { ...env, DB: db })
  const { outcome, explicitAcks, retryMessages } = await getQueueResult(batch, context)
  expect(outcome).toBe('ok')
  return { stored: explicitAcks.length, retried: retryMessages.length }
}

const start = page('/start?utm_source=news', { i: 10, r: 'https://www.bing.com/' })

/** The page views and events of two people and their devices, with all values stored separately. */
const BEACONS: readonly Beacon[] = [
  { from: browser(2), records: [start] },
  { from: browser(2), records: [{ ...start, m: 5 * MINUTE, d: 40, c: 1 }] },
  { from: browser(2), records: [{ ...start, m: 9 * MINUTE, d: 30, c: 3 }] },
  {
    from: browser(2),
    records: [
      page('/cart', { i: 11 }),
      page('/cart', { i: 12, k: 'add_to_cart', o: { value: 20, items: [{ item_id: 'A' }] } }),
    ],
  },
  { from: browser(2), records: [page('/thanks', { i: 13, k: 'purchase', o: { value: 20, transaction_id: 'T1' } })] },
  { from: browser(3), records: [page('/thanks', { i: 14, k: 'purchase', o: { value: 20, transaction_id: 'T1' } })] },
  { from: browser(3), records: [page('/in', { i: 15, k: 'identify', o: { user_id: 'u_42' } })], lasting: 'long' },
  { from: browser(3), records: [page('/in', { i: 16, k: 'chat_opened', o: { ['__proto__']: 1, plan: 'pro' } })] },
  { from: browser(4), records: [page('/café/ø', { i: 17 })] },
]

/** All that is stored of a twin after the cron run, without exclusion counts. */
const finalDump = async ({ id }: Twin): Promise<Dump> => {
  vi.setSystemTime(now + 3 * HOUR)
  await worker.scheduled(createScheduledController(), env)
  vi.setSystemTime(now)
  return dump(env.DB, id)
}

const removeTwin = ({ id }: Twin) =>
  env.DB.batch([
    ...SITE_TABLES.map(table => env.DB.prepare(`delete from ${table} where site = ?1`).bind(id)),
    env.DB.prepare('delete from sites where id = ?1').bind(id),
  ])

/** The rows that a database stores of beacons that it accepts one by one. */
const storedDirectly = async (beacons: readonly Beacon[]): Promise<Dump> => {
  const twin = await acquainted()
  for (const beacon of beacons) expect((await send(twin, {}, beacon)).status).toBe(204)
  return finalDump(twin)
}

/** Beacons as messages: the database is overloaded for all of them. */
const queued = async (twin: Twin, beacons: readonly Beacon[]): Promise<string[]> => {
  const { bodies, queue } = queueThat('takes')
  const { db } = busy()
  for (const beacon of beacons) expect((await send(twin, { DB: db, QUEUE: queue }, beacon)).status).toBe(204)
  return bodies
}

describe('beacons while the database is overloaded', () => {
  test('wait, and are stored together as they would have been at once', async () => {
    const direct = await storedDirectly(BEACONS)
    const twin = await acquainted()
    const bodies = await queued(twin, BEACONS)
    expect(bodies.length).toBe(BEACONS.length)
    const { db, state } = unsteadyDatabase(env.DB, () => null)
    expect(await deliver(bodies, db)).toEqual({ stored: BEACONS.length, retried: 0 })
    // The dictionaries and the events; the site is cached.
    expect(state.calls).toBe(2)
    expect(differingRows(direct, await finalDump(twin))).toEqual([])
  })

  test('may arrive in any order and twice', async () => {
    const direct = await storedDirectly(BEACONS)
    const random = randomFrom(env.TEST_SEED)
    for (let round = 0; round < 10; round++) {
      const twin = await acquainted()
      const bodies = await queued(twin, BEACONS)
      const left = random.shuffle([...bodies, ...bodies])
      while (left.length > 0) await deliver(left.splice(0, 1 + random.below(6)))
      expect(differingRows(direct, await finalDump(twin)), `round ${round}`).toEqual([])
      await removeTwin(twin)
    }
  })

  test('are duplicates when they are sent again from another address', async () => {
    const records = [page('/again', { i: 20 }), page('/again', { i: 21, k: 'search' })]
    const beacons = [
      { from: browser(5), records },
      { from: browser(6), records },
      { from: browser(6), records: [page('/again', { i: 20, m: MINUTE, d: 50, c: 1 })] },
    ]
    const direct = await storedDirectly(beacons)
    expect([direct.views?.length, direct.events?.length]).toEqual([2, 1])
    for (const isReversed of [false, true]) {
      const twin = await acquainted()
      await deliver(await queued(twin, beacons), env.DB, isReversed)
      expect(differingRows(direct, await finalDump(twin))).toEqual([])
    }
  })

  test('leave no address or User-Agent on the queue', async () => {
    const twin = await acquainted()
    const bodies = (await queued(twin, BEACONS)).join('\n')
    for (const { from, lasting } of BEACONS) {
      for (const secret of [from.address, from.agent, 'Gecko', ...(lasting ? [lasting] : []), 'u_42']) {
        expect([secret, bodies.includes(secret)]).toEqual([secret, false])
      }
    }
    expect(bodies).toContain('/start')
  })

  test('of an earlier release with fewer columns are stored without the missing ones', async () => {
    const direct = await storedDirectly(BEACONS)
    const twin = await acquainted()
    const bodies = (await queued(twin, BEACONS)).map(body => {
      const message: QueuedEvents = JSON.parse(body)
      const traces = message.traces.map(({ fact, claim }) => ({
        claim,
        fact: fact && { ...fact, source: fact.source?.slice(0, 7) ?? null },
      }))
      return JSON.stringify({ ...message, traces })
    })
    expect(bodies.join('')).toContain('"news","","","","","bing.com"]')
    expect(await deliver(bodies)).toEqual({ stored: BEACONS.length, retried: 0 })
    expect(differingRows(direct, await finalDump(twin))).toEqual([])
  })

  test('may span several messages', async () => {
    const twin = await acquainted()
    const records = Array.from({ length: 40 }, (_, n) => page(`/${'ø'.repeat(400)}${n}`, { i: 100 + n }))
    const bodies = await queued(twin, [{ from: browser(2), records }])
    expect(bodies.length).toBeGreaterThan(1)
    for (const body of bodies) expect(new TextEncoder().encode(body).length).toBeLessThan(128_000)
    await deliver(bodies)
    expect((await dump(env.DB, twin.id)).views?.length).toBe(41)
  })

  test('add new pages within the share of each client', async () => {
    const twin = await acquainted()
    const share = TEXTS_A_DAY.browser.pages * CLIENT_SHARE
    const views = (first: number) =>
      Array.from({ length: 50 }, (_, n) => page(`/made-up/${first + n}`, { i: first + n }))
    const many = Array.from({ length: share / 50 + 5 }, (_, n) => ({ from: browser(2), records: views(1000 + n * 50) }))
    const other = { from: browser(3), records: [page('/other', { i: 999 })] }
    await deliver(await queued(twin, [...many, other]))
    const { results } = await env.DB.prepare('select path from pages where site = ?1')
      .bind(twin.id)
      .all<{ path: string }>()
    const paths = results.map(({ path }) => path)
    expect(paths.filter(path => path.startsWith('/made-up/')).length).toBe(share)
    expect(paths).toContain('/other')
  })

  test('give the database five seconds to recover', async () => {
    const twin = await acquainted()
    const { bodies, queue } = queueThat('takes')
    // It takes its time to fail.
    const { db, state } = unsteadyDatabase(env.DB, () => {
      vi.setSystemTime(now + 4_000)
      return FAULTS.overloaded
    })
    const another = (n: number) =>
      send(twin, { DB: db, QUEUE: queue }, { from: browser(2), records: [page('/', { i: n })] })
    for (let n = 30; n < 40; n++) expect((await another(n)).status).toBe(204)
    expect([state.calls, bodies.length]).toEqual([1, 10])
    vi.setSystemTime(now + 8_999)
    await another(40)
    expect(state.calls).toBe(1)
    vi.setSystemTime(now + 9_000)
    await another(41)
    expect([state.calls, bodies.length]).toEqual([2, 12])
  })

  test('are accepted throughout, even long after the site was last read', async () => {
    const twin = await acquainted()
    vi.setSystemTime(now + 15_000)
    const { bodies, queue } = queueThat('takes')
    const { db, state } = unsteadyDatabase(env.DB, () => {
      vi.setSystemTime(Date.now() + 6_000)
      return FAULTS.overloaded
    })
    for (const beacon of BEACONS) expect((await send(twin, { DB: db, QUEUE: queue }, beacon)).status).toBe(204)
    // Once for the site, once for the first beacon.
    expect([state.calls, bodies.length]).toEqual([2, BEACONS.length])
  })

  test('are rejected as usual when they are invalid', async () => {
    const twin = await acquainted()
    const { bodies, queue } = queueThat('takes')
    const bindings = { DB: busy().db, QUEUE: queue }
    const answer = async (beacon: Beacon) => {
      const response = await send(twin, bindings, beacon)
      return [response.status, response.headers.get('x-footfall-dropped')]
    }
    expect(await answer({ from: browser(1), records: [page('/', { i: -1 })] })).toEqual([400, null])
    expect(await answer({ from: browser(1), records: [{ ...page('/'), i: 1, u: 'https://evil.example/' }] })).toEqual([
      403,
      null,
    ])
    expect(await answer({ from: { ...browser(1), agent: 'curl/8' }, records: [page('/', { i: 1 })] })).toEqual([
      204,
      'bot',
    ])
    expect(bodies).toEqual([])
  })

  test('do not wait if they hold a refund, which is compared with stored orders', async () => {
    const twin = await acquainted()
    const { bodies, queue } = queueThat('takes')
    const refund = page('/', { i: 50, k: 'refund', o: { transaction_id: 'T1', value: 1 } })
    const response = await send(twin, { DB: busy().db, QUEUE: queue }, { from: browser(2), records: [refund] })
    expect([response.status, bodies]).toEqual([503, []])
  })
})

describe('a queue', () => {
  const view = (n: number): Beacon => ({ from: browser(2), records: [page('/', { i: n })] })

  test('costs nothing while the database accepts writes', async () => {
    const twin = await acquainted()
    const { bodies, queue } = queueThat('takes')
    expect((await send(twin, { QUEUE: queue }, view(60))).status).toBe(204)
    expect([bodies, (await dump(env.DB, twin.id)).views?.length]).toEqual([[], 2])
  })

  test('that also fails answers 503', async () => {
    const twin = await acquainted()
    const { queue } = queueThat('fails')
    for (const n of [61, 62]) {
      const response = await send(twin, { DB: busy().db, QUEUE: queue }, view(n))
      expect([response.status, response.headers.has('retry-after')]).toEqual([503, true])
    }
  })

  test('that fails is bypassed while the database recovers', async () => {
    const twin = await acquainted()
    await queued(twin, [view(63)])
    const { queue } = queueThat('fails')
    expect((await send(twin, { QUEUE: queue }, view(64))).status).toBe(204)
    expect((await dump(env.DB, twin.id)).views?.length).toBe(2)
  })

  test('gets no beacon that the database rejects as invalid', async () => {
    const twin = await acquainted()
    const { bodies, queue } = queueThat('takes')
    const { db } = unsteadyDatabase(env.DB, () => ({ when: 'before', message: 'D1_ERROR: constraint failed' }))
    expect((await send(twin, { DB: db, QUEUE: queue }, view(65))).status).toBe(503)
    expect(bodies).toEqual([])
  })
})

describe('messages', () => {
  const view = (n: number): Beacon => ({ from: browser(2), records: [page('/', { i: n })] })

  test('stay on the queue while the database is overloaded', async () => {
    const twin = await acquainted()
    const bodies = await queued(twin, [view(70), view(71)])
    const { db, state } = busy()
    expect(await deliver(bodies, db)).toEqual({ stored: 0, retried: 2 })
    expect(state.calls).toBe(1)
    expect(await deliver(bodies)).toEqual({ stored: 2, retried: 0 })
    expect((await dump(env.DB, twin.id)).views?.length).toBe(3)
  })

  test('that cannot be stored do not block others, of the same site or of another', async () => {
    const [one, other] = [await acquainted(), await acquainted()]
    const bodies = [...(await queued(one, [view(72), view(73)])), ...(await queued(other, [view(74)]))]
    const unreadable = [
      { site: one.id, domain: one.domain },
      { site: one.id, domain: one.domain, traces: [{ fact: { kind: 'view' } }] },
      {},
    ]
    const mixed = [...unreadable.map(message => JSON.stringify(message)), ...bodies]
    expect(await deliver(mixed)).toEqual({ stored: 3, retried: 3 })
    expect((await dump(env.DB, one.id)).views?.length).toBe(3)
    expect((await dump(env.DB, other.id)).views?.length).toBe(2)
  })

  test('of a deleted site are discarded', async () => {
    const twin = await acquainted()
    const bodies = await queued(twin, [view(75)])
    await removeTwin(twin)
    vi.setSystemTime(now + 20_000)
    expect(await deliver(bodies)).toEqual({ stored: 1, retried: 0 })
    expect((await dump(env.DB, twin.id)).views).toEqual([])
  })
})
