import { env, exports } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { clockByHand } from './clockByHand'
import { createSite, patchSite, post, type TestSite } from './setup'

const DAY = 86_400_000
const START = Date.UTC(2026, 2, 10, 12)
const ORIGIN = 'https://stats.example'

clockByHand(START)

const call = (method: string, path: string, body?: unknown): Promise<Response> =>
  exports.default.fetch(`${ORIGIN}/api/v1/sites/${path}`, {
    method,
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const QUERY = { metrics: ['pageviews'], dimensions: ['page'], period: '7d' }

const share = async ({ domain }: TestSite, fields: object = {}): Promise<{ id: string; url: string }> => {
  const response = await call('POST', `${domain}/shares`, { name: 'sheet', query: QUERY, ...fields })
  expect(response.status).toBe(201)
  return response.json()
}

const siteWithPage = async (): Promise<TestSite> => {
  const site = await createSite()
  await post(site, [
    { name: 'page_view', visitor_id: 'a', time: START - DAY, url: 'https://shop.example/=HYPERLINK(1)' },
  ])
  return site
}

test('the address answers its query as CSV without a key, as the data are when it is asked', async () => {
  const site = await siteWithPage()
  const { url } = await share(site)
  const response = await exports.default.fetch(url)
  expect(await response.text()).toBe('page,pageviews\r\n/=HYPERLINK(1),1\r\n')
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('private, max-age=60')
  await post(site, [{ name: 'page_view', visitor_id: 'b', time: START - DAY, url: 'https://shop.example/new' }])
  expect(await (await exports.default.fetch(url)).text()).toContain('/new,1')
  expect(await (await exports.default.fetch(`${url}?columns=all`)).text()).toContain('pageviews_status')
})

test('it answers no other query, and its token opens nothing else', async () => {
  const site = await siteWithPage()
  const { url } = await share(site)
  const other = await exports.default.fetch(`${url}?metrics=visitors&by=country&period=today`)
  expect(await other.text()).toBe(await (await exports.default.fetch(url)).text())
  const token = url.slice(url.lastIndexOf('/') + 1)
  const headers = { authorization: `Bearer ${token}` }
  const body = JSON.stringify({ site: site.domain, metrics: ['visitors'] })
  expect((await exports.default.fetch(`${ORIGIN}/api/v1/query`, { method: 'POST', headers, body })).status).toBe(401)
})

test('it is listed without its token, which is stored nowhere, and can be removed', async () => {
  const site = await siteWithPage()
  const { id, url } = await share(site)
  const token = url.slice(url.lastIndexOf('/') + 1)
  expect(token).toMatch(/^[0-9a-f]{48}$/)
  const listed = await (await call('GET', `${site.domain}/shares`)).text()
  expect(JSON.parse(listed)).toEqual({
    shares: [{ id, name: 'sheet', query: QUERY, created: new Date(START).toISOString(), expires: null }],
  })
  const { results } = await env.DB.prepare('select * from shares').all()
  expect(listed + JSON.stringify(results)).not.toContain(token)
  const foreign = await createSite()
  expect((await call('DELETE', `${foreign.domain}/shares/${id}`)).status).toBe(404)
  expect((await exports.default.fetch(url)).status).toBe(200)
  expect((await call('DELETE', `${site.domain}/shares/${id}`)).status).toBe(204)
  expect((await exports.default.fetch(url)).status).toBe(404)
})

test('it expires, and ends with its site', async () => {
  const site = await siteWithPage()
  const { url } = await share(site, { expires: new Date(START + DAY).toISOString() })
  const lasting = await share(site)
  vi.setSystemTime(START + DAY - 1)
  expect((await exports.default.fetch(url)).status).toBe(200)
  vi.setSystemTime(START + DAY)
  expect((await exports.default.fetch(url)).status).toBe(404)
  expect((await call('DELETE', site.domain)).status).toBe(204)
  expect((await exports.default.fetch(lasting.url)).status).toBe(404)
})

test('a query that is no longer possible says so', async () => {
  const site = await siteWithPage()
  const goals = [{ id: 'trial', name: 'Trial', event: 'trial_start' }]
  await patchSite(site, { settings: { goals } })
  const { url } = await share(site, {
    query: { metrics: ['goal_conversion_rate'], parameters: { goal_conversion_rate: { goal: 'trial' } } },
  })
  expect((await exports.default.fetch(url)).status).toBe(200)
  await patchSite(site, { settings: { goals: [] } })
  expect((await exports.default.fetch(url)).status).toBe(400)
})

test('a share without a valid query is rejected, with the reason', async () => {
  const { domain } = await createSite()
  const codes = await Promise.all(
    [
      { query: QUERY },
      { name: 'x', query: [QUERY] },
      { name: 'x', query: { ...QUERY, site: 'other.example' } },
      { name: 'x', query: { ...QUERY, metrics: ['visits'] } },
      { name: 'x', query: QUERY, expires: '2020-01-01T00:00:00Z' },
      { name: 'x', query: QUERY, password: 'secret' },
    ].map(async body => {
      const { error } = await (await call('POST', `${domain}/shares`, body)).json<{ error: { code: string } }>()
      return error.code
    }),
  )
  expect(codes).toEqual(['missing_name', 'bad_query', 'wrong_site', 'unknown_metric', 'bad_expiry', 'unknown_field'])
})
