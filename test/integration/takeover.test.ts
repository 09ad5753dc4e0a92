import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { browser, send } from './beacons'
import { createSite, migrate, post, settle, type TestSite } from './setup'

beforeAll(migrate)

const HOUR = 3_600_000
const NOW = Date.now()
/** Days ago, and an hour ago: an attacker's beacons lie between. */
const PAST = NOW - 72 * HOUR

interface Exported {
  readonly page_views: readonly { readonly path: string; readonly time: string }[]
  readonly purchases: readonly { readonly transaction_id: string }[]
  readonly visits: readonly { readonly time: string; readonly page_views: number; readonly seconds: number }[]
}

const historyOf = async ({ domain }: TestSite, user: string): Promise<Exported> => {
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const path = `/api/v1/sites/${domain}/users/${encodeURIComponent(user)}/export`
  const response = await exports.default.fetch(`https://stats.example${path}`, { headers })
  return response.json<Exported>()
}

const beacon = async (site: TestSite, p: string | undefined, time: number, i: number, user_id: string) => {
  const from = browser(66)
  const u = `https://${site.domain}/attacker`
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': from.agent, 'cf-connecting-ip': from.address },
    body: JSON.stringify({
      v: 1,
      s: site.domain,
      n: Date.now(),
      p,
      e: [
        { i, t: time, u },
        { i: i + 1, t: time + 1, u, k: 'identify', o: { user_id } },
        { i: i + 2, t: time + 2, u, k: 'purchase', o: { user_id, transaction_id: `A${i}`, value: 1 } },
      ],
    }),
  })
  expect(response.status).toBe(204)
}

/** A customer with a visitor id that can be guessed, another who signed in, and a browser with a persistent id. */
const withVictims = async (): Promise<TestSite> => {
  const site = await createSite({ currency: 'EUR' })
  const url = `https://${site.domain}/victim`
  const of = (name: string, n: number, more: Record<string, unknown>) => ({
    id: `${name}${n}`,
    name,
    time: PAST + n * 60_000,
    url,
    ...more,
  })
  await post(site, [
    of('page_view', 1, { visitor_id: 'customer-17' }),
    of('purchase', 2, { visitor_id: 'customer-17', transaction_id: 'T17', value: 50 }),
    of('page_view', 3, { visitor_id: 'customer-42' }),
    of('identify', 4, { visitor_id: 'customer-42', user_id: 'u_42' }),
    of('purchase', 5, { visitor_id: 'customer-42', transaction_id: 'T42', value: 50 }),
    of('page_view', 6, { user_id: 'u_42' }),
  ])
  await send(site, browser(1), { i: 1, t: NOW - 2 * HOUR, u: url })
  await send(site, browser(1), { i: 2, t: NOW - 2 * HOUR + 1, u: url, k: 'identify', o: { user_id: 'u_7' } })
  return site
}

const GUESSES = [undefined, 'customer-17', 'customer-42', 'u_42', '17', '1', '0.5', 'customer-17 ']

test("a browser's identify takes over no history, whatever ids it guesses", async () => {
  const site = await withVictims()
  await settle()
  const before = { u_42: await historyOf(site, 'u_42'), u_7: await historyOf(site, 'u_7') }
  expect(before.u_42.page_views.length).toBe(2)
  expect(before.u_7.page_views.length).toBe(1)

  let i = 100
  for (const user of ['evil', 'u_42', 'u_7', 'customer-17']) {
    for (const guess of GUESSES) {
      for (const time of [NOW - 20 * HOUR, NOW - HOUR]) {
        await beacon(site, guess, time + i, i, user)
        i += 10
      }
    }
  }
  for (const isFinal of [false, true]) {
    if (isFinal) await settle()
    const evil = await historyOf(site, 'evil')
    expect(evil.page_views.length).toBeGreaterThan(0)
    for (const thief of ['evil', 'customer-17']) {
      const { page_views, purchases } = await historyOf(site, thief)
      expect(page_views.filter(({ path }) => path === '/victim')).toEqual([])
      expect(purchases.filter(({ transaction_id }) => transaction_id.startsWith('T'))).toEqual([])
    }
    for (const [user, { page_views, purchases, visits }] of Object.entries(before)) {
      const after = await historyOf(site, user)
      // The attacker can act as another user, and so add to their history; the existing history stays unchanged.
      expect(after.page_views.filter(({ path }) => path === '/victim')).toEqual(page_views)
      expect(after.purchases.filter(({ transaction_id }) => transaction_id.startsWith('T'))).toEqual(purchases)
      expect(after.visits).toEqual(expect.arrayContaining([...visits]))
    }
  }
})

test('a server links a browser by the id of the snippet', async () => {
  const site = await createSite({ currency: 'EUR' })
  const p = String(Math.random())
  await beacon(site, p, NOW - HOUR, 1, 'u_1')
  const url = `https://${site.domain}/server`
  await post(site, [{ id: 'e', name: 'page_view', visitor_id: p, time: NOW - HOUR + 60_000, url }])
  const { page_views } = await historyOf(site, 'u_1')
  expect(page_views.map(({ path }) => path)).toEqual(['/attacker', '/server'])
})
