import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import type { ImportKind } from '../../../shared/imports'
import worker from '../../../worker/index'
import { settle } from '../../../worker/sessions/settle'
import { d1 } from '../../../worker/storage/d1'
import { findCurrentSite } from '../../../worker/storage/sites'
import { SITE_TABLES } from '../../../worker/storage/siteTables'
import { browser } from '../../integration/beacons'
import { clockByHand } from '../../integration/clockByHand'
import { type Dump, differingRows, dump } from '../../integration/dump'
import { FAULTS, type FaultyDatabase, faultyDatabase, type Plan } from '../../integration/faultyDatabase'
import { faultyObject } from '../../integration/faultyObject'
import { objectOf } from '../../integration/objectOf'
import { ROLLUP_TABLES } from '../../integration/rollupTables'
import { storeOf } from '../../integration/store'
import { newTwin, type Twin } from '../../integration/twins'
import { type RawEvent, timeOf } from '../../oracle/event'
import { happen, plan, sentIn } from '../../oracle/scenario'

const TIMEOUT = 180_000
const HOUR = 3_600_000
const START = Date.UTC(2026, 2, 9, 12)
/** The patience of a client: the fault occurs once. */
const TRIES = 3

clockByHand()
afterEach(() => {
  vi.restoreAllMocks()
})

/** True if a page is still viewed in the hour after the one it was opened in. */
const isOverAnHour = (event: RawEvent): boolean => {
  const opened = timeOf(event)
  return Math.floor((opened + (event.engaged_seconds ?? 0) * 1000) / HOUR) > Math.floor(opened / HOUR)
}

/** Events of a random scenario with every kind of row, all with ids: others double when sent again. */
const story = (() => {
  const scenarios = fc.sample(plan, { numRuns: 300, seed: env.TEST_SEED }).map(one => happen(one, START))
  for (const scenario of scenarios) {
    const events: RawEvent[] = sentIn(scenario).map((event, n) => ({ id: `x${n}`, ...event }))
    const has = (condition: (event: RawEvent) => unknown) => events.some(condition)
    if (events.length < 30 || events.length > 60) continue
    if (!has(event => event.transaction_id && event.name === 'purchase') || !has(({ name }) => name === 'chat_opened'))
      continue
    if (!has(isOverAnHour)) continue
    if (has(({ user_id, visitor_id }) => user_id && visitor_id)) return { events, now: scenario.now + HOUR }
  }
  throw new Error('no random scenario has purchases, custom events, users and long page views; try another TEST_SEED')
})()

const removeSite = async (site: Twin): Promise<void> => {
  const db = await storeOf(site)
  await db.batch(SITE_TABLES.map(table => db.prepare(`delete from ${table} where site = ?1`).bind(site.id)))
  await env.DB.prepare('delete from sites where id = ?1').bind(site.id).run()
}

type Step = (site: Twin, database: FaultyDatabase) => Promise<void>

/** One per site, as one key's calls per minute are limited, and the clock stands still. */
const tokenOf = ({ domain }: Twin): string => `the-admin-token-of-the-tests-of-${domain}`

/** A client that repeats after a 5xx or no answer. */
const sending =
  (request: (site: Twin) => Request): Step =>
  async (site, { db, revive }) => {
    const ADMIN_TOKEN = tokenOf(site)
    for (let attempt = 1; attempt <= TRIES; attempt++) {
      const response = await worker.fetch(request(site), { ...env, ADMIN_TOKEN, DB: db }, createExecutionContext())
      if (response.status < 300) return
      if (response.status < 500) throw new Error(await response.text())
      revive()
    }
    throw new Error(`answered 5xx ${TRIES} times`)
  }

const posting = (events: readonly unknown[]): Step =>
  sending(
    site =>
      new Request(`https://stats.example/api/v1/events?site=${site.domain}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenOf(site)}` },
        body: JSON.stringify({ events }),
      }),
  )

const importing = (kind: ImportKind, rows: readonly unknown[]): Step =>
  sending(
    site =>
      new Request(`https://stats.example/api/v1/imports/${kind}?site=${site.domain}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokenOf(site)}` },
        body: JSON.stringify({ rows }),
      }),
  )

const beaconing = (...records: Record<string, unknown>[]): Step =>
  sending(({ domain }) => {
    const from = browser(1)
    return new Request('https://stats.example/v1/e', {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': from.agent, 'cf-connecting-ip': from.address },
      body: JSON.stringify({ v: 1, s: domain, n: Date.now(), e: records }),
    })
  })

const at =
  (time: number): Step =>
  async () => {
    vi.setSystemTime(time)
  }

/** The cron runs again and again: a failed run is followed by others. rollupFaults.test.ts tests its rollups. */
const cron: Step = async (site, { db, revive }) => {
  const store = env.SITES ? await storeOf(site) : db
  for (let run = 1; run <= 2; run++) {
    await settle(d1(store), site.id, Date.now()).catch(() => {})
    revive()
  }
}

/** Every second one, so that later events lie before the watermark. */
const first = story.events.filter((_, n) => n % 2 === 0)
const later = story.events.filter((_, n) => n % 2 === 1 || n < 6)
const page = { i: 1, t: story.now - 50 * 60_000, u: 'https://shop.example/start' }

/** New, repeated and late events, a browser, rows, with cron runs in between and at the end. */
const STEPS: readonly Step[] = [
  at(story.now),
  posting(first),
  beaconing(page, { ...page, i: 2, k: 'add_to_cart', o: { value: 3, currency: 'EUR' } }),
  cron,
  posting(later),
  beaconing({ ...page, m: 40 * 60_000, d: 80, c: 2 }, { ...page, i: 3, k: 'identify', o: { user_id: 'u0' } }),
  importing('costs', [{ day: '2026-03-01', source: 'Google', amount: 5 }]),
  importing('days', [{ day: '2026-02-01', sessions: 5 }]),
  at(story.now + 3 * HOUR),
  cron,
]

/** All that is stored of a site, without the count of repeated calls, which is no event. */
const stored = async (site: Twin): Promise<Dump> => {
  const { refusals: _, ...tables } = await dump(await storeOf(site), site.id)
  return tables
}

/** The faults and where they hit: at a statement, or at a call, where all statements of a batch behave alike. */
const ALL_KINDS = [
  {
    name: 'a statement fails, and those before it in its batch are rolled back',
    hit: FAULTS.overloaded,
    at: 'statement',
  },
  { name: 'a call fails once', hit: FAULTS.updated, at: 'call' },
  { name: 'a call succeeds but its answer is lost once', hit: FAULTS.lost, at: 'call' },
  { name: 'a call succeeds and the database resets', hit: FAULTS.reset, at: 'call' },
  { name: 'a call succeeds but reports a permanent failure', hit: FAULTS.unknown, at: 'call' },
  { name: 'the Worker stops after a call', hit: 'cut', at: 'call' },
  { name: 'a call waits while the same step runs a second time', hit: 'again', at: 'call' },
  { name: 'a call waits while the next step runs', hit: 'next', at: 'call' },
] as const

/** A transaction of an object fails as a whole, and nothing else runs during it. */
const KINDS = ALL_KINDS.filter(({ hit, at }) => !env.SITES || (at === 'call' && hit !== 'again' && hit !== 'next'))

interface Disturbance {
  readonly at: number
  readonly hit: (typeof ALL_KINDS)[number]['hit']
}

/** The database of a site with a fault: D1, or that of its object. */
const disturbed = async (site: Twin, plan: Plan | null): Promise<FaultyDatabase> => {
  const config = await findCurrentSite(d1(env.DB), site.domain)
  const object = config && objectOf(config)
  return object ? faultyObject(object, plan) : faultyDatabase(env.DB, plan)
}

/** A beacon hours later, of no site: by the next run its sender is below the limit per minute again. */
const makeRoom = async () => {
  const { address } = browser(1)
  const body = JSON.stringify({ v: 1, s: 'none.example', n: 0, e: [{}] })
  const request = new Request('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'cf-connecting-ip': address },
    body,
  })
  expect((await worker.fetch(request, env, createExecutionContext())).status).toBe(404)
}

/** Takes all steps on its own site with one fault, and returns what is stored. */
const live = async (disturbance: Disturbance | null) => {
  const site = await newTwin(story.now)
  const calm = faultyDatabase(env.DB, null)
  let current = 0
  const meanwhile = async () => STEPS[disturbance?.hit === 'next' ? current + 1 : current]?.(site, calm)
  const hit = typeof disturbance?.hit === 'object' || disturbance?.hit === 'cut' ? disturbance.hit : { meanwhile }
  const database = await disturbed(site, disturbance && { at: disturbance.at, hit })
  for (const [index, step] of STEPS.entries()) {
    current = index
    await step(site, database)
  }
  // Reading the tables of an object is a call too, but not one of the steps.
  const calls = [...database.calls]
  const tables = await stored(site)
  await removeSite(site)
  await makeRoom()
  return { calls, tables }
}

/** Tables that no event of a person and no import fills: what the owner sets up, what the cron does for it, and excluded traffic. */
const OF_THE_OWNER = [
  'alarms',
  'deliveries',
  'edge_fetches',
  'excluded_traffic',
  'exported_days',
  'memberships',
  'shares',
  'webhook_secrets',
]

const figures = { 'faults injected': 0, 'rows differing': 0 }
let calm: Awaited<ReturnType<typeof live>>

beforeAll(async () => {
  calm = await live(null)
})
afterAll(() => {
  console.log(JSON.stringify(figures))
})

test('the scenario fills every table, and sending it twice stores the same', async () => {
  const empty = Object.entries(calm.tables).flatMap(([table, rows]) => (rows.length === 0 ? [table] : []))
  expect(empty.sort()).toEqual(['availability', 'dirty', 'restores', ...ROLLUP_TABLES, ...OF_THE_OWNER].sort())
  expect(differingRows(calm.tables, (await live(null)).tables)).toEqual([])
})

test.each(KINDS.map(kind => [kind.name, kind] as const))(
  'the tables are the same when %s',
  { timeout: TIMEOUT },
  async (_name, { hit, at }) => {
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const last = calm.calls.at(-1) ?? 0
    const all = at === 'call' ? calm.calls : Array.from({ length: last }, (_, n) => n + 1)
    // Every third with an object, others with another seed.
    const positions = env.SITES ? all.filter(place => (place + env.TEST_SEED) % 3 === 0) : all
    for (const place of positions) {
      const { tables } = await live({ at: place, hit })
      const differing = differingRows(calm.tables, tables)
      figures['faults injected'] += 1
      figures['rows differing'] += differing.length
      expect(differing, `at statement ${place} of ${last}`).toEqual([])
    }
  },
)
