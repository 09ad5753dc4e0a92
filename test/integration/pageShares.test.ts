import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Answer, Filter } from '../../shared/question'
import { PAGES } from '../../worker/dashboard/pages'
import { clockByHand } from './clockByHand'
import { createSite, patchSite, post, type TestSite } from './setup'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 10, 12)
const ORIGIN = 'https://stats.example'
const PASSWORD = 'correct horse'

clockByHand(START)

let clients = 0
/** From another client each time, so that no test uses up the tries of another. */
const client = () => {
  clients += 1
  return { 'cf-connecting-ip': `198.51.100.${clients % 250}` }
}

const asAdmin = (method: string, path: string, body?: unknown): Promise<Response> =>
  exports.default.fetch(`${ORIGIN}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

interface Shared {
  readonly id: string
  readonly url: string
  readonly token: string
}

const share = async ({ domain }: TestSite, fields: object = {}): Promise<Shared> => {
  const response = await asAdmin('POST', `sites/${domain}/shares`, { name: 'client', ...fields })
  expect(response.status).toBe(201)
  const made = await response.json<Omit<Shared, 'token'>>()
  return { ...made, token: made.url.slice(`${ORIGIN}/share/`.length) }
}

const call = (key: string, path: string, init: RequestInit = {}): Promise<Response> =>
  exports.default.fetch(`${ORIGIN}${path}`, {
    ...init,
    headers: { authorization: `Bearer footfall_share_${key}`, ...client() },
  })

const ask = (key: string, question: object): Promise<Response> =>
  call(key, '/api/v1/query', { method: 'POST', body: JSON.stringify(question) })

const codeOf = async (response: Response | Promise<Response>) => {
  const { error } = await (await response).json<{ error: { code: string } }>()
  return [(await response).status, error.code]
}

const view = (id: string, visitor: string, country: string, path: string) => ({
  name: 'page_view',
  id,
  visitor_id: visitor,
  time: START - DAY,
  url: `https://shop.example${path}`,
  country,
})

const siteWithVisitors = async (): Promise<TestSite> => {
  const site = await createSite()
  await post(site, [
    view('1', 'a', 'SE', '/'),
    view('2', 'b', 'SE', '/pricing'),
    view('3', 'c', 'NO', '/'),
    view('4', 'd', 'NO', '/pricing'),
    view('5', 'e', 'DE', '/'),
  ])
  return site
}

const open = (path: string, init: RequestInit = {}): Promise<Response> =>
  exports.default.fetch(`${ORIGIN}${path}`, { redirect: 'manual', ...init, headers: { ...client(), ...init.headers } })

const enter = (path: string, fields: Record<string, string>): Promise<Response> =>
  open(path, { method: 'POST', body: new URLSearchParams(fields) })

/** The key in the data of a page. */
const keyIn = (html: string): string => /footfall_share_([0-9a-f.]+)/.exec(html)?.[1] ?? ''

const SWEDEN: Filter = ['is', 'country', ['SE']]

const anyFilter = fc.oneof(
  fc.tuple(
    fc.constantFrom('is' as const, 'is_not' as const),
    fc.constant('country'),
    fc.subarray(['SE', 'NO', 'DE'], { minLength: 1 }),
  ),
  fc.constant<Filter>(['or', ['is', 'country', ['NO']], ['is', 'country', ['SE']]]),
  fc.constant<Filter>(['not', SWEDEN]),
  fc.constant<Filter>(['is', 'page', ['/pricing']]),
)

test('whatever a viewer filters by, every answer passes the filters of the share', async () => {
  const site = await siteWithVisitors()
  const { token } = await share(site, { filters: [SWEDEN] })
  const dimensions = fc.subarray(['country', 'page'])
  await fc.assert(
    fc.asyncProperty(fc.array(anyFilter, { maxLength: 2 }), dimensions, async (filters, by) => {
      const question = { site: site.domain, metrics: ['visitors'], period: '7d', dimensions: by }
      const seen = await (await ask(token, { ...question, filters })).json<Answer>()
      const narrowed = await asAdmin('POST', 'query', { ...question, filters: [SWEDEN, ...filters] })
      expect(seen.rows).toEqual((await narrowed.json<Answer>()).rows)
      const total = seen.rows.reduce((sum, { metrics }) => sum + Number(metrics.visitors?.value), 0)
      expect(total).toBeLessThanOrEqual(2)
    }),
    { numRuns: 15, seed: env.TEST_SEED },
  )
})

test('every route that answers a viewer keeps the filters, and no other takes the link', async () => {
  const site = await siteWithVisitors()
  const { token } = await share(site, { filters: [SWEDEN] })
  const visitors = async (response: Promise<Response>) =>
    (await (await response).json<Answer>()).rows[0]?.metrics.visitors?.value
  const own = { site: site.domain, metrics: ['visitors'] }
  expect(await visitors(ask(token, own))).toBe(2)
  expect(await visitors(call(token, `/api/v1/metrics/visitors?site=${site.domain}`))).toBe(2)
  expect(await visitors(call(token, `/api/v1/metrics/visitors?site=${site.domain}&filters=[]`))).toBe(2)
  const [first] = await (await ask(token, [own, own])).json<Answer[]>()
  expect(first?.rows[0]?.metrics.visitors?.value).toBe(2)
  const changes = await call(token, `/api/v1/sites/${site.domain}/changes`)
  expect((await changes.json<{ totals: Record<string, { value: number }> }>()).totals.visitors?.value).toBe(2)
  const csv = await call(token, `/api/v1/metrics/visitors?site=${site.domain}&by=country&format=csv`)
  expect(await csv.text()).toBe('country,visitors\r\nSE,2\r\n')
  const catalogue = await (await call(token, `/api/v1/metrics?site=${site.domain}`)).json<{ metrics: object[] }>()
  expect(catalogue.metrics.every(one => 'available' in one && one.available)).toBe(true)
  expect(await codeOf(call(token, `/api/v1/sites/${site.domain}/now`))).toEqual([403, 'not_shared'])
  expect(await codeOf(ask(token, { ...own, explain: true }))).toEqual([403, 'not_shared'])
  const other = await createSite()
  expect(await codeOf(ask(token, { ...own, site: other.domain }))).toEqual([403, 'wrong_site'])
  expect(await codeOf(call(token, '/mcp', { method: 'POST', body: '{}' }))).toEqual([401, 'wrong_key'])
})

test('each client of an agency with 20 sites sees their own site alone', async () => {
  const sites = await Promise.all(Array.from({ length: 20 }, () => createSite()))
  const tokens = await Promise.all(sites.map(async site => (await share(site, { pages: ['overview'] })).token))
  for (const [client, token] of tokens.entries()) {
    const answers = await Promise.all(
      sites.map(async ({ domain }) => (await call(token, `/api/v1/metrics/visitors?site=${domain}`)).status),
    )
    expect(answers).toEqual(sites.map((_, at) => (at === client ? 200 : 403)))
    const page = await (await open(`/share/${token}`)).text()
    expect(sites.filter(({ domain }) => page.includes(`"${domain}"`) || page.includes(`>${domain}<`)).length).toBe(1)
  }
})

test('a viewer asks for the metrics of the pages and no others', async () => {
  const site = await siteWithVisitors()
  const goals = [{ id: 'secret-goal', name: 'Secret', event: 'trial_start' }]
  const segments = [{ id: 'secret-segment', name: 'Secret', filters: [SWEDEN] }]
  await patchSite(site, { settings: { goals, segments } })
  const { token } = await share(site, { pages: ['speed', 'cart'] })
  const about = { site: site.domain }
  expect((await ask(token, { ...about, metrics: ['cart_abandonment_rate', 'lcp', 'visitors'] })).status).toBe(200)
  expect(await codeOf(ask(token, { ...about, metrics: ['mrr'] }))).toEqual([403, 'not_shared'])
  expect(await codeOf(call(token, `/api/v1/metrics/goal_conversions?site=${site.domain}`))).toEqual([403, 'not_shared'])
  expect(await codeOf(call(token, `/api/v1/sites/${site.domain}/changes`))).toEqual([403, 'not_shared'])
  for (const filter of [
    ['segment', 'x'],
    ['has_done', { goal: 'x' }],
  ]) {
    const refused = await (await ask(token, { ...about, metrics: ['visitors'], filters: [filter] })).text()
    expect(refused).not.toContain('secret')
  }
  const { metrics } = await (await call(token, `/api/v1/metrics?site=${site.domain}`)).json<{
    metrics: { id: string }[]
  }>()
  expect(metrics.map(({ id }) => id)).not.toContain('mrr')
  const page = await (await open(`/share/${token}/speed`)).text()
  expect(page).not.toMatch(/secret/i)
})

test('without a choice it shows every page but those for whoever runs the site', async () => {
  const site = await createSite()
  const hidden = ['settings', 'sites', 'add', 'tag', 'excluded', 'coverage']
  const { token } = await share(site)
  for (const { id } of PAGES)
    expect([id, (await open(`/share/${token}/${id}`)).status]).toEqual([id, hidden.includes(id) ? 404 : 200])
  const filtered = await share(site, { filters: [SWEDEN] })
  expect((await open(`/share/${filtered.token}/now`)).status).toBe(404)
  const html = await (await open(`/share/${token}`)).text()
  expect(html).not.toContain('/settings')
  expect(html).not.toContain('Sign out')
})

test('the page forbids frames but of the named hosts, caches, referrers and search engines', async () => {
  const site = await createSite()
  const { token } = await share(site, { embed_hosts: ['Client.example', 'localhost:3000'] })
  const headersOf = async (path: string) => {
    const { headers } = await open(path)
    const [ancestors] = /frame-ancestors [^;]*/.exec(headers.get('content-security-policy') ?? '') ?? []
    return [ancestors, headers.get('x-frame-options')]
  }
  expect(await headersOf(`/share/${token}`)).toEqual(["frame-ancestors 'none'", 'SAMEORIGIN'])
  expect(await headersOf(`/share/${token}/cart?embed=1`)).toEqual([
    'frame-ancestors client.example localhost:3000',
    null,
  ])
  const { token: closed } = await share(site)
  expect(await headersOf(`/share/${closed}?embed=1`)).toEqual(["frame-ancestors 'none'", 'SAMEORIGIN'])
  expect(await headersOf(`/share/${'0'.repeat(48)}?embed=1`)).toEqual(["frame-ancestors 'none'", 'SAMEORIGIN'])
  const { headers } = await open(`/share/${token}`)
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-robots-tag')).toBe('noindex')
})

test('without its password a link shows nothing, and with it for twelve hours', async () => {
  const site = await siteWithVisitors()
  const { token, id } = await share(site, { password: PASSWORD })
  const path = `/share/${token}`
  expect(await (await open(path)).text()).not.toContain(site.domain)
  expect(await codeOf(ask(token, { site: site.domain, metrics: ['visitors'] }))).toEqual([401, 'missing_password'])
  const wrong = await enter(path, { password: 'correct house' })
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null])
  const right = await enter(`${path}/cart`, { password: PASSWORD })
  const key = keyIn(await right.text())
  const asked = () => ask(key, { site: site.domain, metrics: ['visitors'] })
  expect((await asked()).status).toBe(200)
  const [, session = ''] = /^[0-9a-f]+\.(.*)$/.exec(key) ?? []
  // In a frame without cookies the client sends the session along.
  expect(await (await enter(path, { session })).text()).toContain(site.domain)
  const cookie = right.headers.get('set-cookie') ?? ''
  expect(cookie).toContain(`Path=${path}`)
  expect(await (await open(path, { headers: { cookie: cookie.split(';')[0] ?? '' } })).text()).toContain(site.domain)
  const another = await share(site, { password: PASSWORD })
  for (const forged of [`${another.token}.${session}`, key.replace(/\.(\d+)\./, (_, at) => `.${Number(at) + 1}.`)])
    expect(await codeOf(ask(forged, { site: site.domain, metrics: ['visitors'] }))).toEqual([401, 'missing_password'])
  vi.setSystemTime(START + 12 * HOUR)
  expect(await codeOf(asked())).toEqual([401, 'missing_password'])
  vi.setSystemTime(START)
  expect((await asDelete(site, id)).status).toBe(204)
  expect(await codeOf(asked())).toEqual([401, 'unknown_share'])
  expect((await enter(path, { password: PASSWORD })).status).toBe(404)
})

const asDelete = ({ domain }: TestSite, id: string) => asAdmin('DELETE', `sites/${domain}/shares/${id}`)

test('a link with filters rejects what would count beyond them', async () => {
  const site = await siteWithVisitors()
  const done: Filter = ['has_done', { page: '/pricing', where: [['is', 'country', ['NO']]] }]
  const segments = [
    { id: 'done', name: 'Done', filters: [['not', done]] },
    { id: 'plain', name: 'Plain', filters: [SWEDEN] },
  ]
  const funnels = [{ id: 'buy', name: 'Buy', steps: [{ page: '/' }, { page: '/pricing' }] }]
  await patchSite(site, { settings: { segments, funnels } })
  const { token: whole } = await share(site)
  const { token } = await share(site, { filters: [SWEDEN] })
  const visitors = { site: site.domain, metrics: ['visitors'] }
  const filtered = (filter: unknown) => ({ ...visitors, filters: [filter] })
  const given = (metric: string, parameters: object) => ({
    site: site.domain,
    metrics: [metric],
    parameters: { [metric]: parameters },
  })
  const beyond: readonly (readonly [object, string])[] = [
    [filtered(done), 'impossible_filter'],
    [filtered(['or', SWEDEN, ['and', ['not', done]]]), 'impossible_filter'],
    [filtered(['segment', 'done']), 'impossible_filter'],
    [filtered(['or', SWEDEN, ['segment', 'done']]), 'impossible_filter'],
    [given('funnel', { steps: [{ page: '/' }, { page: '/pricing' }] }), 'impossible_parameter'],
    [given('retention_rate', { first: 'sign_up' }), 'impossible_parameter'],
    [given('retention_rate', { return: 'purchase' }), 'impossible_parameter'],
  ]
  for (const [question, code] of beyond) {
    expect([question, await codeOf(ask(token, question))]).toEqual([question, [400, code]])
    expect([question, (await ask(whole, question)).status]).toEqual([question, 200])
  }
  const [first, second] = await (await ask(token, [filtered(done), visitors])).json<[{ error: object }, Answer]>()
  expect([first.error, second.rows[0]?.metrics.visitors?.value]).toEqual([
    expect.objectContaining({ code: 'impossible_filter' }),
    2,
  ])
  const byAddress = new URLSearchParams({ site: site.domain, filters: JSON.stringify([done]) })
  for (const path of ['metrics/visitors', `sites/${site.domain}/changes`])
    expect(await codeOf(call(token, `/api/v1/${path}?${byAddress}`))).toEqual([400, 'impossible_filter'])
  const inside = [
    filtered(['segment', 'plain']),
    given('funnel', { funnel: 'buy' }),
    given('retention_rate', { day: 1 }),
    given('paths', { page: '/' }),
  ]
  for (const question of inside) expect([question, (await ask(token, question)).status]).toEqual([question, 200])
  const { token: own } = await share(site, { filters: [['segment', 'done']] })
  expect((await ask(own, visitors)).status).toBe(200)
})

test('a filter on a hostname counts its page views, and whole the sessions that have one', async () => {
  const site = await createSite()
  const at = (id: string, url: string, minute: number) => ({
    ...view(id, 'a', 'SE', '/'),
    url,
    time: START - DAY + minute * 60_000,
  })
  await post(site, [at('1', 'https://a.example/one', 0), at('2', 'https://b.example/two', 1)])
  const { token } = await share(site, { filters: [['is', 'hostname', ['a.example']]] })
  const groups = async (metric: string, dimension: string) => {
    const answer = await ask(token, { site: site.domain, metrics: [metric], dimensions: [dimension] })
    return (await answer.json<Answer>()).rows.map(({ dimensions }) => dimensions?.[dimension])
  }
  expect(await groups('pageviews', 'page')).toEqual(['/one'])
  expect(await groups('sessions', 'exit_page')).toEqual(['/two'])
})

test('a link with filters shows no annotations, which are about the whole site', async () => {
  const site = await createSite()
  await patchSite(site, { settings: { annotations: [{ day: '2026-03-01', text: 'New prices' }] } })
  for (const [filters, count] of [
    [[], 1],
    [[SWEDEN], 0],
  ] as const) {
    const { token } = await share(site, { filters })
    const told = await call(token, `/api/v1/sites/${site.domain}/annotations`)
    expect((await told.json<{ annotations: object[] }>()).annotations.length).toBe(count)
    expect((await (await open(`/share/${token}`)).text()).includes('New prices')).toBe(count === 1)
  }
})

test('a body that is no form, and a metric or dimension that is no text, are rejected', async () => {
  const site = await createSite()
  const { token } = await share(site, { password: PASSWORD })
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
  expect(await codeOf(open(`/share/${token}`, json))).toEqual([400, 'bad_shape'])
  const forLogin = { ...json, headers: { ...json.headers, origin: ORIGIN } }
  expect(await codeOf(open('/login', forLogin))).toEqual([400, 'bad_shape'])
  const { token: key } = await share(site)
  const about = { site: site.domain, metrics: ['visitors'] }
  const odd = [{ toString: 1 }]
  expect(await codeOf(ask(key, { ...about, metrics: odd }))).toEqual([400, 'unknown_metric'])
  expect(await codeOf(ask(key, { ...about, dimensions: odd }))).toEqual([400, 'unknown_dimension'])
})

test('wrong passwords are limited by client and, for all clients together, by link', async () => {
  const site = await createSite()
  const { token } = await share(site, { password: PASSWORD })
  const guess = (from: string, password = 'wrong guess') =>
    open(`/share/${token}`, {
      method: 'POST',
      headers: { 'cf-connecting-ip': from },
      body: new URLSearchParams({ password }),
    })
  const one = await Promise.all(Array.from({ length: 12 }, () => guess('203.0.113.1')))
  expect(one.filter(({ status }) => status === 429).length).toBe(2)
  const many = await Promise.all(Array.from({ length: 25 }, (_, n) => guess(`203.0.114.${n}`)))
  expect(many.filter(({ status }) => status === 401).length).toBe(20)
  const late = await guess('203.0.115.1', PASSWORD)
  expect([late.status, late.headers.get('retry-after')]).toEqual([429, '60'])
  vi.setSystemTime(START + 60_000)
  expect((await guess('203.0.115.1', PASSWORD)).status).toBe(200)
  vi.setSystemTime(START)
})

test('it expires with its last day in the time zone of the site, and says so', async () => {
  const site = await createSite({ timezone: 'Asia/Tokyo' })
  const { token } = await share(site, { expires: '2026-03-12' })
  const end = Date.UTC(2026, 2, 12, 15)
  const asked = () => ask(token, { site: site.domain, metrics: ['visitors'] })
  vi.setSystemTime(end - 1)
  expect([(await open(`/share/${token}`)).status, (await asked()).status]).toEqual([200, 200])
  vi.setSystemTime(end)
  const gone = await open(`/share/${token}`)
  expect([gone.status, await gone.text()]).toEqual([410, expect.stringContaining('This link has expired')])
  expect(await codeOf(asked())).toEqual([401, 'expired_share'])
  vi.setSystemTime(START)
})

test('it is listed without its secrets, which are stored nowhere, and ends with its site', async () => {
  const site = await createSite()
  const view = { pages: ['speed', 'overview'], filters: [SWEDEN], embed_hosts: ['client.example'] }
  const { id, token, url } = await share(site, { ...view, password: PASSWORD, expires: '2026-03-12T00:00:00Z' })
  expect(url).toMatch(/^https:\/\/stats\.example\/share\/[0-9a-f]{48}$/)
  const listed = await (await asAdmin('GET', `sites/${site.domain}/shares`)).text()
  expect(JSON.parse(listed).shares).toEqual([
    {
      id,
      name: 'client',
      ...view,
      pages: ['overview', 'speed'],
      password: true,
      created: new Date(START).toISOString(),
      expires: '2026-03-12T00:00:00.000Z',
    },
  ])
  const { results } = await env.DB.prepare('select * from shares').all()
  for (const secret of [token, PASSWORD]) expect(listed + JSON.stringify(results)).not.toContain(secret)
  expect((await exports.default.fetch(`${ORIGIN}/api/v1/shares/${token}`)).status).toBe(404)
  expect((await asAdmin('DELETE', `sites/${site.domain}`)).status).toBe(204)
  expect((await open(`/share/${token}`)).status).toBe(404)
})

test.each<[object, string]>([
  [{ pages: [] }, 'bad_pages'],
  [{ pages: ['settings'] }, 'bad_pages'],
  [{ pages: ['overview', 'overview'] }, 'bad_pages'],
  [{ pages: 'overview' }, 'bad_pages'],
  [{ pages: ['now'], filters: [SWEDEN] }, 'impossible_page'],
  [{ filters: [['is', 'nowhere', ['SE']]] }, 'unknown_dimension'],
  [{ filters: 'all' }, 'bad_filters'],
  [{ filters: [['is', 'page', Array(12).fill('x'.repeat(1000))]] }, 'bad_filters'],
  [{ password: 'short' }, 'bad_password'],
  [{ password: 'x'.repeat(201) }, 'bad_password'],
  [{ expires: '2026-03-09' }, 'bad_expiry'],
  [{ expires: 'tomorrow' }, 'bad_expiry'],
  [{ embed_hosts: ["client.example; script-src 'unsafe-inline'"] }, 'bad_domain'],
  [{ embed_hosts: ['https://client.example'] }, 'bad_domain'],
  [{ embed_hosts: ['*'] }, 'bad_domain'],
  [{ embed_hosts: 'client.example' }, 'bad_embed_hosts'],
  [{ embed_hosts: Array(21).fill('client.example') }, 'bad_embed_hosts'],
  [{ site: 'x' }, 'unknown_field'],
  [{ name: '' }, 'missing_name'],
])('the share %o is rejected: %s', async (fields, code) => {
  const { domain } = await createSite()
  expect(await codeOf(asAdmin('POST', `sites/${domain}/shares`, { name: 'x', ...fields }))).toEqual([400, code])
})
