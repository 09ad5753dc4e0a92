import { createExecutionContext } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import worker from '../../worker/index'
import { DIMENSIONS } from '../../worker/metrics/dimensions'
import { allowedDimensions } from '../../worker/metrics/question'
import { METRICS } from '../../worker/metrics/registry'
import { BACKUP_TABLES, NOT_BACKED_UP, TEXT_TABLES } from '../../worker/store/backupTables'
import { findSite, listSites } from '../../worker/store/sites'
import { SITE_TABLES } from '../../worker/store/siteTables'
import { happen, plan, type Scenario, sentIn } from '../truth/scenario'
import { browser, send } from './beacons'
import { clockByHand } from './clockByHand'
import { differingRows, dump } from './dump'
import { FAULTS, type FaultyDatabase, faultyDatabase, type Plan } from './faultyDatabase'
import { createSite, cron, deleteSite, post, settle, type TestSite } from './setup'

const TIMEOUT = 120_000

clockByHand(Date.UTC(2026, 0, 1))

const owner = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
const address = (domain: string, path: string) => `https://stats.example/api/v1/sites/${domain}/${path}`

/** The parts of a site's backup, each as its lines. */
const backup = async ({ domain }: TestSite): Promise<string[]> => {
  const parts: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const response: Response = await exports.default.fetch(address(domain, `backup${after}`), { headers: owner })
    // workerd warns of .text() where the type is no text.
    const part = new TextDecoder().decode(await response.arrayBuffer())
    expect([response.status, part.slice(0, 200)]).toEqual([200, expect.any(String)])
    parts.push(part)
    const { next } = JSON.parse(part.trimEnd().split('\n').at(-1) ?? '')
    after = next && `?after=${encodeURIComponent(JSON.stringify(next))}`
  }
  return parts
}

const restorePart = async (domain: string, body: string, db: D1Database = env.DB, headers: HeadersInit = owner) => {
  const request = new Request(address(domain, 'restore'), { method: 'POST', headers, body })
  const response = await worker.fetch(request, { ...env, DB: db }, createExecutionContext())
  const answer = (await response.json()) as { error?: { code: string } }
  return { status: response.status, code: answer.error?.code ?? null, answer }
}

const restore = async ({ domain }: TestSite, parts: readonly string[]) => {
  for (const part of parts) expect(await restorePart(domain, part)).toMatchObject({ status: 200 })
}

const idOf = async ({ domain }: TestSite) => (await findSite(env.DB, domain))?.id ?? 0

const FACTS = SITE_TABLES.filter(table => !(table in NOT_BACKED_UP))

const countOfSums = async (site: TestSite): Promise<number> =>
  Number(
    await env.DB.prepare('select count(*) as n from sums where site = ?1')
      .bind(await idOf(site))
      .first('n'),
  )

const ALL = DIMENSIONS.map(({ id }) => id)

/** Every metric by every one of these dimensions that it knows, and by none, as it is answered. */
const answersOf = async ({ domain }: TestSite, period: unknown, dimensions: readonly string[]): Promise<string[]> => {
  const ask = async (question: object) => {
    const response = await exports.default.fetch('https://stats.example/api/v1/query', {
      method: 'POST',
      headers: owner,
      body: JSON.stringify({ site: domain, period, ...question }),
    })
    const text = await response.text()
    expect([response.status, text.slice(0, 300)]).toEqual([200, expect.any(String)])
    return JSON.stringify(JSON.parse(text).rows)
  }
  const answers = [await ask({ metrics: METRICS.map(({ id }) => id), granularity: 'week' })]
  for (const id of dimensions) {
    const metrics = METRICS.filter(metric => allowedDimensions(metric).some(one => one === id)).map(metric => metric.id)
    if (metrics.length > 0) answers.push(await ask({ metrics, dimensions: [id] }))
  }
  return answers
}

const live = async (told: Scenario): Promise<TestSite> => {
  vi.setSystemTime(told.founded)
  const site = await createSite({ ...told.site, name: 'Shop' })
  for (const { at, events } of told.deliveries) {
    vi.setSystemTime(at)
    await post(site, events)
  }
  vi.setSystemTime(told.now)
  await exports.default.fetch(`https://stats.example/api/v1/imports/costs?site=${site.domain}`, {
    method: 'POST',
    headers: owner,
    body: JSON.stringify({ rows: [{ day: '2025-12-01', source: 'Google', amount: 5 }] }),
  })
  return site
}

/** With a visit that is still open, an order told by two, and more rows than a part holds. */
const crowd = (now: number) => [
  ...Array.from({ length: 2_300 }, (_, n) => ({
    id: `c${n}`,
    name: 'page_view',
    time: now - n * 60_000,
    visitor_id: `w${n % 90}`,
    url: `https://docs.example/${n % 50}`,
    engaged_seconds: (n % 9) * 900,
  })),
  ...Array.from({ length: 1_500 }, (_, n) => ({
    id: `p${n}`,
    name: 'purchase',
    time: now - n * 61_000,
    visitor_id: `w${n % 80}`,
    transaction_id: `O${n % 499}`,
    value: n,
  })),
]

test('a restored site answers every question as before, byte for byte', { timeout: TIMEOUT }, async () => {
  const property = fc.asyncProperty(plan, async plan => {
    const told = happen(plan, Date.now())
    const site = await live(told)
    await send(site, browser(1), { i: 1, t: told.now }, { i: 2, t: told.now, k: 'chat_opened', o: { n: 1 } })
    const period = { from: told.firstDay, to: new Date(told.now + 86_400_000).toISOString().slice(0, 10) }
    const before = { answers: await answersOf(site, period, ALL), facts: await dump(env.DB, await idOf(site), FACTS) }
    const parts = await backup(site)
    await deleteSite(site)
    await restore(site, parts)
    expect(differingRows(before.facts, await dump(env.DB, await idOf(site), FACTS))).toEqual([])
    expect(await answersOf(site, period, ALL)).toEqual(before.answers)
    await settle()
    expect(await answersOf(site, period, [])).toEqual(before.answers.slice(0, 1))
    // Who comes back is known, and what is told again is a repetition.
    const again = sentIn(told).filter(({ id, name }) => id !== undefined && name !== 'identify')
    const { duplicates } = await post({ ...site, write: env.ADMIN_TOKEN }, again)
    expect(duplicates).toBe(again.length)
    expect(await answersOf(site, period, [])).toEqual(before.answers.slice(0, 1))
    await deleteSite(site)
  })
  await fc.assert(property, { numRuns: 5, seed: env.TEST_SEED, endOnFailure: true })
})

test('so does one that takes many parts, with orders that lie in two of them', { timeout: TIMEOUT }, async () => {
  const site = await createSite()
  await post(site, crowd(Date.now()))
  await settle()
  const period = '30d'
  const before = { answers: await answersOf(site, period, ['page']), all: await dump(env.DB, await idOf(site)) }
  const parts = await backup(site)
  expect(parts.length).toBeGreaterThan(1 + BACKUP_TABLES.length + 2)
  await deleteSite(site)
  await restore(site, parts)
  await settle()
  const { settlements: _, salts: __, ...all } = before.all
  expect(differingRows(all, { ...(await dump(env.DB, await idOf(site))), settlements: [], salts: [] })).toEqual([])
  expect(await answersOf(site, period, ['page'])).toEqual(before.answers)
  await deleteSite(site)
})

/** How sums were kept before: each group with the numbers of every measure. */
const byGroup = (cells: string): string => {
  const { groups, sums, people } = JSON.parse(cells, (_, value) =>
    typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value,
  )
  const prints = Object.keys(sums)
  const numbersOf = (group: number) =>
    prints.map(print => {
      const numbers = sums[print].map((column: number[]) => column[group] ?? 0)
      return numbers.every((number: number) => number === 0) ? 0 : numbers
    })
  const peopleOf = (group: number) =>
    prints.flatMap((print, measure) =>
      (people[print] ?? [])
        .filter(([own]: number[]) => own === group)
        .map(([, ...rest]: unknown[]) => [measure, ...rest]),
    )
  return JSON.stringify({
    prints: prints.map(Number),
    groups: groups.map((name: string, group: number) => [name, numbersOf(group), peopleOf(group)]),
  })
}

/** A part as an earlier release wrote it. */
const asOfVersion2 = (part: string): string => {
  let columns: readonly string[] = []
  const lines = part.split('\n').map(line => {
    if (line.startsWith('{"table"')) columns = JSON.parse(line).table === 'sums' ? JSON.parse(line).columns : []
    if (!line.startsWith('[') || columns.length === 0) return line
    const row = JSON.parse(line)
    return JSON.stringify(row.map((value: string, n: number) => (columns[n] === 'cells' ? byGroup(value) : value)))
  })
  return lines.join('\n').replace('"version":3', '"version":2')
}

test('so does one whose old facts are gone: what their days add up to is in the backup', {
  timeout: TIMEOUT,
}, async () => {
  const site = await createSite({ timezone: 'Europe/Stockholm', settings: { retention_months: 1 } })
  const now = Date.now()
  await post(
    site,
    Array.from({ length: 60 }, (_, n) => ({
      id: `r${n}`,
      name: 'page_view',
      time: now - (n + 1) * 86_400_000,
      visitor_id: `w${n % 9}`,
      user_id: n % 9 === 0 ? 'ada' : undefined,
      url: `https://docs.example/${n % 5}`,
    })),
  )
  await cron()
  const tables = FACTS.filter(table => table !== 'sums')
  const state = async () => ({
    answers: await answersOf(site, 'all', ['page', 'channel']),
    facts: await dump(env.DB, await idOf(site), tables),
  })
  const before = await state()
  const days = (await listSites(env.DB)).find(({ domain }) => domain === site.domain)?.keptDay ?? 0
  const sumsBefore = async () => {
    const sql =
      'select dimension, day, part, cells from sums where site = ?1 and day < ?2 order by dimension, day, part'
    return (
      await env.DB.prepare(sql)
        .bind(await idOf(site), days)
        .all()
    ).results
  }
  const sums = await sumsBefore()
  expect(sums.length).toBeGreaterThan(100)
  expect(before.facts.views?.length).toBeLessThan(40)
  const parts = await backup(site)
  await deleteSite(site)
  await restore(site, parts)
  expect(await sumsBefore()).toEqual(sums)
  expect(await countOfSums(site)).toBe(sums.length)
  expect(await state()).toEqual(before)
  await deleteSite(site)
  await restore(site, parts.map(asOfVersion2))
  expect(await countOfSums(site)).toBe(sums.length)
  expect(await state()).toEqual(before)
  await deleteSite(site)
  // As if the days had been summed up for good while the backup was taken.
  const { keptFrom, keptDay } = JSON.parse(parts[0]?.split('\n')[0] ?? '').site
  expect(keptDay).toBe(days)
  const earlier = parts[0]?.replace(`"keptFrom":${keptFrom},"keptDay":${keptDay}`, '"keptFrom":0,"keptDay":0') ?? ''
  expect(earlier).not.toBe(parts[0])
  await restore(site, [earlier, ...parts.slice(1)])
  expect(await state()).toEqual(before)
  await cron()
  expect(await sumsBefore()).toEqual(sums)
  expect(await countOfSums(site)).toBeGreaterThan(sums.length)
  expect(await state()).toEqual(before)
  await deleteSite(site)
})

test('every table of a site is backed up, or it is said why not', () => {
  const backedUp = [...BACKUP_TABLES.map(({ table }) => table), ...TEXT_TABLES]
  expect([...backedUp, ...Object.keys(NOT_BACKED_UP)].sort()).toEqual([...SITE_TABLES].sort())
})

test('a backup is read by the key of each table', async () => {
  for (const { table, key } of BACKUP_TABLES) {
    const sql = `explain query plan select * from ${table} where site = ?1 and (${key.join(', ')}) > (${key.map(() => '?').join(', ')}) order by ${key.join(', ')} limit 5`
    const { results } = await env.DB.prepare(sql)
      .bind(1, ...key.map(() => 1))
      .all<{ detail: string }>()
    expect(results.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(new RegExp(`^SEARCH ${table} USING PRIMARY KEY \\(site=\\? AND \\(?${key[0]}`)),
    ])
  }
})

/** A site with a little of everything, its backup, and itself gone. */
const gone = async () => {
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

test('a site is never seen half restored, and a restore that was cut begins anew or is taken away', async () => {
  const { site, parts, facts } = await gone()
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

test('a restore is refused where there is a site, before and after it began', async () => {
  const { site, parts } = await gone()
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

test('a part can be repeated until the next has come, and none can be left out', async () => {
  const { site, parts, facts } = await gone()
  const [first = '', second = '', third = '', fourth = ''] = parts
  expect(await restorePart(site.domain, second)).toMatchObject({ status: 409, code: 'no_restore' })
  await restore(site, [first, second, second, third, third])
  expect(await restorePart(site.domain, second)).toMatchObject({ status: 409, code: 'wrong_part' })
  expect(await restorePart(site.domain, parts[5] ?? '')).toMatchObject({ status: 409, code: 'wrong_part' })
  await restore(site, [fourth, fourth, ...parts.slice(4)])
  expect(differingRows(facts, await dump(env.DB, await idOf(site), FACTS))).toEqual([])
  await deleteSite(site)
})

test('what is no backup is refused in one sentence, and nothing of it is stored', async () => {
  const { site, parts } = await gone()
  const [first = '', views = '', events = ''] = parts
  const cases: readonly [string, string, string][] = [
    ['cut off', views.slice(0, views.lastIndexOf('{"next"')), 'bad_backup'],
    ['cut within a line', views.slice(0, -20), 'bad_json'],
    ['no head', views.slice(views.indexOf('\n') + 1), 'bad_backup'],
    ['of a later release', views.replace('"version":3', '"version":4'), 'newer_backup'],
    ['of another site', views.replace(`"domain":"${site.domain}"`, '"domain":"other.example"'), 'wrong_site'],
    ['with a text where a number belongs', views.replace(/^\[(\d+),/m, '["one",'), 'bad_backup'],
    ['with a row too short', views.replace(/^\[(\d+),/m, '['), 'bad_backup'],
    ['with an unknown column', views.replace('"hour"', '"hour) select 1 --"'), 'bad_backup'],
    ['with an unknown table', views.replace('"table":"views"', '"table":"keys"'), 'bad_backup'],
    ['with texts missing', views.replace('"table":"pages"', '"table":"names"').replace('"path"', '"x"'), 'bad_backup'],
  ]
  await restore(site, [first])
  const before = await rowsLeft()
  for (const [name, body, code] of cases) {
    expect(body, name).not.toBe(views)
    expect([name, await restorePart(site.domain, body)]).toEqual([name, expect.objectContaining({ status: 400, code })])
  }
  expect(
    (await rowsLeft()).filter(table => !before.includes(table) && !TEXT_TABLES.some(one => one === table)),
  ).toEqual([])
  for (const change of ['"secret":"x', '"timezone":"Nowhere', '"settings":7,"x":"', '"created":"']) {
    const [field = ''] = /"\w+":/.exec(change) ?? []
    const body = first.replace(new RegExp(`${field}"?`), change)
    expect([change, (await restorePart(site.domain, body)).status]).toEqual([change, 400])
  }
  await restore(site, [first, views, events, ...parts.slice(3)])
  await deleteSite(site)
})

test('only the owner may take a backup and restore one', async () => {
  const { site, parts } = await gone()
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

/** A client that repeats a part whose answer was 5xx, and takes for done what is there already. */
const patient = async (domain: string, part: string, { db, revive }: FaultyDatabase) => {
  for (let attempt = 1; attempt <= 3; attempt++) {
    const { status, code } = await restorePart(domain, part, db)
    if (status === 200 || (attempt > 1 && code === 'site_exists' && part.includes('{"next":null}'))) return
    if (status < 500) throw new Error(`${status} ${code}`)
    revive()
  }
}

test.each([
  ['fails', FAULTS.overloaded],
  ['is done and its answer lost', FAULTS.unknown],
  ['is done and its answer lost in passing', FAULTS.lost],
  ['is the last of a Worker', 'cut'],
] as const)('a restored site is whole though a call of the database %s', { timeout: TIMEOUT }, async (_name, hit) => {
  vi.spyOn(console, 'error').mockImplementation(() => {})
  const { site, parts, facts } = await gone()
  const calls = async (plan: Plan | null) => {
    // A key may call so often a minute.
    vi.setSystemTime(Date.now() + 60_000)
    const database = faultyDatabase(env.DB, plan)
    for (const part of parts) await patient(site.domain, part, database)
    expect(differingRows(facts, await dump(env.DB, await idOf(site), FACTS))).toEqual([])
    expect(await rowsLeft()).toEqual([])
    await deleteSite(site)
    return database.calls
  }
  const places = await calls(null)
  for (const at of places) await calls({ at, hit })
  vi.restoreAllMocks()
})
