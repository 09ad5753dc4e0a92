import { env, exports } from 'cloudflare:workers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { IMPORTS } from '../../shared/imports'
import { PAGES } from '../../worker/dashboard/pages'
import type { Access } from '../../worker/http/access'
import { openapi } from '../../worker/http/openapi/openapi'
import type { Route } from '../../worker/http/route'
import { app } from '../../worker/index'
import { routes } from '../../worker/routes'
import type { MemberSites, Role } from '../../worker/storage/teamMember'
import { memberCookie } from './memberCookie'
import { createSite, migrate, type TestSite } from './setup'

const ORIGIN = 'https://stats.example'
const DAY = 86_400_000
const NOTHING = ''

/** A site, and every credential for it or for another one. */
interface World extends TestSite {
  readonly exporting: string
  readonly other: TestSite
  readonly expired: string
  readonly ownersOldCookie: string
  /** What the viewer of a share of every page sends. */
  readonly viewing: string
}

/** The headers of each caller. */
const IDENTITIES = {
  'no key': () => ({}),
  'a wrong key': () => bearer(`footfall_read_${'0'.repeat(48)}`),
  'an expired key': ({ expired }) => bearer(expired),
  'a read key': ({ read }) => bearer(read),
  'a write key': ({ write }) => bearer(write),
  'an export key': ({ exporting }) => bearer(exporting),
  "another site's read key": ({ other }) => bearer(other.read),
  "another site's write key": ({ other }) => bearer(other.write),
  'the admin token': () => bearer(env.ADMIN_TOKEN),
  'the admin token, in the address': () => ({ query: `key=${env.ADMIN_TOKEN}&token=${env.ADMIN_TOKEN}` }),
  "the owner's cookie": async () => ({ ...SAME, cookie: await signIn(env.ADMIN_TOKEN) }),
  "a reader's cookie": async ({ read }) => ({ ...SAME, cookie: await signIn(read) }),
  'a viewer': ({ domain }) => asMember('viewer', [domain]),
  'an editor': ({ domain }) => asMember('editor', [domain]),
  'an owner of the site': ({ domain }) => asMember('owner', [domain]),
  'an owner of all sites': () => asMember('owner', '*'),
  'a viewer of another site': ({ other }) => asMember('viewer', [other.domain]),
  'a share link': ({ viewing }) => bearer(viewing),
  'an expired cookie': ({ ownersOldCookie }) => ({ ...SAME, cookie: ownersOldCookie }),
  "the owner's cookie, from a page of another site": async () => ({
    ...CROSS,
    cookie: await signIn(env.ADMIN_TOKEN),
  }),
} satisfies Record<string, (world: World) => Sent | Promise<Sent>>

type Identity = keyof typeof IDENTITIES
type Sent = Readonly<Record<string, string>>

const bearer = (token: string): Sent => ({ authorization: `Bearer ${token}` })
const SAME = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }
const CROSS = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }

/** Of members of this world. */
const memberCookies = new Map<string, string>()

const asMember = async (role: Role, sites: MemberSites): Promise<Sent> => {
  const name = `${role} of ${sites}`
  const cookie = memberCookies.get(name) ?? (await memberCookie(role, sites))
  memberCookies.set(name, cookie)
  return { ...SAME, cookie }
}

const WITHOUT_KEY = {
  'no key': [401, 'missing_key'],
  'a wrong key': [401, 'wrong_key'],
  'an expired key': [401, 'expired_key'],
  'the admin token, in the address': [401, 'missing_key'],
  'an expired cookie': [401, 'missing_key'],
  "the owner's cookie, from a page of another site": [403, 'cross_site'],
} as const

type Outcome = readonly [status: number, code: string]
/** The rejected callers and their answers; every other caller passes. */
type Refused = Readonly<Partial<Record<Identity, Outcome>>>

const ANYONE: Refused = {}
const VIEWER: Refused = {
  ...WITHOUT_KEY,
  'a write key': [403, 'wrong_scope'],
  'an export key': [403, 'wrong_scope'],
  "another site's read key": [403, 'wrong_site'],
  "another site's write key": [403, 'wrong_site'],
  'a viewer of another site': [403, 'wrong_site'],
}
const READER: Refused = { ...VIEWER, 'a share link': [403, 'not_shared'] }
const WRITER: Refused = {
  ...WITHOUT_KEY,
  'a share link': [403, 'not_shared'],
  'a read key': [403, 'wrong_scope'],
  'an export key': [403, 'wrong_scope'],
  "a reader's cookie": [403, 'wrong_scope'],
  "another site's read key": [403, 'wrong_site'],
  "another site's write key": [403, 'wrong_site'],
  'a viewer': [403, 'wrong_role'],
  'an editor': [403, 'wrong_role'],
  'a viewer of another site': [403, 'wrong_site'],
}
const { 'an export key': _, ...EXPORTER }: Refused = { ...READER, ...WRITER }
const SIGNED_IN: Refused = {
  ...WITHOUT_KEY,
  'a read key': [403, 'not_admin'],
  'a write key': [403, 'not_admin'],
  'an export key': [403, 'not_admin'],
  "another site's read key": [403, 'not_admin'],
  "another site's write key": [403, 'not_admin'],
  'a share link': [403, 'not_admin'],
}
const EDITOR: Refused = {
  ...SIGNED_IN,
  "a reader's cookie": [403, 'not_admin'],
  'a viewer': [403, 'wrong_role'],
  'a viewer of another site': [403, 'wrong_site'],
}
const OWNER_OF_SITE: Refused = { ...EDITOR, 'an editor': [403, 'wrong_role'] }
const ANY_OWNER: Refused = { ...OWNER_OF_SITE, 'a viewer of another site': [403, 'wrong_role'] }
const OWNER: Refused = { ...ANY_OWNER, 'an owner of the site': [403, 'wrong_role'] }
const COOKIES: readonly Identity[] = [
  "the owner's cookie",
  "a reader's cookie",
  'a viewer',
  'an editor',
  'an owner of the site',
  'an owner of all sites',
  'a viewer of another site',
  'an expired cookie',
]
/** A form of the dashboard with its token in the body: only its own pages may send it, whatever else they hold. */
const OWN_PAGES: Refused = Object.fromEntries(
  Object.keys(IDENTITIES)
    .filter(who => !COOKIES.includes(who as Identity))
    .map(who => [who, [403, 'cross_site']]),
)

const refusedBy = (access: Access): Refused =>
  ({
    anyone: ANYONE,
    'signed in': ANYONE,
    'own page': OWN_PAGES,
    'any sign-in': SIGNED_IN,
    'any owner': ANY_OWNER,
    owner: 'domain' in access ? OWNER_OF_SITE : OWNER,
    editor: EDITOR,
    'read key':
      'isOptional' in access && access.isOptional ? ANYONE : 'isShared' in access && access.isShared ? VIEWER : READER,
    'write key': WRITER,
    'export key': EXPORTER,
  })[access.who]

/** A valid request for each route. A route without one is called with its address alone. */
interface Sample {
  /** The answer to an allowed caller. */
  readonly status: number
  readonly path?: (world: World) => string
  readonly body?: (world: World) => BodyInit
  readonly headers?: (world: World) => Sent
}

const site = ({ domain }: World) => domain
const json = (of: (world: World) => unknown) => (world: World) => JSON.stringify(of(world))
const fixed = (path: string) => () => path

const SAMPLES: Readonly<Record<string, Sample>> = {
  'GET /health': { status: 200 },
  'GET /api/v1/doctor': { status: 200 },
  'POST /v1/e': {
    status: 204,
    headers: ({ domain }) => ({ origin: `https://${domain}`, 'sec-fetch-site': 'cross-site' }),
    body: json(({ domain }) => ({
      v: 1,
      s: domain,
      n: Date.now(),
      e: [{ i: 1, t: Date.now(), u: `https://${domain}/` }],
    })),
  },
  'POST /login': { status: 401, body: () => new URLSearchParams({ token: 'nonsense' }) },
  'POST /login/options': { status: 200 },
  'POST /login/passkey': { status: 400, body: () => '{}' },
  'GET /invite/:token': { status: 404 },
  'POST /invite/:token/options': { status: 404 },
  'POST /invite/:token/passkey': { status: 404, body: () => '{}' },
  'POST /logout': { status: 303 },
  'POST /api/v1/events': {
    status: 200,
    path: world => `/api/v1/events?site=${site(world)}`,
    body: () => '{"events":[]}',
  },
  'POST /hooks/:site/:provider': {
    status: 200,
    path: world => `/hooks/${site(world)}/woocommerce`,
    body: () => 'webhook_id=1',
  },
  'GET /api/v1/imports/:kind/template.csv': {
    status: 200,
    path: fixed('/api/v1/imports/costs/template.csv'),
  },
  'POST /api/v1/imports/:kind': {
    status: 200,
    path: world => `/api/v1/imports/${IMPORTS[0].kind}?site=${site(world)}`,
    body: () => '{"rows":[]}',
  },
  'POST /api/v1/query': {
    status: 200,
    body: json(world => ({ site: site(world), metrics: ['visitors'] })),
  },
  'POST /mcp': {
    status: 200,
    path: world => `/mcp?site=${site(world)}`,
    body: () => '{"jsonrpc":"2.0","id":1,"method":"ping"}',
  },
  'GET /mcp': { status: 405 },
  'DELETE /mcp': { status: 405 },
  'GET /api/v1/metrics': { status: 200 },
  'GET /api/v1/metrics/:id': {
    status: 200,
    path: world => `/api/v1/metrics/visitors?site=${site(world)}`,
  },
  'GET /api/v1/openapi.json': { status: 200 },
  'GET /api/v1/sites/:domain/now': { status: 200 },
  'GET /api/v1/sites/:domain/refusals': { status: 200 },
  'GET /api/v1/sites/:domain/excluded': { status: 200 },
  'POST /api/v1/sites/:domain/excluded/apply': { status: 200, body: () => '{}' },
  'GET /api/v1/people': { status: 200 },
  'POST /api/v1/people': {
    status: 201,
    body: json(world => ({ name: 'Ada', role: 'viewer', sites: [site(world)] })),
  },
  'POST /api/v1/people/:id/invite': { status: 404 },
  'PATCH /api/v1/people/:id': { status: 404, body: () => '{"name":"x"}' },
  'DELETE /api/v1/people/:id': { status: 404 },
  'GET /api/v1/sites': { status: 200 },
  'POST /api/v1/sites': { status: 201, body: json(world => ({ domain: `new.${site(world)}` })) },
  'GET /api/v1/sites/:domain': { status: 200 },
  'PATCH /api/v1/sites/:domain': { status: 200, body: () => '{"name":"x"}' },
  'DELETE /api/v1/sites/:domain': { status: 204 },
  'GET /api/v1/sites/:domain/annotations': { status: 200 },
  'POST /api/v1/sites/:domain/annotations': { status: 201, body: () => '{"day":"2026-01-31","text":"x"}' },
  'DELETE /api/v1/sites/:domain/annotations': { status: 404, body: () => '{"day":"2026-01-31","text":"x"}' },
  'GET /api/v1/sites/:domain/changes': { status: 200 },
  'GET /api/v1/sites/:domain/coverage': { status: 200 },
  'POST /api/v1/sites/:domain/platform': { status: 422 },
  'GET /reports/preview': { status: 200, path: world => `/reports/preview?site=${site(world)}` },
  'GET /api/v1/sites/:domain/deliveries': { status: 200 },
  'GET /api/v1/sites/:domain/keys': { status: 200 },
  'POST /api/v1/sites/:domain/keys': { status: 201, body: () => '{"name":"x","scope":"read"}' },
  'DELETE /api/v1/sites/:domain/keys/:id': { status: 404 },
  'GET /api/v1/sites/:domain/users/:user_id/export': { status: 200 },
  'DELETE /api/v1/sites/:domain/users/:user_id': { status: 200 },
  'GET /api/v1/sites/:domain/backup': { status: 200 },
  'GET /api/v1/sites/:domain/export/:table': { status: 200 },
  'GET /api/v1/sites/:domain/shares': { status: 200 },
  'POST /api/v1/sites/:domain/shares': { status: 201, body: () => '{"name":"x","query":{"metrics":["visitors"]}}' },
  'DELETE /api/v1/sites/:domain/shares/:id': { status: 404 },
  'GET /api/v1/shares/:token': { status: 404 },
  'GET /share/:token': { status: 404 },
  'GET /share/:token/:page': { status: 404 },
  'POST /share/:token': { status: 404, body: () => new URLSearchParams({ password: 'nonsense' }) },
  'POST /share/:token/:page': { status: 404, body: () => new URLSearchParams({ password: 'nonsense' }) },
  'POST /api/v1/sites/:domain/restore': { status: 400, body: () => '{}' },
  'DELETE /api/v1/sites/:domain/restore': { status: 404 },
}

const nameOf = ({ method, path }: Route): string => `${method} ${path}`

/** Pages need a sign-in; the files of the demo shop and preflights are public. */
const isFile = (route: Route): boolean => route.access.who === 'anyone' && !(nameOf(route) in SAMPLES)
const GUARDED = routes.filter(route => route.access.who !== 'signed in' && !isFile(route))
const FILES = routes.filter(isFile)

let clients = 0
/** From its own client, so that no caller counts as guessing keys. */
const address = (): string => {
  clients += 1
  return `198.51.${Math.floor(clients / 250)}.${clients % 250}`
}

const signIn = async (token: string): Promise<string> => {
  const response = await exports.default.fetch(`${ORIGIN}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...SAME, 'cf-connecting-ip': address() },
    body: new URLSearchParams({ token }),
  })
  expect(response.status).toBe(303)
  return response.headers.get('set-cookie')?.split(';')[0] ?? NOTHING
}

const newKey = async ({ domain }: Pick<TestSite, 'domain'>, fields: object): Promise<string> => {
  const response = await exports.default.fetch(`${ORIGIN}/api/v1/sites/${domain}/keys`, {
    method: 'POST',
    headers: bearer(env.ADMIN_TOKEN),
    body: JSON.stringify({ name: 'new', ...fields }),
  })
  return (await response.json<{ key: string }>()).key
}

const newShare = async ({ domain }: Pick<TestSite, 'domain'>): Promise<string> => {
  const response = await exports.default.fetch(`${ORIGIN}/api/v1/sites/${domain}/shares`, {
    method: 'POST',
    headers: bearer(env.ADMIN_TOKEN),
    body: '{"name":"new"}',
  })
  const { url } = await response.json<{ url: string }>()
  return `footfall_share_${url.slice(`${ORIGIN}/share/`.length)}`
}

let shared: Omit<World, keyof TestSite | 'exporting' | 'viewing'>

const newWorld = async (): Promise<World> => {
  memberCookies.clear()
  // A minute, so that the admin token's rate limit recovers.
  vi.setSystemTime(Date.now() + 60_000)
  const site = await createSite()
  return { ...site, ...shared, exporting: await newKey(site, { scope: 'export' }), viewing: await newShare(site) }
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 2, 10, 12) })
  await migrate()
  const ownersOldCookie = await signIn(env.ADMIN_TOKEN)
  vi.setSystemTime(Date.now() + 31 * DAY)
  shared = { other: await createSite(), expired: NOTHING, ownersOldCookie }
})
afterAll(() => {
  vi.useRealTimers()
})

/** A key of the site that was just revoked. */
const expiredKey = async ({ domain, read }: TestSite): Promise<string> => {
  const key = await newKey({ domain }, { scope: 'read', expires: new Date(Date.now() + 1_000).toISOString() })
  vi.setSystemTime(Date.now() + 1_000)
  expect(key).not.toBe(read)
  return key
}

const pathOf = (route: string, world: World): string => {
  const [, path = ''] = route.split(' ')
  const own = SAMPLES[route]?.path?.(world) ?? path
  return own
    .replace(':domain', world.domain)
    .replace(':table', 'sessions')
    .replace(':user_id', 'u1')
    .replace(':id', '999999')
}

const ask = async (route: string, world: World, who: Identity) => {
  const { query, ...headers }: Sent = await IDENTITIES[who](world)
  const path = pathOf(route, world)
  const url = query ? `${ORIGIN}${path}${path.includes('?') ? '&' : '?'}${query}` : `${ORIGIN}${path}`
  const body = SAMPLES[route]?.body?.(world)
  const response = await exports.default.fetch(url, {
    method: route.split(' ')[0] ?? 'GET',
    redirect: 'manual',
    headers: {
      'user-agent': 'Mozilla/5.0 (X11) Firefox/143.0',
      ...headers,
      ...SAMPLES[route]?.headers?.(world),
      'cf-connecting-ip': address(),
    },
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  // Secrets in the request never appear in the answer.
  const secrets = [headers.authorization?.slice(7), headers.cookie].filter(secret => secret !== undefined)
  expect(secrets.filter(secret => text.includes(secret))).toEqual([])
  const cookie = response.headers.get('set-cookie')
  return { status: response.status, cookie, text }
}

const codeIn = (text: string): string => (text.startsWith('{') ? (JSON.parse(text).error?.code ?? NOTHING) : NOTHING)
const everybody = Object.keys(IDENTITIES) as Identity[]

test('every registered route declares its callers, once', () => {
  const declared = routes.map(nameOf)
  const registered = app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)
  expect([...new Set(registered)].sort()).toEqual(declared.toSorted())
  expect(Object.keys(SAMPLES).filter(name => !declared.includes(name))).toEqual([])
  expect(routes.flatMap(({ path, access }) => (access.who === 'signed in' ? [path] : [])).sort()).toEqual(
    PAGES.flatMap(({ path, formerPath = [] }) => [path].concat(formerPath)).sort(),
  )
})

const passes = (name: string, { status, text }: { status: number; text: string }): boolean => {
  const expected = SAMPLES[name]?.status
  if (expected !== undefined) return status === expected
  return ![401, 403].includes(status) && codeIn(text) !== 'not_found'
}

describe('callers', () => {
  test.each(GUARDED.map(route => [nameOf(route), refusedBy(route.access)] as const))('%s', async (name, refused) => {
    const before = await newWorld()
    let world: World = { ...before, expired: await expiredKey(before) }
    for (const who of everybody) {
      const answer = await ask(name, world, who)
      const expected = refused[who]
      if (expected) expect([who, answer.status, codeIn(answer.text)]).toEqual([who, ...expected])
      else {
        expect([who, answer.status, passes(name, answer)]).toEqual([who, answer.status, true])
        // Changes made to this site are part of the test.
        if (!name.startsWith('GET') && refused !== ANYONE) world = { ...(await newWorld()), expired: world.expired }
      }
      if (!/\/(?:logout|options)$/.test(name)) expect(answer.cookie).toBeNull()
    }
  })
})

test('match the OpenAPI document', () => {
  const keyed = (Object.entries(openapi().paths) as [string, Record<string, { security?: readonly object[] }>][])
    .flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { security }]) =>
        security?.length ? [`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`] : [],
      ),
    )
    .filter(name => !name.startsWith('POST /api/v1/imports/'))
  const unkeyed: readonly Access['who'][] = ['anyone', 'own page', 'signed in']
  const declared = GUARDED.filter(({ access }) => !unkeyed.includes(access.who)).map(nameOf)
  expect(keyed.sort()).toEqual(declared.filter(name => name !== 'POST /api/v1/imports/:kind').sort())
})

describe('a page of the dashboard', () => {
  test.each(PAGES.map(({ path, adminOnly }) => [path, adminOnly ?? false] as const))('%s', async (path, adminOnly) => {
    const before = await newWorld()
    const world = { ...before, expired: await expiredKey(before) }
    for (const who of everybody) {
      const { status, text } = await ask(`GET ${path}`, world, who)
      const seen = status === 200 && !text.includes('name="token"') && !text.includes('http-equiv="refresh"')
      const isOwner = who.startsWith("the owner's cookie") || who === 'an owner of all sites'
      const isReader = COOKIES.includes(who) && who !== 'an expired cookie'
      expect([who, seen]).toEqual([who, isOwner || (isReader && !adminOnly)])
      if (!seen || who === 'a viewer of another site') expect(text).not.toContain(world.domain)
    }
  })
})

test('a public route is the same for every caller', async () => {
  const before = await newWorld()
  const world = { ...before, expired: await expiredKey(before) }
  for (const name of FILES.slice(0, 40).map(nameOf)) {
    const answers = await Promise.all(everybody.map(who => ask(name, world, who)))
    expect([name, new Set(answers.map(({ status, text }) => `${status} ${text}`)).size]).toEqual([name, 1])
  }
})

test('a key expires on time, is listed without its secret, and cannot be created expired', async () => {
  const world = await newWorld()
  const expires = new Date(Date.now() + DAY).toISOString()
  const keys = (body?: object) =>
    exports.default.fetch(`${ORIGIN}/api/v1/sites/${world.domain}/keys`, {
      method: body ? 'POST' : 'GET',
      headers: bearer(env.ADMIN_TOKEN),
      ...(body && { body: JSON.stringify(body) }),
    })
  const made = await (await keys({ name: 'a day', scope: 'read', expires })).json<{ key: string; expires: string }>()
  expect(made.expires).toBe(expires)
  const listed = await (await keys()).text()
  expect(JSON.parse(listed)).toMatchObject({
    keys: [
      { name: 'write', expires: null },
      { name: 'read', expires: null },
      { name: 'new', scope: 'export', expires: null },
      { name: 'a day', scope: 'read', expires },
    ],
  })
  expect(listed).not.toContain(made.key)
  const opens = async () =>
    (await exports.default.fetch(`${ORIGIN}/api/v1/sites/${world.domain}/now`, { headers: bearer(made.key) })).status
  vi.setSystemTime(Date.parse(expires) - 1)
  expect(await opens()).toBe(200)
  const cookie = await signIn(made.key)
  vi.setSystemTime(Date.parse(expires))
  expect(await opens()).toBe(401)
  const page = await exports.default.fetch(`${ORIGIN}/`, { headers: { ...SAME, cookie } })
  expect(await page.text()).toContain('name="token"')
  for (const bad of ['2026-01-01T00:00:00Z', 'tomorrow', '2099-01-01', '', 7]) {
    const response = await keys({ name: 'x', scope: 'read', expires: bad })
    expect([bad, response.status]).toEqual([bad, 400])
  }
})
