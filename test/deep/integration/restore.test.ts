import { env, exports } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { DICTIONARY_NAMES } from '../../../worker/storage/assembled/dictionaryStatements'
import { SITE_TABLES } from '../../../worker/storage/siteTables'
import {
  address,
  backup,
  FACTS,
  idOf,
  owner,
  restore,
  restorePart,
  TIMEOUT,
  withChecksum,
} from '../../integration/backups'
import { clockByHand } from '../../integration/clockByHand'
import { differingRows, dump } from '../../integration/dump'
import { FAULTS, type FaultyDatabase, faultyDatabase, type Plan } from '../../integration/faultyDatabase'
import { createSite, deleteSite, post, settle } from '../../integration/setup'

clockByHand(Date.UTC(2026, 0, 1))

/** The backup of a site with a little of everything, which is then deleted. */
const deletedSite = async () => {
  const site = await createSite()
  const now = Date.now()
  await post(site, [
    {
      id: '1',
      name: 'page_view',
      visitor_id: 'v',
      user_id: 'u',
      time: now - 9e6,
      url: 'https://x.example/',
      country: 'SE',
      engaged_seconds: 8_000,
    },
    {
      id: '2',
      name: 'purchase',
      visitor_id: 'v',
      time: now - 8e6,
      transaction_id: 'T',
      value: 3,
      url: 'https://x.example/',
    },
    { id: '3', name: 'chat_opened', visitor_id: 'w', time: now - 7e6 },
    { id: '3', name: 'chat_opened', visitor_id: 'w', time: now - 7e6 },
  ])
  const facts = await dump(env.DB, await idOf(site), FACTS)
  const parts = await backup(site)
  await deleteSite(site)
  return { site, parts, facts }
}

const rowsLeft = async () => {
  const tables = SITE_TABLES.filter(table => table !== 'refusals')
  const counts = await env.DB.batch<{ n: number }>(
    tables.map(table => env.DB.prepare(`select count(*) as n from ${table} where site not in (select id from sites)`)),
  )
  return tables.flatMap((table, n) => (counts[n]?.results[0]?.n ? [table] : []))
}

test('a half-restored site is never visible, and an interrupted restore starts over or is removed', async () => {
  const { site, parts, facts } = await deletedSite()
  await restore(site, parts.slice(0, 4))
  const list = await (await exports.default.fetch('https://stats.example/api/v1/sites', { headers: owner })).text()
  expect(list).not.toContain(`"${site.domain}"`)
  await settle()
  await restore(site, parts.slice(0, 3))
  await restore(site, parts)
  expect(differingRows(facts, await dump(env.DB, await idOf(site), FACTS))).toEqual([])
  expect(await rowsLeft()).toEqual([])
  await deleteSite(site)

  await restore(site, parts.slice(0, -1))
  expect(await rowsLeft()).not.toEqual([])
  const abandon = () => exports.default.fetch(address(site.domain, 'restore'), { method: 'DELETE', headers: owner })
  expect((await abandon()).status).toBe(204)
  expect((await abandon()).status).toBe(404)
  expect(await rowsLeft()).toEqual([])
})

test('a restore is rejected if the site exists, before and after it began', async () => {
  const { site, parts } = await deletedSite()
  await restore(site, parts.slice(0, -1))
  const body = JSON.stringify({ domain: site.domain })
  const created = await exports.default.fetch('https://stats.example/api/v1/sites', {
    method: 'POST',
    headers: owner,
    body,
  })
  expect(created.status).toBe(201)
  const last = parts.at(-1) ?? ''
  expect(await restorePart(site.domain, last)).toMatchObject({ status: 409, code: 'site_exists' })
  expect(await restorePart(site.domain, parts[0] ?? '')).toMatchObject({ status: 409, code: 'site_exists' })
  expect(await idOf(site)).toBeGreaterThan(0)
  await deleteSite(site)
  await restore(site, parts)
  await deleteSite(site)
})

test('a part can be repeated until the next arrives, and none can be skipped', async () => {
  const { site, parts, facts } = await deletedSite()
  const [first = '', second = '', third = '', fourth = ''] = parts
  expect(await restorePart(site.domain, second)).toMatchObject({ status: 409, code: 'no_restore' })
  await restore(site, [first, second, second, third, third])
  expect(await restorePart(site.domain, second)).toMatchObject({ status: 409, code: 'wrong_part' })
  expect(await restorePart(site.domain, parts[5] ?? '')).toMatchObject({ status: 409, code: 'wrong_part' })
  await restore(site, [fourth, fourth, ...parts.slice(4)])
  expect(differingRows(facts, await dump(env.DB, await idOf(site), FACTS))).toEqual([])
  await deleteSite(site)
})

test('an invalid backup is rejected in one sentence, and nothing is stored', async () => {
  const { site, parts } = await deletedSite()
  const [first = '', views = '', events = ''] = parts
  const cuts: readonly [string, string, string][] = [
    ['cut off', views.slice(0, views.lastIndexOf('{"next"')), 'bad_backup'],
    ['cut within a line', views.slice(0, -20), 'bad_json'],
    ['without its checksum', views.replace(/,"sha256":"\w+"/, ''), 'damaged_backup'],
    ['with the version of a format without checksums', views.replace('"version":6', '"version":5'), 'damaged_backup'],
  ]
  const changes: readonly [string, string, string][] = [
    ['no head', views.slice(views.indexOf('\n') + 1), 'bad_backup'],
    ['of a later release', views.replace('"version":6', '"version":7'), 'newer_backup'],
    ['of another site', views.replace(`"domain":"${site.domain}"`, '"domain":"other.example"'), 'wrong_site'],
    ['with a string where a number belongs', views.replace(/^\[(\d+),/m, '["one",'), 'bad_backup'],
    ['with a row too short', views.replace(/^\[(\d+),/m, '['), 'bad_backup'],
    ['with an unknown column', views.replace('"hour"', '"hour) select 1 --"'), 'bad_backup'],
    ['with an unknown table', views.replace('"table":"views"', '"table":"keys"'), 'bad_backup'],
    [
      'with strings missing',
      views.replace('"table":"pages"', '"table":"names"').replace('"path"', '"x"'),
      'bad_backup',
    ],
  ]
  await restore(site, [first])
  const before = await rowsLeft()
  const checked = changes.map(async ([name, body, code]) => [name, await withChecksum(body), code] as const)
  for (const [name, body, code] of [...cuts, ...(await Promise.all(checked))]) {
    expect(body, name).not.toBe(views)
    expect([name, await restorePart(site.domain, body)]).toEqual([name, expect.objectContaining({ status: 400, code })])
  }
  expect(
    (await rowsLeft()).filter(table => !before.includes(table) && !DICTIONARY_NAMES.some(one => one === table)),
  ).toEqual([])
  for (const change of ['"secret":"x', '"timezone":"Nowhere', '"settings":7,"x":"', '"created":"']) {
    const [field = ''] = /"\w+":/.exec(change) ?? []
    const body = await withChecksum(first.replace(new RegExp(`${field}"?`), change))
    expect([change, (await restorePart(site.domain, body)).status]).toEqual([change, 400])
  }
  await restore(site, [first, views, events, ...parts.slice(3)])
  await deleteSite(site)
})

test('a part with one changed byte is rejected, whichever it is', { timeout: TIMEOUT }, async () => {
  const { site, parts } = await deletedSite()
  const [first = '', views = ''] = parts
  const rejections = async (part: string) => {
    for (let position = 0; position < part.length; position++) {
      const changed = String.fromCharCode(part.charCodeAt(position) ^ 1)
      const body = `${part.slice(0, position)}${changed}${part.slice(position + 1)}`
      expect([position, await restorePart(site.domain, body)]).toMatchObject([position, { status: 400 }])
    }
  }
  await rejections(first)
  expect(await restorePart(site.domain, views)).toMatchObject({ code: 'no_restore' })
  await restore(site, [first])
  const before = await rowsLeft()
  await rejections(views)
  expect(await rowsLeft()).toEqual(before)
  await restore(site, parts)
  await deleteSite(site)
})

test('only the owner may back up and restore', async () => {
  const { site, parts } = await deletedSite()
  const other = await createSite()
  for (const key of [other.read, other.write]) {
    const headers = { authorization: `Bearer ${key}` }
    const got = await exports.default.fetch(address(other.domain, 'backup'), { headers })
    expect([got.status, (await got.json()) as object]).toEqual([
      403,
      expect.objectContaining({ error: expect.anything() }),
    ])
    expect(await restorePart(site.domain, parts[0] ?? '', env.DB, headers)).toMatchObject({ status: 403 })
  }
  expect((await exports.default.fetch(address(other.domain, 'backup'))).status).toBe(401)
  expect((await exports.default.fetch(address('none.example', 'backup'), { headers: owner })).status).toBe(404)
  for (const after of ['x', '{}', '{"part":1,"table":"keys","after":[]}', '{"part":1,"table":"views","after":[1]}']) {
    const path = `backup?after=${encodeURIComponent(after)}`
    expect((await exports.default.fetch(address(other.domain, path), { headers: owner })).status).toBe(400)
  }
})

/** A client that repeats a part after a 5xx, and treats an existing part as done. */
const patient = async (domain: string, part: string, { db, revive }: FaultyDatabase) => {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const { status, code } = await restorePart(domain, part, db)
    if (status === 200 || (attempt > 1 && code === 'site_exists' && part.includes('{"next":null,'))) return
    if (status < 500) throw new Error(`${status} ${code}`)
    revive()
  }
}

test.each([
  ['fails', FAULTS.overloaded],
  ['succeeds but its answer is lost', FAULTS.unknown],
  ['succeeds but its answer is lost once', FAULTS.lost],
  ['is the last of its Worker', 'cut'],
] as const)('a restored site is complete though a database call %s', { timeout: TIMEOUT }, async (_name, hit) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const { site, parts, facts } = await deletedSite()
  const calls = async (plan: Plan | null) => {
    // A key's calls per minute are limited.
    vi.setSystemTime(Date.now() + 60_000)
    const database = faultyDatabase(env.DB, plan)
    for (const part of parts) await patient(site.domain, part, database)
    expect(differingRows(facts, await dump(env.DB, await idOf(site), FACTS))).toEqual([])
    expect(await rowsLeft()).toEqual([])
    await deleteSite(site)
    return database.calls
  }
  const positions = await calls(null)
  for (const at of positions) await calls({ at, hit })
  vi.restoreAllMocks()
})
