import { env, exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { browser } from './beacons'
import { clockByHand } from './clockByHand'
import { createSite, query, settle, type TestSite } from './setup'

const NOON = Date.UTC(2026, 2, 10, 12)
const MINUTE = 60_000
const PERSISTENT = '0.12345678901'

clockByHand(NOON)

interface Sent {
  readonly p?: string | true
  readonly record: Record<string, unknown>
}

const send = async (site: TestSite, { p, record }: Sent): Promise<string | null> => {
  const { agent, address } = browser(1)
  const response = await exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': agent, 'cf-connecting-ip': address },
    body: JSON.stringify({ v: 1, s: site.domain, n: NOON, p, e: [{ u: `https://${site.domain}/`, ...record }] }),
  })
  expect(response.status).toBe(204)
  return response.headers.get('x-footfall-dropped')
}

/** A page view without an id, the visitor's consent, and a page view with the new id. */
const BEFORE: Sent = { record: { i: 1, t: NOON - 60 * MINUTE } }
const CONSENT: Sent = {
  p: PERSISTENT,
  record: { i: 2, t: NOON - 50 * MINUTE, k: 'consent', o: { analytics: true } },
}
const AFTER: Sent = { p: PERSISTENT, record: { i: 3, t: NOON - 45 * MINUTE } }

const counted = async (site: TestSite) => {
  const metrics = ['visitors', 'sessions', 'pageviews']
  const { rows } = await query(site, { metrics, period: 'today' })
  return rows.map(row => metrics.map(metric => row.metrics[metric]?.value))
}

test.each([
  [[BEFORE, CONSENT, AFTER]],
  [[BEFORE, AFTER, CONSENT]],
  [[CONSENT, BEFORE, AFTER]],
  [[CONSENT, AFTER, BEFORE]],
  [[AFTER, BEFORE, CONSENT]],
  [[AFTER, CONSENT, BEFORE]],
])('consent joins the day to the id that begins, in any order of arrival %#', async sent => {
  const site = await createSite()
  const [first, second, third] = sent as [Sent, Sent, Sent]
  await send(site, first)
  await send(site, second)
  await settle()
  await send(site, third)
  const expected = await counted(site)
  expect(expected[0]).toEqual([1, 1, 2])
  await settle()
  expect(await counted(site)).toEqual(expected)
})

test('nothing is linked without an answer, after a refusal, or with Global Privacy Control', async () => {
  const site = await createSite()
  await send(site, BEFORE)
  await send(site, AFTER)
  await send(site, { record: { ...CONSENT.record, o: { analytics: false } } })
  expect(await send(site, { ...CONSENT, p: true })).toBe('gpc:consent')
  expect((await counted(site))[0]).toEqual([2, 2, 2])
  const sql = 'select count(*) as n from identities where site = (select id from sites where domain = ?1)'
  expect(await env.DB.prepare(sql).bind(site.domain).first('n')).toBe(0)
})
