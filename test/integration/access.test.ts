import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { cookieOfMember, invite } from './memberCookie'
import { createSite, migrate, type TestSite } from './setup'

const ORIGIN = 'https://stats.example'
const ISSUER = 'https://shop.cloudflareaccess.com'
const AUDIENCE = 'a'.repeat(64)

let site: TestSite
let keys: { readonly kid: string; readonly pair: CryptoKeyPair }[] = []
let reads = 0
let isReachable = true

const addKey = async (kid: string): Promise<void> => {
  keys = [...keys, { kid, pair: (await generateKeyPair('RS256')) as CryptoKeyPair }]
}

/** Cloudflare's part: the address of the team's public keys. */
const certs = async (input: RequestInfo | URL): Promise<Response> => {
  reads += 1
  expect(String(input)).toBe(`${ISSUER}/cdn-cgi/access/certs`)
  if (!isReachable) return new Response('', { status: 502 })
  const all = await Promise.all(
    keys.map(async ({ kid, pair }) => ({ ...(await exportJWK(pair.publicKey)), kid, alg: 'RS256', use: 'sig' })),
  )
  return Response.json({ keys: all })
}

beforeAll(async () => {
  await migrate()
  site = await createSite()
  await addKey('first')
  await invite('viewer', [site.domain], { email: 'Ada@shop.example' })
})
beforeEach(() => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(certs)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

interface Claims {
  readonly email?: string
  readonly issuer?: string
  readonly audience?: string
  readonly expires?: string
  readonly kid?: string
  readonly signer?: CryptoKey
}

const tokenOf = ({ email = 'ada@shop.example', issuer = ISSUER, audience = AUDIENCE, ...claims }: Claims = {}) => {
  const { kid = 'first', expires = '1h', signer } = claims
  const known = keys.find(key => key.kid === kid)?.pair.privateKey
  return new SignJWT({ email })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(issuer)
    .setAudience([audience])
    .setIssuedAt()
    .setExpirationTime(expires)
    .sign(signer ?? known ?? new Uint8Array())
}

const request = (path: string, token: string, headers: Record<string, string> = {}, bindings: object = {}) =>
  worker.fetch(
    new Request(`${ORIGIN}${path}`, {
      headers: { 'cf-access-jwt-assertion': token, 'sec-fetch-site': 'same-origin', ...headers },
    }),
    { ...env, ACCESS_TEAM: 'shop', ACCESS_AUD: AUDIENCE, ...bindings },
    createExecutionContext(),
  )

const statusOf = async (...asked: Parameters<typeof request>): Promise<number> => (await request(...asked)).status

test('the e-mail address that Cloudflare Access has verified signs its person in, with one read of the keys', async () => {
  reads = 0
  for (let i = 0; i < 3; i += 1) {
    const answer = await request('/api/v1/sites', await tokenOf())
    expect(await answer.json()).toMatchObject({ sites: [{ domain: site.domain }] })
  }
  expect(reads).toBe(1)
  const page = await (await request('/', await tokenOf())).text()
  expect([page.includes('name="token"'), page.includes(site.domain)]).toEqual([false, true])
})

test('a token lets nobody in who is unknown, and none of another team, application, time or signer does', async () => {
  const stranger = (await generateKeyPair('RS256')).privateKey as CryptoKey
  const hmac = await new SignJWT({ email: 'ada@shop.example' })
    .setProtectedHeader({ alg: 'HS256', kid: 'first' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setExpirationTime('1h')
    .sign(new Uint8Array(32))
  const [header = '', payload = ''] = (await tokenOf()).split('.')
  const none = `${btoa('{"alg":"none"}').replaceAll('=', '')}.${payload}.`
  const refused = [
    await tokenOf({ email: 'eve@shop.example' }),
    await tokenOf({ issuer: 'https://evil.cloudflareaccess.com' }),
    await tokenOf({ audience: 'b'.repeat(64) }),
    await tokenOf({ expires: '-1m' }),
    await tokenOf({ signer: stranger }),
    hmac,
    none,
    `${header}.${payload}.`,
    'nonsense',
    '',
  ]
  for (const token of refused) expect([token, await statusOf('/api/v1/sites', token)]).toEqual([token, 401])
})

test('addresses that differ in more than the case of A to Z are different people', async () => {
  await invite('viewer', [site.domain], { email: 'kim@shop.example' })
  expect(await statusOf('/api/v1/sites', await tokenOf({ email: 'KIM@Shop.example' }))).toBe(200)
  expect(await statusOf('/api/v1/sites', await tokenOf({ email: '\u212aim@shop.example' }))).toBe(401)
})

test('the cookie of a person who was removed keeps nobody out whom Access lets in', async () => {
  const cookie = await cookieOfMember('0000000000000000')
  expect(await statusOf('/api/v1/sites', await tokenOf(), { cookie })).toBe(200)
})

test('a page of another site cannot use it, and without both settings it means nothing', async () => {
  const token = await tokenOf()
  expect(await statusOf('/api/v1/sites', token, { 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await statusOf('/api/v1/sites', token, {}, { ACCESS_AUD: undefined })).toBe(401)
  expect(await statusOf('/api/v1/sites', token, {}, { ACCESS_TEAM: undefined })).toBe(401)
  for (const ACCESS_TEAM of [ISSUER, `${ISSUER}/`, 'shop.cloudflareaccess.com', 'http://shop.cloudflareaccess.com'])
    expect(await statusOf('/api/v1/sites', token, {}, { ACCESS_TEAM })).toBe(200)
})

test('a new key is read when a token names it, and unreachable keys are an error of their own', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
  await addKey('second')
  expect(await statusOf('/api/v1/sites', await tokenOf({ kid: 'second' }))).toBe(200)
  vi.setSystemTime(Date.now() + 3_600_000)
  isReachable = false
  expect(await statusOf('/api/v1/sites', await tokenOf())).toBe(503)
  isReachable = true
  expect(await statusOf('/api/v1/sites', await tokenOf())).toBe(200)
})
