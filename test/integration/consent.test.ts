import { env, exports } from 'cloudflare:workers'
import { expect, onTestFinished, test, vi } from 'vitest'
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
    body: JSON.stringify({ v: 1, s: site.domain, n: Date.now(), p, e: [{ u: `https://${site.domain}/`, ...record }] }),
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

const IDENTIFY: Sent = {
  p: PERSISTENT,
  record: { i: 4, t: NOON - 40 * MINUTE, k: 'identify', o: { user_id: 'u_42' } },
}
const LATER: Sent = { p: PERSISTENT, record: { i: 5, t: NOON - 35 * MINUTE } }

/** Withdraws the consent: the browser has deleted its id. */
const REFUSAL: Sent = { record: { i: 6, t: NOON - 30 * MINUTE, k: 'consent', o: { analytics: false } } }
const WITHOUT_ID: Sent = { record: { i: 7, t: NOON - 25 * MINUTE } }

/** Some orders in which records can arrive, always the same. */
const shuffles = (all: readonly Sent[]): Sent[][] =>
  [0, 1, 2].map(seed =>
    all
      .map((sent, place) => ({ sent, at: (((place + 1) * (2 * seed + 3) + seed) * 7) % 31 }))
      .sort((one, other) => one.at - other.at)
      .map(({ sent }) => sent),
  )

/** Sends the records in this order, with a settlement in the middle, and counts before and after another. */
const countedAfter = async (sent: readonly Sent[]) => {
  const site = await createSite()
  for (const [place, one] of sent.entries()) {
    if (place === sent.length >> 1) await settle()
    await send(site, one)
  }
  const answer = await counted(site)
  await settle()
  expect(await counted(site)).toEqual(answer)
  return { site, answer: answer[0] }
}

test.each(shuffles([BEFORE, CONSENT, AFTER, IDENTIFY, LATER]).map(sent => [sent]))(
  'a user who is identified after the consent is one visitor of the whole day, in any order of arrival, and can be erased %#',
  async sent => {
    const { site, answer } = await countedAfter(sent)
    expect(answer).toEqual([1, 1, 3])
    const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}/users/u_42`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    })
    expect(await response.json()).toMatchObject({ removed: { page_views: 3 } })
    expect((await counted(site))[0]).toEqual([0, 0, 0])
    const sql = 'select count(*) as n from identities where site = (select id from sites where domain = ?1)'
    expect(await env.DB.prepare(sql).bind(site.domain).first('n')).toBe(0)
  },
)

test.each(shuffles([BEFORE, CONSENT, AFTER, IDENTIFY, REFUSAL, WITHOUT_ID]).map(sent => [sent]))(
  'after a refusal the day counts for another visitor than the removed id, in any order of arrival %#',
  async sent => {
    const { site, answer } = await countedAfter(sent)
    expect(answer).toEqual([2, 2, 3])
    const response = await exports.default.fetch(
      `https://stats.example/api/v1/sites/${site.domain}/users/u_42/export`,
      { headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` } },
    )
    const { page_views }: { page_views: unknown[] } = await response.json()
    expect(page_views).toHaveLength(2)
  },
)

test('a user who is identified on a later day is the visitor of the day of the consent too', async () => {
  const site = await createSite()
  for (const sent of [BEFORE, CONSENT, AFTER]) await send(site, sent)
  await settle()
  vi.setSystemTime(NOON + 24 * 60 * MINUTE)
  onTestFinished(() => void vi.setSystemTime(NOON))
  await send(site, { p: PERSISTENT, record: { ...IDENTIFY.record, t: Date.now() } })
  const metrics = ['visitors', 'sessions', 'pageviews']
  const question = { metrics, period: { from: '2026-03-10', to: '2026-03-10' } }
  for (const when of [settle, async () => {}]) {
    const { rows } = await query(site, question)
    expect(metrics.map(metric => rows[0]?.metrics[metric]?.value)).toEqual([1, 1, 2])
    await when()
  }
})

test('nothing is linked without a clear answer, or with Global Privacy Control', async () => {
  const site = await createSite()
  await send(site, BEFORE)
  await send(site, AFTER)
  for (const o of [undefined, {}, { analytics: 'yes' }])
    await send(site, { ...CONSENT, record: { ...CONSENT.record, o } })
  expect(await send(site, { ...CONSENT, p: true })).toBe('gpc:consent')
  expect(await send(site, { ...REFUSAL, p: true })).toBe('gpc:consent')
  expect((await counted(site))[0]).toEqual([2, 2, 2])
  const sql = 'select count(*) as n from identities where site = (select id from sites where domain = ?1)'
  expect(await env.DB.prepare(sql).bind(site.domain).first('n')).toBe(0)
})
