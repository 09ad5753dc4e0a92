import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { randomFrom } from '../oracle/random'
import { browser } from './beacons'
import { FAULTS, type Fault } from './faultyDatabase'
import { createSite, migrate, type TestSite } from './setup'
import { unsteadyDatabase } from './unsteadyDatabase'

/** Hundreds of requests each. */
vi.setConfig({ testTimeout: 60_000 })

let site: TestSite

beforeAll(migrate)
beforeEach(async () => {
  site = await createSite()
  // Each failure is logged.
  vi.spyOn(console, 'error').mockImplementation(() => {})
})
afterEach(() => {
  vi.restoreAllMocks()
})

const ask = (db: D1Database, request: Request) =>
  worker.fetch(request, { ...env, DB: db }, createExecutionContext()) as Promise<Response>

const beacon = (records: readonly object[], headers: Record<string, string> = {}) => {
  const from = browser(1)
  return new Request('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': from.agent, 'cf-connecting-ip': from.address, ...headers },
    body: JSON.stringify({
      v: 1,
      s: site.domain,
      n: Date.now(),
      e: records.map(record => ({ t: Date.now(), u: `https://${site.domain}/`, ...record })),
    }),
  })
}

const events = (list: readonly unknown[]) =>
  new Request(`https://stats.example/api/v1/events?site=${site.domain}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${site.write}` },
    body: JSON.stringify({ events: list }),
  })

/** Whole seconds, more than 0 and less than a minute. */
const SECONDS = /^[1-9]\d?$/

const expectUnavailable = async (response: Response) => {
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toMatch(SECONDS)
  expect(await response.json()).toEqual({
    error: { code: 'unavailable', message: 'The request could not be handled. Try again.' },
  })
}

describe('a database that fails', () => {
  test.each(Object.entries(FAULTS))('permanently (%s) answers 503 with Retry-After', async (name, fault) => {
    const { db, state } = unsteadyDatabase(env.DB, () => fault)
    const tries = ['lost', 'updated'].includes(name) ? 4 : 1
    // So that the write is what fails.
    await ask(env.DB, beacon([{ i: 1 }]))
    const rejected = await ask(db, beacon([{ i: 2 }]))
    expect(state.calls).toBe(tries)
    expect(rejected.headers.get('access-control-allow-origin')).toBe('*')
    await expectUnavailable(rejected)
    const afterTheKey = unsteadyDatabase(env.DB, () => (afterTheKey.state.calls > 1 ? fault : null))
    await expectUnavailable(await ask(afterTheKey.db, events([{ name: 'logout', visitor_id: 'v' }])))
    expect(afterTheKey.state.calls).toBe(1 + tries)
    await expectUnavailable(await ask(db, new Request('https://stats.example/api/v1/sites', owner)))
    expect((await ask(db, new Request('https://stats.example/health'))).headers.get('retry-after')).toMatch(SECONDS)
  })

  test('briefly goes unnoticed', async () => {
    let left = 3
    const { db } = unsteadyDatabase(env.DB, () => (left-- > 0 ? FAULTS.lost : null))
    await ask(env.DB, beacon([{ i: 1 }]))
    expect((await ask(db, beacon([{ i: 2 }]))).status).toBe(204)
    expect(left).toBeLessThan(0)
  })

  test('does not change the answer to rejected or filtered records', async () => {
    // So that the isolate knows the site.
    await ask(env.DB, beacon([{ i: 1 }]))
    const { db } = unsteadyDatabase(env.DB, () => FAULTS.overloaded)
    expect((await ask(db, beacon([{ i: 1, u: 'https://evil.example/' }]))).status).toBe(403)
    const dropped = await ask(db, beacon([{ i: 1 }], { 'user-agent': 'curl/8.5.0' }))
    expect([dropped.status, dropped.headers.get('x-footfall-dropped')]).toEqual([204, 'bot'])
  })

  test('after storing events does not make the client send again', async () => {
    await ask(env.DB, events([{ name: 'login', visitor_id: 'v' }]))
    let calls = 0
    // The key, the events, the exclusion counts.
    const { db } = unsteadyDatabase(env.DB, () => (++calls > 2 ? FAULTS.overloaded : null))
    const response = await ask(db, events([{ name: 'login', visitor_id: 'v' }, 7]))
    expect([calls, response.status, await response.json()]).toMatchObject([3, 200, { accepted: 1 }])
  })

  test('answers 503 without an admin token, too', async () => {
    const response = (await worker.fetch(
      new Request('https://stats.example/api/v1/sites', owner),
      { ...env, ADMIN_TOKEN: '' },
      createExecutionContext(),
    )) as Response
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, expect.stringMatching(SECONDS)])
  })
})

const owner = { headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` } }

const BURST = 150

/** How often each record of the burst is stored: a page view and an event share one number. */
const stored = async (table: 'views' | 'events', column: string): Promise<Map<string, number>> => {
  const { results } = await env.DB.prepare(
    `select ${column} as name, count(*) as n from ${table} where site = (select id from sites where domain = ?1) group by 1`,
  )
    .bind(site.domain)
    .all<{ name: string | number; n: number }>()
  return new Map(results.map(({ name, n }) => [String(name), n]))
}

interface Sending {
  readonly name: string
  readonly request: () => Request
}

/** Sends all at once, and returns which ones were stored by their answers; every other answer must have Retry-After. */
const burst = async (db: D1Database, sendings: readonly Sending[]): Promise<Set<string>> => {
  const accepted = new Set<string>()
  await Promise.all(
    sendings.map(async ({ name, request }) => {
      const response = await ask(db, request())
      if (response.ok) accepted.add(name)
      else await expectUnavailable(response)
    }),
  )
  return accepted
}

describe('a burst of which the database rejects a random half', () => {
  const half = (fault: Fault) => {
    const random = randomFrom(env.TEST_SEED)
    return unsteadyDatabase(env.DB, () => (random.next() < 0.5 ? fault : null)).db
  }

  const numbers = Array.from({ length: BURST }, (_, n) => n + 1)
  const KINDS = [
    {
      kind: 'beacons',
      of: (n: number) => () => beacon([{ i: n }, { i: n, k: 'search' }]),
      count: async () => [await stored('views', 'id'), await stored('events', 'id')],
    },
    {
      kind: 'calls with events',
      of: (n: number) => () =>
        events([
          { id: `e${n}`, name: 'login', visitor_id: `v${n}`, time: Date.now(), properties: { n: String(n) } },
          { id: `p${n}`, name: 'page_view', visitor_id: `v${n}`, time: Date.now(), url: `https://x.example/${n}` },
        ]),
      count: async () => [await stored('events', "properties->>'n'")],
    },
  ]
  const cases = KINDS.flatMap(kind => [
    { ...kind, fault: FAULTS.overloaded, says: 'rejected' },
    { ...kind, fault: FAULTS.unknown, says: 'stored, its answer lost' },
  ])

  test.each(cases)('$kind, $says: each 2xx is stored once, and all in the end', async ({ of, count, fault }) => {
    const sendings = numbers.map(n => ({ name: String(n), request: of(n) }))
    const db = half(fault)
    let accepted = await burst(db, sendings)
    expect(accepted.size).toBeGreaterThan(0)
    expect(accepted.size).toBeLessThan(BURST)
    for (const counts of await count()) {
      expect(new Set(counts.values())).toEqual(new Set([1]))
      const missing = [...accepted].filter(name => !counts.has(name))
      expect(missing).toEqual([])
      if (fault === FAULTS.overloaded) expect(counts.size).toBe(accepted.size)
    }
    for (let round = 0; accepted.size < BURST && round < 50; round++) {
      const again = await burst(
        db,
        sendings.filter(({ name }) => !accepted.has(name)),
      )
      accepted = new Set([...accepted, ...again])
    }
    for (const counts of await count()) {
      expect([counts.size, new Set(counts.values())]).toEqual([BURST, new Set([1])])
    }
  })
})
