import { env, exports } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import type { Role } from '../../worker/storage/teamMember'
import { cookieOfMember, invite, memberCookie } from './memberCookie'
import { createSite, deleteSite, migrate, type TestSite } from './setup'

const ORIGIN = 'https://stats.example'

let [one, two]: TestSite[] = []

beforeAll(async () => {
  await migrate()
  ;[one, two] = [await createSite(), await createSite()]
})

const domains = (...sites: (TestSite | undefined)[]): string[] => sites.map(site => site?.domain ?? '')

const call = async (cookie: string | null, method: string, path: string, body?: unknown) => {
  const response = await exports.default.fetch(`${ORIGIN}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(cookie === null
        ? { authorization: `Bearer ${env.ADMIN_TOKEN}` }
        : { cookie, 'sec-fetch-site': 'same-origin', 'cf-connecting-ip': '198.51.100.7' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, answer: text === '' ? null : JSON.parse(text) }
}

const codeOf = async (...asked: Parameters<typeof call>) => {
  const { status, answer } = await call(...asked)
  return [status, answer?.error?.code]
}

test('an invite is shown once and kept as a digest, and nothing secret is in the list or the database', async () => {
  const { status, answer } = await call(null, 'POST', '/api/v1/people', {
    name: 'Ada',
    role: 'editor',
    sites: domains(one),
    email: 'Ada@Shop.example',
  })
  expect(status).toBe(201)
  expect(answer).toEqual({
    id: expect.stringMatching(/^[0-9a-f]{16}$/),
    name: 'Ada',
    role: 'editor',
    sites: domains(one),
    invite: expect.stringMatching(/^https:\/\/stats\.example\/invite\/[0-9a-f]{64}$/),
  })
  const listed = (await call(null, 'GET', '/api/v1/people')).answer.people.find(
    (person: { id: string }) => person.id === answer.id,
  )
  const { invite: _, ...shown } = answer
  expect(listed).toMatchObject({ ...shown, email: true, passkeys: 0 })
  expect(Date.parse(listed.invited) - Date.parse(listed.created)).toBe(7 * 86_400_000)
  const stored = await Promise.all(
    ['members', 'invites', 'memberships'].map(
      async table => (await env.DB.prepare(`select * from ${table}`).all()).results,
    ),
  )
  const token = answer.invite.split('/').at(-1)
  for (const secret of [token, 'shop.example"', 'ada@']) expect(JSON.stringify(stored)).not.toContain(secret)
})

test.each([
  [{ role: 'viewer', sites: '*' }, 'missing_name'],
  [{ name: ' ', role: 'viewer', sites: '*' }, 'missing_name'],
  [{ name: 'x'.repeat(201), role: 'viewer', sites: '*' }, 'too_long'],
  [{ name: 'x', sites: '*' }, 'bad_role'],
  [{ name: 'x', role: 'admin', sites: '*' }, 'bad_role'],
  [{ name: 'x', role: 'viewer' }, 'bad_sites'],
  [{ name: 'x', role: 'viewer', sites: [] }, 'bad_sites'],
  [{ name: 'x', role: 'viewer', sites: [7] }, 'bad_sites'],
  [{ name: 'x', role: 'viewer', sites: Array(101).fill('s1.example') }, 'bad_sites'],
  [{ name: 'x', role: 'viewer', sites: '*', email: 'nobody' }, 'bad_email'],
])('the person %o is rejected: %s', async (person, code) => {
  const before = (await call(null, 'GET', '/api/v1/people')).answer
  expect(await codeOf(null, 'POST', '/api/v1/people', person)).toEqual([400, code])
  expect((await call(null, 'GET', '/api/v1/people')).answer).toEqual(before)
})

test('a person cannot have a site that does not exist, nor an e-mail address of another', async () => {
  const person = { name: 'x', role: 'viewer', sites: ['nowhere.example'] }
  expect(await codeOf(null, 'POST', '/api/v1/people', person)).toEqual([404, 'unknown_site'])
  await invite('viewer', '*', { email: 'eve@shop.example' })
  const other = await invite('viewer', '*')
  const email = { email: ' EVE@shop.example' }
  expect(await codeOf(null, 'POST', '/api/v1/people', { name: 'x', role: 'viewer', sites: '*', ...email })).toEqual([
    409,
    'email_exists',
  ])
  expect(await codeOf(null, 'PATCH', `/api/v1/people/${other.id}`, email)).toEqual([409, 'email_exists'])
})

test('an e-mail address that two invites give at once goes to one person', async () => {
  const person = { name: 'x', role: 'viewer', sites: '*', email: 'twin@shop.example' }
  const made = await Promise.all([1, 2, 3].map(() => call(null, 'POST', '/api/v1/people', person)))
  expect(made.map(({ status }) => status).sort()).toEqual([201, 409, 409])
  const others = await Promise.all([invite('viewer', '*'), invite('viewer', '*')])
  const changed = await Promise.all(
    others.map(({ id }) => call(null, 'PATCH', `/api/v1/people/${id}`, { email: 'triplet@shop.example' })),
  )
  expect(changed.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('somebody who signs in sees their sites alone, and settings where they may change them', async () => {
  for (const role of ['viewer', 'editor', 'owner'] satisfies Role[]) {
    const cookie = await memberCookie(role, domains(one))
    const { answer } = await call(cookie, 'GET', '/api/v1/sites')
    expect(answer.sites.map(({ domain }: TestSite) => domain)).toEqual(domains(one))
    expect('settings' in answer.sites[0]).toBe(role !== 'viewer')
  }
  const all = (await call(await memberCookie('viewer', '*'), 'GET', '/api/v1/sites')).answer.sites
  expect(all.map(({ domain }: TestSite) => domain)).toEqual(expect.arrayContaining(domains(one, two)))
})

test('an editor neither changes what sends data elsewhere or deletes it, nor sees where it is sent', async () => {
  const [editor, path] = [await memberCookie('editor', domains(one)), `/api/v1/sites/${one?.domain}`]
  const hook = 'https://hooks.slack.com/services/T0/B0/secret'
  const reports = [{ kind: 'slack', to: hook, every: 'week' }]
  const alarms = { kind: 'slack', to: hook, quota: true }
  expect(await codeOf(null, 'PATCH', path, { settings: { reports, alarms, retention_months: 24 } })).toEqual([
    200,
    undefined,
  ])
  for (const settings of [
    { reports: [] },
    { reports: null },
    { alarms: null },
    { alarms: { ...alarms, to: 'https://hooks.slack.com/services/T1/B1/other' } },
    { retention_months: 1 },
    { webhook_secrets: { stripe: 'whsec_1' } },
  ])
    expect(await codeOf(editor, 'PATCH', path, { settings, name: 'taken over' })).toEqual([403, 'wrong_role'])
  const changed = await call(editor, 'PATCH', path, { settings: { gpc: 'drop', retention_months: 24 } })
  expect([changed.status, changed.answer.name]).toEqual([200, expect.not.stringContaining('taken')])
  const page = await exports.default.fetch(`${ORIGIN}/settings?site=${one?.domain}`, { headers: { cookie: editor } })
  for (const text of [
    JSON.stringify(changed),
    JSON.stringify(await call(editor, 'GET', path)),
    JSON.stringify(await call(editor, 'GET', '/api/v1/sites')),
    await page.text(),
  ]) {
    expect(text).toContain('retention_months')
    expect(text).not.toContain('hooks.slack.com')
  }
  const owner = await memberCookie('owner', domains(one))
  expect((await call(owner, 'GET', path)).answer.settings.reports).toEqual(reports)
  expect(await codeOf(owner, 'PATCH', path, { settings: { reports: [], alarms: null } })).toEqual([200, undefined])
})

test('a site that exists and one that does not are the same to whoever may see neither', async () => {
  const cookie = await memberCookie('owner', domains(one))
  for (const domain of [...domains(two), 'nowhere.example']) {
    expect(await codeOf(cookie, 'GET', `/api/v1/sites/${domain}`)).toEqual([403, 'wrong_site'])
    expect(await codeOf(cookie, 'POST', '/api/v1/query', { site: domain, metrics: ['visitors'] })).toEqual([
      403,
      'wrong_site',
    ])
  }
})

test('an owner of one site manages its people alone, and cannot give more than is theirs', async () => {
  const cookie = await memberCookie('owner', domains(one))
  const own = await invite('viewer', domains(one))
  const others = [
    await invite('viewer', domains(two)),
    await invite('viewer', domains(one, two)),
    await invite('viewer', '*'),
  ]
  const listed = (await call(cookie, 'GET', '/api/v1/people')).answer.people
  const ids = listed.map(({ id }: { id: string }) => id)
  expect(ids).toContain(own.id)
  expect(listed.every(({ sites }: { sites: unknown }) => JSON.stringify(sites) === JSON.stringify(domains(one)))).toBe(
    true,
  )
  for (const { id } of others) {
    expect(await codeOf(cookie, 'PATCH', `/api/v1/people/${id}`, { role: 'owner' })).toEqual([404, 'unknown_person'])
    expect(await codeOf(cookie, 'DELETE', `/api/v1/people/${id}`)).toEqual([404, 'unknown_person'])
    expect(await codeOf(cookie, 'POST', `/api/v1/people/${id}/invite`)).toEqual([404, 'unknown_person'])
  }
  for (const sites of ['*', domains(two), domains(one, two), ['nowhere.example']]) {
    const person = { name: 'x', role: 'viewer', sites }
    expect(await codeOf(cookie, 'POST', '/api/v1/people', person)).toEqual([403, 'wrong_site'])
    expect(await codeOf(cookie, 'PATCH', `/api/v1/people/${own.id}`, { sites })).toEqual([403, 'wrong_site'])
  }
  expect((await call(cookie, 'PATCH', `/api/v1/people/${own.id}`, { role: 'editor' })).answer.role).toBe('editor')
  expect((await call(cookie, 'DELETE', `/api/v1/people/${own.id}`)).status).toBe(204)
})

test('a change of role or sites, and a removal, hold for the next request of a signed-in browser', async () => {
  const { id } = await invite('viewer', domains(one))
  const cookie = await cookieOfMember(id)
  const rename = () => codeOf(cookie, 'PATCH', `/api/v1/sites/${one?.domain}`, { name: 'x' })
  expect(await rename()).toEqual([403, 'wrong_role'])
  await call(null, 'PATCH', `/api/v1/people/${id}`, { role: 'editor' })
  expect(await rename()).toEqual([200, undefined])
  await call(null, 'PATCH', `/api/v1/people/${id}`, { sites: domains(two) })
  expect(await rename()).toEqual([403, 'wrong_site'])
  await call(null, 'DELETE', `/api/v1/people/${id}`)
  expect(await rename()).toEqual([401, 'missing_key'])
  expect(await codeOf(null, 'DELETE', `/api/v1/people/${id}`)).toEqual([404, 'unknown_person'])
})

test('changes at the same time do not undo each other, and an email address can be removed', async () => {
  const { id } = await invite('owner', '*', { email: 'grace@shop.example' })
  const changes = [{ role: 'viewer' }, { name: 'Grace' }, { sites: domains(one) }, { email: null }]
  await Promise.all(changes.map(change => call(null, 'PATCH', `/api/v1/people/${id}`, change)))
  const { people } = (await call(null, 'GET', '/api/v1/people')).answer
  expect(people.find((person: { id: string }) => person.id === id)).toMatchObject({
    role: 'viewer',
    name: 'Grace',
    sites: domains(one),
    email: false,
  })
})

test('a deleted site leaves nobody with access to a later site of that domain', async () => {
  const site = await createSite()
  const { id } = await invite('owner', [site.domain])
  const cookie = await cookieOfMember(id)
  expect((await call(cookie, 'GET', `/api/v1/sites/${site.domain}`)).status).toBe(200)
  await deleteSite(site)
  expect((await call(null, 'POST', '/api/v1/sites', { domain: site.domain })).status).toBe(201)
  expect(await codeOf(cookie, 'GET', `/api/v1/sites/${site.domain}`)).toEqual([403, 'wrong_site'])
  expect((await call(cookie, 'GET', '/api/v1/sites')).answer).toEqual({ sites: [] })
  const page = await exports.default.fetch(`${ORIGIN}/`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } })
  expect(await page.text()).toContain('You don’t have access to any site.')
  // Without a site of their own they manage nobody.
  expect(await codeOf(cookie, 'GET', '/api/v1/people')).toEqual([403, 'wrong_role'])
})
