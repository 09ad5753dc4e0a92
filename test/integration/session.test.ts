import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { sha256Hex } from '../../worker/lib/hash'
import { createSite, deleteSite, migrate, type TestSite } from './setup'

const ORIGIN = 'https://stats.example'
const DAY = 86_400_000

let site: TestSite

beforeAll(async () => {
  await migrate()
  site = await createSite()
})

const request = (path: string, init: RequestInit = {}) =>
  exports.default.fetch(`${ORIGIN}${path}`, { redirect: 'manual', ...init })

const signIn = (token: string, headers: Record<string, string> = { origin: ORIGIN }, to = '/') =>
  request('/login', { method: 'POST', headers, body: new URLSearchParams({ token, to }) })

/** The cookie as returned by a browser. */
const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? ''

const signedIn = async (token: string): Promise<string> => cookieOf(await signIn(token))

const ask = (cookie: string, headers: Record<string, string>, domain = site.domain) =>
  request('/api/v1/query', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ site: domain, metrics: ['visitors'] }),
  })

const SAME = { 'sec-fetch-site': 'same-origin' }

const codeOf = async (response: Response) => {
  const { error } = await response.json<{ error: { code: string } }>()
  return [response.status, error.code]
}

test('the admin token signs in with a cookie hidden from scripts, other sites and plain connections', async () => {
  const response = await signIn(env.ADMIN_TOKEN, { origin: ORIGIN }, '/?period=7d')
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/?period=7d')
  expect(response.headers.get('set-cookie')).toMatch(
    /^footfall_session=[0-9a-f]{64}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  expect(response.headers.get('set-cookie')).not.toContain(env.ADMIN_TOKEN)
})

test('on a local server the cookie works without TLS', async () => {
  for (const origin of ['http://localhost:8787', 'http://127.0.0.1:8787', 'http://192.168.0.2:8787']) {
    const response = await exports.default.fetch(`${origin}/login`, {
      method: 'POST',
      redirect: 'manual',
      headers: { origin },
      body: new URLSearchParams({ token: env.ADMIN_TOKEN }),
    })
    expect(response.headers.get('set-cookie')).not.toContain('Secure')
  }
})

test.each([
  '//evil.example/',
  'https://evil.example/',
  '/\\evil.example',
  'javascript:alert(1)',
  '/.//evil.example',
  '/..//evil.example',
  '/%2e//evil.example',
  '/shop/..//evil.example',
  `${ORIGIN}//evil.example`,
])('signing in never redirects to %s', async to => {
  const location = (await signIn(env.ADMIN_TOKEN, { origin: ORIGIN }, to)).headers.get('location') ?? ''
  expect(location.startsWith('/') && new URL(location, ORIGIN).origin === ORIGIN).toBe(true)
})

test('a wrong token and a write key do not sign in', async () => {
  const wrong = await signIn('nonsense')
  expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null])
  expect(await wrong.text()).toContain('Invalid API key. It may have been revoked.')
  const write = await signIn(site.write)
  expect([write.status, write.headers.get('set-cookie')]).toEqual([403, null])
})

test('a browser that signs in again has no earlier sign-in left', async () => {
  const former = await signedIn(site.read)
  const cookie = cookieOf(await signIn(env.ADMIN_TOKEN, { origin: ORIGIN, cookie: former }))
  expect([(await ask(former, SAME)).status, (await ask(cookie, SAME)).status]).toEqual([401, 200])
})

test('a form of another site neither signs in nor out', async () => {
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
  expect(await codeOf(await signIn(env.ADMIN_TOKEN, foreign))).toEqual([403, 'cross_site'])
  const cookie = await signedIn(env.ADMIN_TOKEN)
  const out = await request('/logout', { method: 'POST', headers: { cookie, ...foreign } })
  expect(await codeOf(out)).toEqual([403, 'cross_site'])
})

test('the cookie reads and writes like its token, from pages of this address', async () => {
  const cookie = await signedIn(env.ADMIN_TOKEN)
  for (const headers of [SAME, { origin: ORIGIN }]) expect((await ask(cookie, headers)).status).toBe(200)
  const sites = await request('/api/v1/sites', { headers: { cookie, ...SAME } })
  expect(sites.status).toBe(200)
  const added = await request('/api/v1/sites', {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', ...SAME },
    body: JSON.stringify({ domain: 'by-cookie.example' }),
  })
  expect(added.status).toBe(201)
})

test.each([
  [{}],
  [{ 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
  [{ 'sec-fetch-site': 'same-site', origin: 'https://shop.stats.example' }],
  [{ 'sec-fetch-site': 'none' }],
  [{ origin: 'null' }],
  [{ origin: 'http://stats.example' }],
])('a request with the cookie and %o is rejected', async headers => {
  const cookie = await signedIn(env.ADMIN_TOKEN)
  expect(await codeOf(await ask(cookie, headers))).toEqual([403, 'cross_site'])
  const removing = await request(`/api/v1/sites/${site.domain}`, { method: 'DELETE', headers: { cookie, ...headers } })
  expect(await codeOf(removing)).toEqual([403, 'cross_site'])
  const reading = await request('/api/v1/sites', { headers: { cookie, ...headers } })
  expect(await codeOf(reading)).toEqual([403, 'cross_site'])
})

test('a header with a key wins over the cookie', async () => {
  const cookie = await signedIn(env.ADMIN_TOKEN)
  expect((await ask(cookie, { authorization: `Bearer ${site.read}` })).status).toBe(200)
  expect(await codeOf(await ask(cookie, { authorization: 'Bearer nonsense', ...SAME }))).toEqual([401, 'wrong_key'])
})

test("a read key's cookie opens only its site", async () => {
  const other = await createSite()
  const cookie = await signedIn(site.read)
  expect((await ask(cookie, SAME)).status).toBe(200)
  expect(await codeOf(await ask(cookie, SAME, other.domain))).toEqual([403, 'wrong_site'])
  const { sites } = await (await request('/api/v1/sites', { headers: { cookie, ...SAME } })).json<{ sites: object[] }>()
  expect(sites).toMatchObject([{ domain: site.domain }])
  expect(sites[0]).not.toHaveProperty('settings')
  const events = await request(`/api/v1/events?site=${site.domain}`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json', ...SAME },
    body: '{"events":[]}',
  })
  expect(await codeOf(events)).toEqual([403, 'wrong_scope'])
  await deleteSite(other)
})

test("a read key's cookie ends when the key is removed", async () => {
  const cookie = await signedIn(site.read)
  const admin = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const { keys } = await (await request(`/api/v1/sites/${site.domain}/keys`, { headers: admin })).json<{
    keys: { id: string; scope: string }[]
  }>()
  const id = keys.find(({ scope }) => scope === 'read')?.id
  await request(`/api/v1/sites/${site.domain}/keys/${id}`, { method: 'DELETE', headers: admin })
  expect(await codeOf(await ask(cookie, SAME))).toEqual([401, 'wrong_key'])
  expect(await (await request('/', { headers: { cookie } })).text()).toContain('name="token"')
})

test('a modified or 30-day-old cookie is invalid', async () => {
  const cookie = await signedIn(env.ADMIN_TOKEN)
  const changed = cookie.replace(/.$/, last => (last === '0' ? '1' : '0'))
  for (const forged of [changed, 'footfall_session=admin.9999999999999', 'footfall_session='])
    expect(await codeOf(await ask(forged, SAME))).toEqual([401, 'missing_key'])
  expect((await ask(cookie, SAME)).status).toBe(200)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * DAY })
  expect(await codeOf(await ask(cookie, SAME))).toEqual([401, 'missing_key'])
  vi.useRealTimers()
})

test('signing out clears the cookie and revokes its copies', async () => {
  const [cookie, another] = [await signedIn(env.ADMIN_TOKEN), await signedIn(env.ADMIN_TOKEN)]
  const response = await request('/logout', { method: 'POST', headers: { cookie, origin: ORIGIN } })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/'])
  expect(response.headers.get('set-cookie')).toMatch(
    /^footfall_session=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  expect(await codeOf(await ask(cookie, SAME))).toEqual([401, 'missing_key'])
  expect(await (await request('/', { headers: { cookie } })).text()).toContain('name="token"')
  expect((await ask(another, SAME)).status).toBe(200)
})

test('another admin token ends every session', async () => {
  const { read } = await createSite()
  const cookies = [await signedIn(env.ADMIN_TOKEN), await signedIn(read)]
  const other = { ...env, ADMIN_TOKEN: 'another-admin-token-of-32-characters' }
  for (const cookie of cookies) {
    const isAskedToSignIn = async (environment: typeof env) => {
      const page = new Request(`${ORIGIN}/`, { headers: { cookie, ...SAME } })
      const response = await worker.fetch(page, environment, createExecutionContext())
      return (await response.text()).includes('name="token"')
    }
    expect([await isAskedToSignIn(env), await isAskedToSignIn(other)]).toEqual([false, true])
  }
})

test('neither cookie nor database allows offline guessing of the admin token', async () => {
  const cookie = await signedIn(env.ADMIN_TOKEN)
  const token = cookie.split('=')[1] ?? ''
  const { results } = await env.DB.prepare('select * from sign_ins').all()
  expect(results.length).toBeGreaterThan(0)
  expect(JSON.stringify(results)).not.toContain(token)
  expect(JSON.stringify(results)).not.toContain(await sha256Hex(env.ADMIN_TOKEN))
  // A second cookie differs from the first.
  expect(await signedIn(env.ADMIN_TOKEN)).not.toBe(cookie)
})

test('an admin token under 32 characters is invalid, and the error gives the command that makes one', async () => {
  const weak = { ...env, ADMIN_TOKEN: 'x'.repeat(31) }
  const fetchWeak = (path: string, init: RequestInit) =>
    worker.fetch(new Request(`${ORIGIN}${path}`, init), weak, createExecutionContext())
  const asked = await fetchWeak('/api/v1/sites', { headers: { authorization: `Bearer ${weak.ADMIN_TOKEN}` } })
  expect(asked.status).toBe(503)
  expect(await asked.json()).toEqual({
    error: {
      code: 'weak_admin_token',
      message: 'ADMIN_TOKEN has fewer than 32 characters; make a new one with: openssl rand -hex 32.',
    },
  })
  const query = { method: 'POST', body: JSON.stringify({ site: site.domain, metrics: ['visitors'] }) }
  const byAdmin = await fetchWeak('/api/v1/query', { ...query, headers: { authorization: `Bearer ${'x'.repeat(31)}` } })
  expect(await codeOf(byAdmin)).toEqual([503, 'weak_admin_token'])
  const form = new URLSearchParams({ token: weak.ADMIN_TOKEN })
  const signing = await fetchWeak('/login', { method: 'POST', headers: { origin: ORIGIN }, body: form })
  expect([signing.status, signing.headers.get('set-cookie')]).toEqual([503, null])
  expect(await signing.text()).toContain('openssl rand -hex 32')
  // A key remains valid.
  const { domain, read } = await createSite()
  const byKey = await fetchWeak('/api/v1/query', {
    method: 'POST',
    headers: { authorization: `Bearer ${read}` },
    body: JSON.stringify({ site: domain, metrics: ['visitors'] }),
  })
  expect(byKey.status).toBe(200)
})

test('every answer forbids content sniffing', async () => {
  const answers = [
    request('/'),
    request('/health'),
    request('/nothing'),
    request('/v1/e', { method: 'OPTIONS' }),
    request('/v1/e', { method: 'POST', body: '{' }),
    request('/api/v1/sites'),
    request('/api/v1/metrics'),
    request('/demo/'),
    request('/login', { method: 'POST' }),
    request(`/api/v1/metrics/visitors?site=${site.domain}&format=csv`, {
      headers: { authorization: `Bearer ${site.read}` },
    }),
  ]
  for (const answer of await Promise.all(answers))
    expect([answer.url, answer.status, answer.headers.get('x-content-type-options')]).toEqual([
      answer.url,
      answer.status,
      'nosniff',
    ])
})

test('the beacon neither reads nor sets cookies', async () => {
  const cookie = await signedIn(env.ADMIN_TOKEN)
  const beacon = await request('/v1/e', { method: 'POST', headers: { cookie }, body: '{}' })
  expect(beacon.headers.get('set-cookie')).toBeNull()
})

test('a page linked from another site reloads, so that the browser sends the cookie', async () => {
  const followed = await request('/?period=7d', { headers: { 'sec-fetch-site': 'cross-site' } })
  expect(await followed.text()).toContain('http-equiv="refresh"')
  const again = await request('/?period=7d', { headers: SAME })
  expect(await again.text()).toContain('value="/?period=7d"')
})

test('pages allow nothing inline and nothing from other origins', async () => {
  const cookie = await signedIn(env.ADMIN_TOKEN)
  for (const headers of [{ cookie }, {}]) {
    const page = await request('/', { headers })
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
        "manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; " +
        "trusted-types 'none'",
    )
    expect(await page.text()).toMatch(/src="\/assets\/\w+-\w+\.js"/)
  }
})
