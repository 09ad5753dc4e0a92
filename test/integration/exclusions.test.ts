import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../shared/limits'
import { createSite, migrate, post, type TestSite } from './setup'

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'

let site: TestSite
let domain: string

beforeAll(async () => {
  await migrate()
  site = await createSite({ currency: 'EUR' })
  domain = site.domain
})

const view = (more: Record<string, unknown> = {}) => ({ i: 1, t: Date.now(), u: `https://${domain}/`, ...more })
const event = (name: unknown, properties: unknown = {}) => view({ k: name, o: properties })
const beacon = (...records: unknown[]) => ({ v: 1, s: domain, n: Date.now(), e: records })

const send = (body: string | object, headers: Record<string, string> = {}, cf: Record<string, unknown> = {}) =>
  exports.default.fetch('https://stats.example/v1/e', {
    cf,
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'user-agent': AGENT, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

const FACT_TABLES = ['views', 'events', 'purchases', 'event_ids', 'identities', 'pages', 'sources', 'names']

const factRows = async (): Promise<number> => {
  const counts = await Promise.all(
    FACT_TABLES.map(table => env.DB.prepare(`select count(*) as n from ${table}`).first<{ n: number }>()),
  )
  return counts.reduce((sum, row) => sum + (row?.n ?? 0), 0)
}

const countExcluded = async (reason: string): Promise<number> =>
  (await env.DB.prepare('select sum(count) as n from refusals where reason = ?1').bind(reason).first<{ n: number }>())
    ?.n ?? 0

const many = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index))

/** Invalid beacons: code, status, body. */
const BAD_BEACONS: readonly [
  code: string,
  status: number,
  body: () => string | object,
  headers?: Record<string, string>,
][] = [
  ['missing_user_id', 400, () => JSON.stringify(beacon(event('identify')))],
  ['bad_json', 400, () => '{"v":1,'],
  ['bad_json', 400, () => '{"v":1,"s":"x","n":NaN}'],
  ['bad_shape', 400, () => '[]'],
  ['bad_shape', 400, () => 'null'],
  ['bad_shape', 400, () => ({ v: 2, s: domain, n: 1, e: [view()] })],
  ['bad_shape', 400, () => ({ v: 1, s: domain, n: '1', e: [view()] })],
  ['bad_shape', 400, () => ({ v: 1, s: domain, n: 1, e: [] })],
  ['bad_shape', 400, () => beacon(...many(LIMITS.recordsPerBeacon + 1, () => view()))],
  ['bad_shape', 400, () => beacon(view({ i: null }))],
  ['body_too_large', 413, () => 'x'.repeat(5 * 1024 * 1024)],
  ['unknown_site', 404, () => ({ ...beacon(view()), s: 'nobody.example' })],
  ['foreign_hostname', 403, () => beacon(view({ u: 'https://evil.example/' }))],
  ['foreign_hostname', 403, () => beacon(view({ u: `https://${domain}.evil.example/` }))],
  ['foreign_hostname', 403, () => beacon(view()), { origin: 'https://evil.example' }],
  ['bad_url', 400, () => beacon(view({ u: '/cart' }))],
  ['bad_url', 400, () => beacon(view({ u: 'javascript:alert(1)' }))],
  ['url_too_long', 400, () => beacon(view({ u: `https://${domain}/${'x'.repeat(LIMITS.url)}` }))],
  ['control_characters', 400, () => beacon(view({ u: `https://${domain}/\u0000` }))],
  ['control_characters', 400, () => beacon(event('a\u0007b'))],
  ['wrong_type', 400, () => beacon(event(7))],
  ['missing_name', 400, () => beacon(event(' '))],
  ['too_long', 400, () => beacon(event('x'.repeat(LIMITS.eventName + 1)))],
  ['time_in_future', 400, () => beacon(view({ t: Date.now() + 86_400_000 }))],
  ['time_in_future', 400, () => beacon(view({ t: 8e15 }))],
  ['too_old', 400, () => beacon(view({ t: Date.now() - 2 * 86_400_000 }))],
  ['missing_transaction_id', 400, () => beacon(event('purchase', { value: 1 }))],
  ['missing_guide_id', 400, () => beacon(event('guide_step', { step: 1 }))],
  ['negative_amount', 400, () => beacon(event('subscription_start', { price: -1 }))],
  ['amount_too_large', 400, () => beacon(event('subscription_start', { price: 1e308 }))],
  ['unknown_currency', 400, () => beacon(event('subscription_start', { price: 1, currency: 'ZZZ' }))],
  ['missing_feature', 400, () => beacon(event('feature_used'))],
]

describe('a rejected beacon', () => {
  test.each(BAD_BEACONS)('%s (%i) says so, is counted and leaves no row', async (code, status, body, headers) => {
    const [rows, counted] = [await factRows(), await countExcluded(code)]
    const response = await send(body(), headers)
    const answer = await response.json<{ error: { code: string; message: string } }>()
    expect([response.status, answer.error.code]).toEqual([status, code])
    expect(answer.error.message).toMatch(/^[A-Z"'(/\d].*[.]$|^\S+ .*[.]$/)
    expect(await factRows()).toBe(rows)
    expect(await countExcluded(code)).toBe(counted + 1)
  })

  test('is rejected whole when one of its records is invalid', async () => {
    const rows = await factRows()
    const response = await send(beacon(view({ i: 77 }), event('purchase', { value: 1 })))
    expect(response.status).toBe(400)
    expect(await factRows()).toBe(rows)
  })
})

/** Filtered beacons: reason, headers, record, data from Cloudflare. */
const DROPPED: readonly [
  reason: string,
  headers: Record<string, string>,
  more?: object,
  cf?: Record<string, unknown>,
][] = [
  ['bot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' }],
  ['bot', { 'user-agent': 'GPTBot/1.2 (+https://openai.com/gptbot)' }],
  ['bot', { 'user-agent': 'curl/8.5.0' }],
  ['bot', { 'user-agent': '' }],
  ['bot', { 'user-agent': AGENT.replace('Firefox', 'HeadlessChrome'), 'cf-connecting-ip': '192.0.2.1' }],
  ['bot', { 'sec-ch-ua': '"Chromium";v="140", "HeadlessChrome";v="140"', 'cf-connecting-ip': '192.0.2.1' }],
  ['bot', {}, {}, { botManagement: { score: 1, verifiedBot: false } }],
  ['bot', {}, {}, { botManagement: { score: 99, verifiedBot: true } }],
  ['datacenter', {}, {}, { asn: 24940 }],
  ['referrer_spam', {}, { r: 'http://semalt.semalt.com/crawler.php?u=http://shop.example' }],
  ['prefetch', { 'sec-purpose': 'prefetch;prerender' }],
  ['prefetch', { purpose: 'prefetch' }],
  ['prefetch', { 'x-moz': 'prefetch' }],
]

/** Beacons that are not filtered, in the same form. */
const STORED: typeof DROPPED = [
  ['a person on a plan with scores', {}, {}, { botManagement: { score: 80, verifiedBot: false }, asn: 3301 }],
  ['a company that sends its people through a cloud', {}, {}, { asn: 16509 }],
  ['a host that only sounds like spam', {}, { r: 'https://notsemalt.com/' }],
  ['a headless browser on the own machine', { 'user-agent': AGENT.replace('Firefox', 'HeadlessChrome') }],
]

describe('a filtered beacon', () => {
  test.each(DROPPED)('says %s in a header that scripts may read, and is counted', async (reason, headers, more, cf) => {
    const [rows, counted] = [await factRows(), await countExcluded(reason)]
    const response = await send(beacon(view({ i: 5, ...more })), { ...headers, origin: `https://${domain}` }, cf)
    expect(response.status).toBe(204)
    expect(response.headers.get('x-footfall-dropped')).toBe(reason)
    expect(response.headers.get('access-control-expose-headers')).toContain('x-footfall-dropped')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await factRows()).toBe(rows)
    expect(await countExcluded(reason)).toBe(counted + 1)
  })

  test.each(STORED)('is not %s', async (_, headers, more, cf) => {
    const response = await send(beacon(view({ i: 6, ...more })), headers, cf)
    expect([response.status, response.headers.get('x-footfall-dropped')]).toEqual([204, null])
  })

  test('from a server passes the same filters', async () => {
    const pageView = { name: 'page_view', ip: '192.0.2.9', user_agent: AGENT, url: `https://${domain}/` }
    const answer = await post(site, [
      { ...pageView, user_agent: 'Googlebot/2.1' },
      { ...pageView, referrer: 'https://darodar.com/' },
      { ...pageView, referrer: 'https://darodar.com/', visitor_id: 'v1' },
    ])
    expect(answer.refused.map(({ index, code }) => [index, code])).toEqual([
      [0, 'bot'],
      [1, 'referrer_spam'],
    ])
  })
})

describe('excluded records', () => {
  const list = async (at: TestSite, period: string, key = at.read) => {
    const response = await exports.default.fetch(
      `https://stats.example/api/v1/sites/${at.domain}/refusals?period=${encodeURIComponent(period)}`,
      { headers: { authorization: `Bearer ${key}` } },
    )
    return { status: response.status, ...(await response.json<{ rows?: object[]; error?: { code: string } }>()) }
  }

  test('are listed by day and reason', async () => {
    const counted = await createSite()
    const to = (record: object) => ({ v: 1, s: counted.domain, n: Date.now(), e: [{ i: 1, t: Date.now(), ...record }] })
    const url = `https://${counted.domain}/`
    await send(to({ u: url }), { purpose: 'prefetch' })
    await send(to({ u: url }), { 'user-agent': 'curl/8.5.0' })
    await send(to({ u: url }), { 'user-agent': 'curl/8.5.0' })
    await send(to({ u: 'https://evil.example/' }))
    await post(counted, [{ name: 'purchase', visitor_id: 'v' }])
    const day = new Date().toISOString().slice(0, 10)
    const rows = [
      { day, reason: 'bot', count: 2 },
      { day, reason: 'foreign_hostname', count: 1 },
      { day, reason: 'missing_transaction_id', count: 1 },
      { day, reason: 'prefetch', count: 1 },
    ]
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
    for (const [period, from] of [
      ['today', day],
      ['all', day],
      ['30d', daysAgo(29)],
      [`${day},${day}`, day],
    ] as const) {
      expect(await list(counted, period)).toEqual({ status: 200, period: { from, to: day }, rows })
    }
    const yesterday = { from: daysAgo(1), to: daysAgo(1) }
    expect(await list(counted, 'yesterday')).toEqual({ status: 200, period: yesterday, rows: [] })
  })

  test.each(['tomorrow', '{"from":1}', '{"from"', '2026-02-30,2026-03-01'])(
    'are not listed for %s: bad_period',
    async period => {
      expect(await list(site, period)).toMatchObject({ status: 400, error: { code: 'bad_period' } })
    },
  )
})

test("events from a developer's own machine belong only to its own site", async () => {
  const local = beacon(view({ u: 'http://localhost:3000/' }))
  expect((await send(local)).status).toBe(403)
  expect((await send(beacon(view()), { origin: 'http://localhost:3000' })).status).toBe(403)
})

test('a guide whose element has no step is no step, and the rest of its beacon is stored', async () => {
  const step = { interactive: false, step: null, step_count: null, guide_id: 'welcome' }
  const before = await factRows()
  expect((await send(beacon({ ...event('guide_step', step), i: 6 }))).status).toBe(204)
  expect(await factRows()).toBe(before)
  expect((await send(beacon({ ...event('guide_step', step), i: 7 }, view({ i: 8 })))).status).toBe(204)
  expect(await factRows()).toBe(before + 1)
  expect((await send(beacon({ ...event('guide_step', { ...step, step_count: 3 }), i: 9 }))).status).toBe(400)
})

test('a link to another host of the site is not outbound, and the rest of its beacon is stored', async () => {
  const before = await factRows()
  const link = (address: string, i: number) => ({ ...event('outbound_click', { link_url: address }), i })
  const own = await send(beacon(link(`https://help.${domain}/`, 2), link(`https://${domain}:8443/`, 3)))
  expect([own.status, own.headers.get('x-footfall-dropped')]).toEqual([204, null])
  expect(await factRows()).toBe(before)
  await send(beacon(link(`https://help.${domain}/`, 4), link(`https://evil${domain}/`, 5)))
  const sql = "select count(*) as n from events where properties like '%evil%' or properties like '%help.%'"
  expect(await env.DB.prepare(sql).first('n')).toBe(1)
})

test('a beacon from the site, a subdomain, another port or a listed host is stored', async () => {
  const listed = await createSite({ settings: { hostnames: ['checkout.example'] } })
  for (const [index, host] of [
    listed.domain,
    `shop.${listed.domain}`,
    `${listed.domain}:8443`,
    'checkout.example',
  ].entries()) {
    const record = { i: index, t: Date.now(), u: `https://${host}/` }
    const response = await send({ v: 1, s: listed.domain, n: Date.now(), e: [record] }, { origin: `https://${host}` })
    expect([host, response.status, response.headers.get('x-footfall-dropped')]).toEqual([host, 204, null])
  }
})

describe('a call of events', () => {
  const good = (id: string) => ({
    id,
    name: 'page_view',
    visitor_id: 'v1',
    time: '2026-01-31T12:00:00Z',
    url: 'https://any.example/',
  })

  test('stores the valid ones and lists the invalid ones with the code of a beacon', async () => {
    const answer = await post(site, [
      good('e1'),
      { name: 'purchase', visitor_id: 'v1', value: 1 },
      good('e2'),
      { name: 'refund', visitor_id: 'v1', transaction_id: 'T', value: 1e308 },
      { name: 'page_view' },
      7,
      { name: 'page_view', ip: '192.0.2.1' },
      { name: 'page_view', visitor_id: 'v1', url: 'x'.repeat(LIMITS.url + 1) },
      { name: 'page_view', visitor_id: 'v1', time: '2026-01-31' },
      { name: 'page_view', visitor_id: 'v1', time: '2226-01-31T12:00:00Z' },
      { name: 'page_view', visitor_id: 'v1', country: 'Sweden' },
      good('e1'),
      { name: 'page_view', visitor_id: 'v1', time: '2026-02-30T12:00:00Z' },
    ])
    expect([answer.accepted, answer.duplicates]).toEqual([2, 1])
    expect(answer.refused.map(({ index, code }) => [index, code])).toEqual([
      [1, 'missing_transaction_id'],
      [3, 'amount_too_large'],
      [4, 'missing_identity'],
      [5, 'bad_shape'],
      [6, 'missing_identity'],
      [7, 'url_too_long'],
      [8, 'bad_time'],
      [9, 'time_in_future'],
      [10, 'too_long'],
      [12, 'bad_time'],
    ])
    expect(await post(site, [good('e1'), good('e2')])).toEqual({ accepted: 0, duplicates: 2, refused: [] })
  })

  test('as NDJSON rejects an unreadable line and stores the others', async () => {
    const response = await exports.default.fetch(`https://stats.example/api/v1/events?site=${domain}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.write}`, 'content-type': 'application/x-ndjson' },
      body: `${JSON.stringify(good('n1'))}\n{"name":\n\n${JSON.stringify(good('n2'))}\n`,
    })
    const answer = await response.json<{ accepted: number; refused: { index: number; code: string }[] }>()
    expect([answer.accepted, answer.refused.map(({ index, code }) => [index, code])]).toEqual([2, [[1, 'bad_json']]])
  })

  test.each([
    ['bad_json', 400, '{"events":'],
    ['bad_shape', 400, '{"event":[]}'],
    ['body_too_large', 413, 'x'.repeat(5 * 1024 * 1024)],
    ['too_many_events', 413, JSON.stringify({ events: Array(LIMITS.eventsPerCall + 1).fill(1) })],
  ])('that is unreadable is rejected whole: %s', async (code, status, body) => {
    const response = await exports.default.fetch(`https://stats.example/api/v1/events?site=${domain}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${site.write}` },
      body,
    })
    expect([response.status, (await response.json<{ error: { code: string } }>()).error.code]).toEqual([status, code])
  })
})

describe('permissions', () => {
  const call = async (path: string, token: string | null, method = 'POST', body = '{}') => {
    const response = await exports.default.fetch(`https://stats.example${path}`, {
      method,
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      ...(method === 'GET' ? {} : { body }),
    })
    const text = await response.text()
    return [response.status, text.startsWith('{') ? (JSON.parse(text).error?.code ?? null) : null]
  }

  test('a key allows its own site and scope and nothing else', async () => {
    const other = await createSite()
    const events = `/api/v1/events?site=${domain}`
    const question = JSON.stringify({ site: domain, metrics: ['visitors'] })
    const ask = (token: string | null) => call('/api/v1/query', token, 'POST', question)
    expect(await call(events, null)).toEqual([401, 'missing_key'])
    expect(await call(events, 'nonsense')).toEqual([401, 'wrong_key'])
    expect(await call(events, site.read)).toEqual([403, 'wrong_scope'])
    expect(await call(events, other.write)).toEqual([403, 'wrong_site'])
    expect(await call(events, site.write, 'POST', '{"events":[]}')).toEqual([200, null])
    expect(await ask(null)).toEqual([401, 'missing_key'])
    expect(await ask('nonsense')).toEqual([401, 'wrong_key'])
    expect(await ask(site.write)).toEqual([403, 'wrong_scope'])
    expect(await ask(other.read)).toEqual([403, 'wrong_site'])
    expect(await ask(site.read)).toEqual([200, null])
    expect(await ask(env.ADMIN_TOKEN)).toEqual([200, null])
    expect(await call('/api/v1/sites', null)).toEqual([401, 'missing_key'])
    expect(await call('/api/v1/sites', site.read)).toEqual([403, 'not_admin'])
    expect(await call('/api/v1/sites', null, 'GET')).toEqual([401, 'missing_key'])
    expect(await call('/api/v1/metrics', null, 'GET')).toEqual([200, null])
    expect(await call(`/api/v1/metrics?site=${domain}`, null, 'GET')).toEqual([401, 'missing_key'])
  })

  test('a key can be listed and removed, and its secret is stored nowhere', async () => {
    const path = `/api/v1/sites/${domain}/keys`
    const fetchAdmin = (method: string, suffix = '', body?: object) =>
      exports.default.fetch(`https://stats.example${path}${suffix}`, {
        method,
        headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
        ...(body && { body: JSON.stringify(body) }),
      })
    const made = await (await fetchAdmin('POST', '', { name: 'sheet', scope: 'read' })).json<{
      id: string
      key: string
    }>()
    const stored = await env.DB.prepare('select * from keys').all()
    expect(JSON.stringify(stored.results)).not.toContain(made.key)
    const listed = await (await fetchAdmin('GET')).json<{ keys: { id: string }[] }>()
    expect(listed.keys.map(({ id }) => id)).toContain(made.id)
    expect(JSON.stringify(listed)).not.toContain(made.key)
    expect((await fetchAdmin('DELETE', `/${made.id}`)).status).toBe(204)
    expect((await fetchAdmin('DELETE', `/${made.id}`)).status).toBe(404)
    const question = JSON.stringify({ site: domain, metrics: ['visitors'] })
    expect(await call('/api/v1/query', made.key, 'POST', question)).toEqual([401, 'wrong_key'])
  })
})

describe("what the site's settings filter out", () => {
  const CHROME =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  let filtered: TestSite

  beforeAll(async () => {
    filtered = await createSite({
      settings: {
        hostnames: ['docs.example'],
        kept_parameters: ['q'],
        filters_out: [
          { what: 'ip', is: '192.0.2.7' },
          { what: 'ip', is: '2001:db8:1:2::1' },
          { what: 'country', is: 'no' },
          { what: 'hostname', is: '*.docs.example' },
          { what: 'page', is: '/admin*' },
          { what: 'browser', is: 'Chrome' },
          { what: 'visitor', is: '00000000000000000000000000000007' },
        ],
      },
    })
  })

  const at = (path: string, host = filtered.domain) => ({ i: 1, t: Date.now(), u: `https://${host}${path}` })
  const sent = (records: object[], more: object = {}) => ({
    v: 1,
    s: filtered.domain,
    n: Date.now(),
    e: records,
    ...more,
  })

  test.each<
    [reason: string | null, body: () => object, headers?: Record<string, string>, cf?: Record<string, unknown>]
  >([
    ['filtered_ip', () => sent([at('/')]), { 'cf-connecting-ip': '192.0.2.7' }],
    ['filtered_ip', () => sent([at('/')]), { 'cf-connecting-ip': '2001:db8:1:2:ffff::9' }],
    [null, () => sent([at('/')]), { 'cf-connecting-ip': '192.0.2.8' }],
    ['filtered_country', () => sent([at('/')]), {}, { country: 'NO' }],
    [null, () => sent([at('/')]), {}, { country: 'SE' }],
    ['filtered_hostname', () => sent([at('/', 'v2.docs.example')])],
    [null, () => sent([at('/', 'docs.example')])],
    ['filtered_page', () => sent([at('/admin/users?tab=2')])],
    [null, () => sent([at('/blog/admin')])],
    ['filtered_browser', () => sent([at('/')]), { 'user-agent': CHROME }],
    ['filtered_visitor', () => sent([at('/')], { p: '00000000000000000000000000000007' })],
    [null, () => sent([at('/')], { p: '00000000000000000000000000000008' })],
  ])('%s', async (reason, body, headers = {}, cf = {}) => {
    const [rows, counted] = [await factRows(), await countExcluded(reason ?? '')]
    const response = await send(body(), headers, cf)
    expect([response.status, response.headers.get('x-footfall-dropped')]).toEqual([204, reason])
    expect(await countExcluded(reason ?? '')).toBe(reason === null ? 0 : counted + 1)
    if (reason !== null) expect(await factRows()).toBe(rows)
    else expect(await factRows()).toBeGreaterThan(rows)
  })

  test('leaves the rest of a beacon', async () => {
    const response = await send(sent([at('/left?q=a&x=b'), { ...at('/admin'), i: 2 }]), {
      'cf-connecting-ip': '192.0.2.9',
    })
    expect([response.status, response.headers.get('x-footfall-dropped')]).toEqual([204, 'filtered_page:page_view'])
    const row = await env.DB.prepare("select path from pages where path like '/left%'").first<{ path: string }>()
    expect(row?.path).toBe('/left?q=a')
  })

  test("holds for a server's events, one by one", async () => {
    const response = await exports.default.fetch(`https://stats.example/api/v1/events?site=${filtered.domain}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${filtered.write}` },
      body: JSON.stringify({
        events: [
          { name: 'page_view', ip: '192.0.2.7', user_agent: AGENT, url: 'https://shop.example/' },
          { name: 'page_view', visitor_id: 'v1', url: 'https://shop.example/admin' },
          { name: 'page_view', visitor_id: 'v1', url: 'https://shop.example/' },
        ],
      }),
    })
    expect(await response.json()).toMatchObject({
      accepted: 1,
      refused: [
        { index: 0, code: 'filtered_ip' },
        { index: 1, code: 'filtered_page' },
      ],
    })
  })
})
