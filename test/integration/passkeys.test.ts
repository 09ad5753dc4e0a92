import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { LIMITS } from '../../shared/limits'
import { invite } from './memberCookie'
import { migrate } from './setup'
import { type Claims, SoftPasskey } from './softPasskey'

const ORIGIN = 'https://stats.example'
const DAY = 86_400_000
const MINUTE = 60_000

beforeAll(migrate)
afterEach(() => {
  vi.useRealTimers()
})

/** A browser that keeps its cookies. */
class Browser {
  readonly #cookies = new Map<string, string>()

  async post(path: string, body: unknown = {}, headers: Record<string, string> = { origin: ORIGIN }) {
    const response = await exports.default.fetch(`${ORIGIN}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'cf-connecting-ip': `198.51.100.${Math.floor(Math.random() * 250)}`,
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      body: JSON.stringify(body),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^(\w+)=([^;]*)/.exec(cookie) ?? []
      this.#cookies.set(name, value)
    }
    const answer = await response.json<{ challenge: string; error?: { code: string } }>()
    return { status: response.status, answer, code: answer.error?.code }
  }

  async challenge(path: string): Promise<string> {
    return (await this.post(`${path}/options`)).answer.challenge
  }

  get isSignedIn(): boolean {
    return this.#cookies.has('footfall_session')
  }
}

const pathOf = (link: string): string => new URL(link).pathname

const register = async (browser: Browser, passkey: SoftPasskey, path: string, claims: Claims = {}) =>
  browser.post(`${path}/passkey`, { response: await passkey.register(await browser.challenge(path), claims) })

const signIn = async (browser: Browser, passkey: SoftPasskey, claims: Claims = {}) =>
  browser.post('/login/passkey', { response: await passkey.signIn(await browser.challenge('/login'), claims) })

/** A passkey that was registered. */
const registered = async (): Promise<{ readonly passkey: SoftPasskey; readonly id: string }> => {
  const { id, invite: link } = await invite('viewer', '*')
  const passkey = await SoftPasskey.make()
  expect((await register(new Browser(), passkey, pathOf(link))).status).toBe(200)
  return { passkey, id }
}

test('an invite registers one passkey, which signs in again and again', async () => {
  const path = pathOf((await invite('viewer', '*')).invite)
  const [browser, passkey] = [new Browser(), await SoftPasskey.make()]
  expect(await register(browser, passkey, path)).toMatchObject({ status: 200, answer: { to: '/' } })
  expect(browser.isSignedIn).toBe(true)
  for (const again of [new Browser(), new Browser()]) {
    expect((await signIn(again, passkey)).status).toBe(200)
    expect(again.isSignedIn).toBe(true)
  }
  expect(await browser.post(`${path}/options`)).toMatchObject({ status: 410, code: 'used_invite' })
})

test('a new invite registers another passkey, and ends neither the first nor its sign-in', async () => {
  const { id, invite: link } = await invite('viewer', '*')
  const [browser, first, second] = [new Browser(), await SoftPasskey.make(), await SoftPasskey.make()]
  await register(browser, first, pathOf(link))
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const again = await browser.post(`/api/v1/people/${id}/invite`, {}, headers)
  expect(again.status).toBe(201)
  const path = pathOf((again.answer as unknown as { invite: string }).invite)
  expect((await register(new Browser(), second, path)).status).toBe(200)
  for (const passkey of [first, second]) expect((await signIn(new Browser(), passkey)).status).toBe(200)
  const query = { site: 'nowhere.example', metrics: ['visitors'] }
  expect(await browser.post('/api/v1/query', query)).toMatchObject({ code: 'unknown_site' })
  expect(await new Browser().post(`${path}/options`)).toMatchObject({ status: 410, code: 'used_invite' })
})

test('of two browsers with one invite, one registers', async () => {
  const path = pathOf((await invite('viewer', '*')).invite)
  const browsers = [new Browser(), new Browser()]
  const answers = await Promise.all(browsers.map(async one => register(one, await SoftPasskey.make(), path)))
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 410])
})

test('an invite expires after seven days', async () => {
  const path = pathOf((await invite('viewer', '*')).invite)
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 7 * DAY - MINUTE })
  expect((await new Browser().post(`${path}/options`)).status).toBe(200)
  vi.setSystemTime(Date.now() + MINUTE)
  expect(await new Browser().post(`${path}/options`)).toMatchObject({ status: 410, code: 'expired_invite' })
})

const HOSTILE: readonly (readonly [string, Claims])[] = [
  ['of a page of another site', { origin: 'https://evil.example' }],
  ['of a subdomain', { origin: 'https://evil.stats.example' }],
  ['for another host', { rpId: 'evil.example' }],
  ['of another kind', { type: 'webauthn.other' }],
  ['without a fingerprint or PIN', { isVerified: false }],
]

test.each(HOSTILE)('an answer %s neither registers nor signs in', async (_, claims) => {
  const browser = new Browser()
  const path = pathOf((await invite('viewer', '*')).invite)
  const refused = { status: 401, code: 'wrong_passkey' }
  expect(await register(browser, await SoftPasskey.make(), path, claims)).toMatchObject(refused)
  const { passkey } = await registered()
  expect(await signIn(browser, passkey, claims)).toMatchObject(refused)
  expect(browser.isSignedIn).toBe(false)
  // The invite can still be used.
  expect((await register(browser, await SoftPasskey.make(), path)).status).toBe(200)
})

test('a challenge is for one browser, one use and five minutes', async () => {
  const { passkey } = await registered()
  const [browser, thief] = [new Browser(), new Browser()]
  const refused = { status: 400, code: 'wrong_challenge' }
  const response = await passkey.signIn(await browser.challenge('/login'))
  await thief.challenge('/login')
  expect(await thief.post('/login/passkey', { response })).toMatchObject(refused)
  expect((await browser.post('/login/passkey', { response })).status).toBe(200)
  expect(await browser.post('/login/passkey', { response })).toMatchObject(refused)
  const made = await passkey.signIn('bm90IGEgY2hhbGxlbmdlIG9mIHRoaXMgc2VydmVy')
  expect(await browser.post('/login/passkey', { response: made })).toMatchObject(refused)
  const late = await passkey.signIn(await browser.challenge('/login'))
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * MINUTE })
  expect(await browser.post('/login/passkey', { response: late })).toMatchObject(refused)
  expect(thief.isSignedIn).toBe(false)
})

test('a client asks for few challenges a minute, as each is a row', async () => {
  const ask = () => new Browser().post('/login/options', {}, { origin: ORIGIN, 'cf-connecting-ip': '203.0.113.9' })
  for (let i = 0; i < LIMITS.challengesPerMinute; i += 1) expect((await ask()).status).toBe(200)
  expect(await ask()).toMatchObject({ status: 429, code: 'rate_limited' })
  const foreign = { origin: 'https://evil.example', 'cf-connecting-ip': '203.0.113.10' }
  for (let i = 0; i <= LIMITS.challengesPerMinute; i += 1)
    expect(await new Browser().post('/login/options', {}, foreign)).toMatchObject({ status: 403, code: 'cross_site' })
  expect((await new Browser().post('/login/options', {}, { ...foreign, origin: ORIGIN })).status).toBe(200)
})

test('another passkey with the id of one, a copy that counts again, and an unknown one do not sign in', async () => {
  const refused = { status: 401, code: 'wrong_passkey' }
  const [{ passkey }, forged] = [await registered(), await SoftPasskey.make()]
  expect(await signIn(new Browser(), forged)).toMatchObject(refused)
  const browser = new Browser()
  const response = { ...(await forged.signIn(await browser.challenge('/login'))), id: passkey.id, rawId: passkey.id }
  expect(await browser.post('/login/passkey', { response })).toMatchObject(refused)
  passkey.counter = 0
  expect(await signIn(browser, passkey)).toMatchObject(refused)
  expect(browser.isSignedIn).toBe(false)
})

test.each([
  null,
  [],
  {},
  { response: null },
  { response: { id: 'x' } },
  { response: { id: 7, response: { clientDataJSON: '' } } },
  { response: { id: 'x'.repeat(2_000), response: { clientDataJSON: '' } } },
  { response: { id: 'x', response: { clientDataJSON: '%' } } },
  { response: { id: 'x', response: { clientDataJSON: 'bnVsbA' } } },
])('%j is rejected as the answer of a passkey', async body => {
  const browser = new Browser()
  await browser.challenge('/login')
  const { status, code } = await browser.post('/login/passkey', body)
  expect([status, ['bad_shape', 'wrong_challenge'].includes(code ?? '')]).toEqual([400, true])
})

test('a member who was removed has no passkey any more', async () => {
  const { passkey, id } = await registered()
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  await exports.default.fetch(`${ORIGIN}/api/v1/people/${id}`, { method: 'DELETE', headers })
  expect(await signIn(new Browser(), passkey)).toMatchObject({ status: 401, code: 'wrong_passkey' })
})
