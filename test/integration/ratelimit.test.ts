import { env, exports } from 'cloudflare:workers'
import { beforeEach, expect, test, vi } from 'vitest'
import { LIMITS } from '../../shared/limits'
import { clockByHand } from './clockByHand'
import { createSite, patchSite, post, type TestSite } from './setup'

const { recordsPerMinute, bytesPerMinute, callsPerMinute, wrongKeysPerMinute, recordsPerBeacon } = LIMITS
/** Hundreds of requests each. */
vi.setConfig({ testTimeout: 60_000 })

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'

let site: TestSite

clockByHand()
beforeEach(async () => {
  // A minute of its own for each test.
  later(3_600)
  site = await createSite()
})

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

let record = 0
const beacon = (
  address: string,
  count: number,
  headers: Record<string, string> = {},
  cf: Record<string, unknown> = {},
) =>
  exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': AGENT, 'cf-connecting-ip': address, ...headers },
    cf,
    body: JSON.stringify({
      v: 1,
      s: site.domain,
      n: Date.now(),
      e: Array.from({ length: count }, () => {
        record += 1
        return { i: record, t: Date.now(), u: `https://${site.domain}/` }
      }),
    }),
  })

/** The cheapest requests are limited as well. */
const callCheaply = (token: string, address = '192.0.2.1') =>
  exports.default.fetch('https://stats.example/api/v1/imports/costs/template.csv', {
    headers: { 'cf-connecting-ip': address, authorization: `Bearer ${token}` },
  })

const call = (token: string | null, address = '192.0.2.1') =>
  exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}/refusals`, {
    headers: { 'cf-connecting-ip': address, ...(token && { authorization: `Bearer ${token}` }) },
  })

/** Another key of the site. */
const another = async (): Promise<string> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    body: '{"name":"another","scope":"read"}',
  })
  return (await response.json<{ key: string }>()).key
}

const stored = async (): Promise<number> =>
  (
    await env.DB.prepare('select count(*) as n from views where site = (select id from sites where domain = ?1)')
      .bind(site.domain)
      .first<{ n: number }>()
  )?.n ?? 0

test('a client may send so many records a minute, in any number of beacons', async () => {
  for (let sent = 0; sent < recordsPerMinute; sent += recordsPerBeacon) {
    expect((await beacon('192.0.2.1', recordsPerBeacon)).status).toBe(204)
  }
  const rejected = await beacon('192.0.2.1', 1)
  expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([429, '1'])
  expect(rejected.headers.get('access-control-allow-origin')).toBe('*')
  expect(await rejected.json()).toMatchObject({ error: { code: 'rate_limited' } })
  // Another User-Agent is the same client, another address is not.
  expect((await beacon('192.0.2.1', 1, { 'user-agent': `${AGENT} x` })).status).toBe(429)
  expect((await beacon('192.0.2.2', 1)).status).toBe(204)
  later(1)
  const aSecond = recordsPerMinute / 60
  for (let sent = 0; sent < aSecond; sent += recordsPerBeacon) {
    expect((await beacon('192.0.2.1', recordsPerBeacon)).status).toBe(204)
  }
  expect((await beacon('192.0.2.1', 2)).status).toBe(429)
  expect(await stored()).toBe(recordsPerMinute + 1 + aSecond)
})

test('half an IPv6 network is one client', async () => {
  const send = (n: number) => beacon(`2001:db8:1:2::${n.toString(16)}`, recordsPerBeacon)
  for (let n = 0; n < recordsPerMinute / recordsPerBeacon; n++) expect((await send(n)).status).toBe(204)
  expect((await send(999)).status).toBe(429)
  expect((await beacon('2001:db8:1:3::1', 1)).status).toBe(204)
})

const UNREADABLE = 20

test('a flood is counted once a minute and writes no other row, even with unreadable bodies', async () => {
  await env.DB.prepare('delete from refusals').run()
  const nonsense = () =>
    exports.default.fetch('https://stats.example/v1/e', {
      method: 'POST',
      headers: { 'cf-connecting-ip': '192.0.2.3' },
      body: '{',
    })
  for (let left = recordsPerMinute - UNREADABLE; left > 0; left -= recordsPerBeacon) {
    await beacon('192.0.2.3', Math.min(left, recordsPerBeacon))
  }
  for (let n = 0; n < UNREADABLE; n++) expect((await nonsense()).status).toBe(400)
  for (let n = 0; n < 5; n++) expect((await nonsense()).status).toBe(429)
  const { results } = await env.DB.prepare('select reason, count from refusals order by reason').all()
  expect(results).toEqual([
    { reason: 'bad_json', count: UNREADABLE },
    { reason: 'rate_limited', count: 1 },
  ])
})

test('the owner of the site sees that a client was limited', async () => {
  for (let sent = 0; sent < recordsPerMinute; sent += recordsPerBeacon) await beacon('192.0.2.4', recordsPerBeacon)
  for (let n = 0; n < 5; n++) await beacon('192.0.2.4', 1)
  const { rows } = await (await call(site.read)).json<{ rows: object[] }>()
  expect(rows).toMatchObject([{ reason: 'rate_limited', count: 1 }])
})

/** A beacon with one record and so many bytes: spaces after the JSON are read and ignored. */
const heavy = (address: string, bytes: number) => {
  record += 1
  const text = JSON.stringify({
    v: 1,
    s: site.domain,
    n: Date.now(),
    e: [{ i: record, t: Date.now(), u: `https://${site.domain}/` }],
  })
  return exports.default.fetch('https://stats.example/v1/e', {
    method: 'POST',
    headers: { 'user-agent': AGENT, 'cf-connecting-ip': address },
    body: text.padEnd(bytes),
  })
}

const exclusions = async (): Promise<unknown> => (await (await call(site.read)).json<{ rows: object[] }>()).rows

test('a client may send so many bytes a minute, and a flood is counted once', async () => {
  const HEAVY = 50_000
  for (let sent = 0; sent < bytesPerMinute; sent += HEAVY) expect((await heavy('192.0.2.9', HEAVY)).status).toBe(204)
  const rejected = await heavy('192.0.2.9', HEAVY)
  expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([429, '3'])
  expect(await rejected.json()).toEqual({
    error: { code: 'too_many_bytes', message: 'Too many bytes in one minute. Retry in 3 seconds.' },
  })
  for (let n = 0; n < 100; n++) expect((await heavy('192.0.2.9', HEAVY)).status).toBe(429)
  expect(await stored()).toBe(bytesPerMinute / HEAVY)
  expect(await exclusions()).toMatchObject([{ reason: 'too_many_bytes', count: 1 }])
  expect((await heavy('192.0.2.10', HEAVY)).status).toBe(204)
  later(3)
  expect((await heavy('192.0.2.9', HEAVY)).status).toBe(204)
  expect((await heavy('192.0.2.9', HEAVY)).status).toBe(429)
})

test("browsers use no more than the site's daily share, however many they are; servers continue", async () => {
  const [HEAVY, MOST] = [50_000, 2_000_000]
  await patchSite(site, { settings: { daily_bytes: MOST } })
  let clients = 0
  const send = () => {
    clients += 1
    return heavy(`198.51.100.${clients % 250}`, HEAVY)
  }
  for (let sent = 0; sent < MOST; sent += HEAVY) expect((await send()).status).toBe(204)
  const untilMidnight = Math.ceil((86_400_000 - (Date.now() % 86_400_000)) / 1000)
  const rejected = await send()
  expect([rejected.status, Number(rejected.headers.get('retry-after'))]).toEqual([429, untilMidnight])
  expect(await rejected.json()).toMatchObject({ error: { code: 'daily_bytes' } })
  for (let n = 0; n < 50; n++) expect((await send()).status).toBe(429)
  expect(await stored()).toBe(MOST / HEAVY)
  // Once a minute for the site, from any number of addresses.
  expect(await exclusions()).toMatchObject([{ reason: 'daily_bytes', count: 1 }])
  expect(await post(site, [{ name: 'page_view', visitor_id: 'v', url: `https://${site.domain}/` }])).toMatchObject({
    accepted: 1,
  })
  await patchSite(site, { settings: { daily_bytes: MOST + HEAVY } })
  expect((await send()).status).toBe(204)
  expect((await send()).status).toBe(429)
  later(untilMidnight)
  expect((await send()).status).toBe(204)
})

test('counts of other isolates apply, and an ordinary beacon writes no count', async () => {
  const MOST = 2_000_000
  await patchSite(site, { settings: { daily_bytes: MOST } })
  const where = "where dictionary = 'bytes' and site = (select id from sites where domain = ?1)"
  const counted = () => env.DB.prepare(`select count from additions ${where}`).bind(site.domain).first<number>('count')
  expect((await heavy('192.0.2.11', 500)).status).toBe(204)
  expect(await counted()).toBe(null)
  expect((await heavy('192.0.2.11', 20_000)).status).toBe(204)
  expect(await counted()).toBe(20_500)
  await env.DB.prepare(`update additions set count = ?2 ${where}`).bind(site.domain, MOST).run()
  // Known once this isolate writes its own counts.
  expect((await heavy('192.0.2.11', 20_000)).status).toBe(204)
  expect((await heavy('192.0.2.11', 500)).status).toBe(429)
})

test('a key may call so many times a minute, from anywhere; another key and the owner are not affected', async () => {
  const many = Array.from({ length: callsPerMinute }, (_, n) => callCheaply(site.read, `192.0.2.${n % 200}`))
  expect(new Set((await Promise.all(many)).map(({ status }) => status))).toEqual(new Set([200]))
  const rejected = await call(site.read)
  expect([rejected.status, rejected.headers.get('retry-after')]).toEqual([429, '1'])
  expect((await call(await another())).status).toBe(200)
  const owners = Array.from({ length: callsPerMinute + 1 }, () => callCheaply(env.ADMIN_TOKEN))
  expect(new Set((await Promise.all(owners)).map(({ status }) => status))).toEqual(new Set([200]))
  later(1)
  expect((await call(site.read)).status).toBe(200)
})

test('a client that guesses keys is stopped, even with a valid one, and others are not', async () => {
  for (let n = 0; n < wrongKeysPerMinute; n++) expect((await call(`guess${n}`, '192.0.2.5')).status).toBe(401)
  expect((await call('guess', '192.0.2.5')).status).toBe(429)
  expect((await call(site.read, '192.0.2.5')).status).toBe(429)
  expect((await call(site.read, '192.0.2.6')).status).toBe(200)
  later(1)
  expect((await call(site.read, '192.0.2.5')).status).toBe(200)
})

test('a client that guesses at the dashboard sign-in is stopped', async () => {
  const origin = 'https://stats.example'
  const signIn = () =>
    exports.default.fetch(`${origin}/login`, {
      method: 'POST',
      headers: { 'cf-connecting-ip': '192.0.2.7', origin },
      body: new URLSearchParams({ token: 'guess' }),
    })
  for (let n = 0; n < wrongKeysPerMinute; n++) expect((await signIn()).status).toBe(401)
  expect((await signIn()).status).toBe(429)
})

test('wrong signatures of webhooks and wrong keys of one address do not stop each other', async () => {
  await patchSite(site, { settings: { webhook_secrets: { shopify: 'shpss_test' } } })
  const signed = { 'x-shopify-hmac-sha256': btoa('x'.repeat(32)), 'cf-connecting-ip': '192.0.2.12' }
  const hook = () =>
    exports.default.fetch(`https://stats.example/hooks/${site.domain}/shopify`, {
      method: 'POST',
      headers: signed,
      body: '{}',
    })
  for (let n = 0; n <= wrongKeysPerMinute; n++) expect((await hook()).status).toBe(401)
  for (let n = 0; n < wrongKeysPerMinute; n++) expect((await call(`guess${n}`, '192.0.2.12')).status).toBe(401)
  expect((await call('guess', '192.0.2.12')).status).toBe(429)
  expect((await hook()).status).toBe(401)
})

test('on Cloudflare its own counter applies, which includes other isolates', async () => {
  const onCloudflare = { colo: 'ARN' }
  // Set in vitest.config.ts, so that the test need not send thousands.
  const limit = 50
  later(60 - ((Date.now() / 1000) % 60))
  const statuses: number[] = []
  for (let n = 0; n < limit + 5; n++) statuses.push((await beacon('192.0.2.8', 1, {}, onCloudflare)).status)
  expect(statuses).toEqual([...Array(limit).fill(204), ...Array(5).fill(429)])
  // The isolate alone would let many more in.
  expect((await beacon('192.0.2.8', 1)).status).toBe(204)
  // In the next minute the client has another name.
  later(60)
  expect((await beacon('192.0.2.8', 1, {}, onCloudflare)).status).toBe(204)
})
