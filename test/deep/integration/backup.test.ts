import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import { allowedDimensions, defaultsOf } from '../../../worker/metrics/allowed'
import { METRICS } from '../../../worker/metrics/definitions'
import { DIMENSIONS } from '../../../worker/metrics/dimensions'
import type { Metric } from '../../../worker/metrics/metric'
import { storedMeasures } from '../../../worker/rollups/storedMeasures'
import { BACKUP_TABLES } from '../../../worker/storage/backup/backupTables'
import { d1 } from '../../../worker/storage/d1'
import { KEYS_OF_HASHES } from '../../../worker/storage/keysOfHashes'
import { listSites } from '../../../worker/storage/sites'
import { backup, FACTS, idOf, inFormat, owner, restore, TIMEOUT, withChecksum } from '../../integration/backups'
import { browser, send } from '../../integration/beacons'
import { clockByHand } from '../../integration/clockByHand'
import { type Dump, differingRows, dump } from '../../integration/dump'
import { runsOnStore } from '../../integration/runs'
import { createSite, cron, deleteSite, post, settle, type TestSite } from '../../integration/setup'
import { storeOf } from '../../integration/store'
import { happen, plan, type Scenario, sentIn } from '../../oracle/scenario'

clockByHand(Date.UTC(2026, 0, 1))

const countOfSums = async (site: TestSite): Promise<number> =>
  Number(
    await (await storeOf(site))
      .prepare('select count(*) as n from sums where site = ?1')
      .bind(await idOf(site))
      .first('n'),
  )

const ALL = DIMENSIONS.map(({ id }) => id)

/** Every metric's answer, in total and by each of these dimensions that it supports. */
const answersOf = async (
  { domain }: TestSite,
  period: unknown,
  dimensions: readonly string[],
  metrics: readonly Metric[] = METRICS,
): Promise<string[]> => {
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
  const answers = [await ask({ metrics: metrics.map(({ id }) => id), granularity: 'week' })]
  for (const dimension of dimensions) {
    const allowed = metrics.filter(metric => allowedDimensions(metric).some(one => one === dimension))
    if (allowed.length > 0) answers.push(await ask({ metrics: allowed.map(({ id }) => id), dimensions: [dimension] }))
  }
  return answers
}

const live = async (scenario: Scenario): Promise<TestSite> => {
  vi.setSystemTime(scenario.founded)
  const site = await createSite({ ...scenario.site, name: 'Shop' })
  for (const { at, events } of scenario.deliveries) {
    vi.setSystemTime(at)
    await post(site, events)
  }
  vi.setSystemTime(scenario.now)
  await exports.default.fetch(`https://stats.example/api/v1/imports/costs?site=${site.domain}`, {
    method: 'POST',
    headers: owner,
    body: JSON.stringify({ rows: [{ day: '2025-12-01', source: 'Google', amount: 5 }] }),
  })
  return site
}

/** With an open session, an order sent twice, and more rows than a part holds. */
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

test('a restored site answers every query as before, byte for byte', { timeout: TIMEOUT }, async () => {
  const property = fc.asyncProperty(plan, async plan => {
    const scenario = happen(plan, Date.now())
    const site = await live(scenario)
    await send(site, browser(1), { i: 1, t: scenario.now }, { i: 2, t: scenario.now, k: 'chat_opened', o: { n: 1 } })
    const period = { from: scenario.firstDay, to: new Date(scenario.now + 86_400_000).toISOString().slice(0, 10) }
    const before = {
      answers: await answersOf(site, period, ALL),
      facts: await dump(await storeOf(site), await idOf(site), FACTS),
    }
    const parts = await backup(site)
    await deleteSite(site)
    await restore(site, parts)
    expect(differingRows(before.facts, await dump(await storeOf(site), await idOf(site), FACTS))).toEqual([])
    expect(await answersOf(site, period, ALL)).toEqual(before.answers)
    await settle()
    expect(await answersOf(site, period, [])).toEqual(before.answers.slice(0, 1))
    // Returning visitors are known, and repeated events are duplicates.
    const again = sentIn(scenario).filter(({ id, name }) => id !== undefined && name !== 'identify')
    const { duplicates, refused } = await post({ ...site, write: env.ADMIN_TOKEN }, again)
    // A refund above its whole order is rejected once the order is known.
    expect(refused.filter(({ code }) => code !== 'refund_too_large')).toEqual([])
    expect(duplicates + refused.length).toBe(again.length)
    expect(await answersOf(site, period, [])).toEqual(before.answers.slice(0, 1))
    await deleteSite(site)
  })
  await fc.assert(property, { numRuns: runsOnStore(5), seed: env.TEST_SEED, endOnFailure: true })
})

/** Tables that a restored site fills anew, with what it is sent and asked from then on. */
const FILLED_ANEW = ['settlements', 'salts', 'sent_events', 'availability']

const restored = (tables: Dump): Dump =>
  Object.fromEntries(Object.entries(tables).filter(([name]) => !FILLED_ANEW.includes(name)))

test('a site restored in many parts answers as before, with orders that span two parts', {
  timeout: TIMEOUT,
}, async () => {
  const site = await createSite()
  await post(site, crowd(Date.now()))
  await settle()
  const period = '30d'
  const before = {
    answers: await answersOf(site, period, ['page']),
    all: await dump(await storeOf(site), await idOf(site)),
  }
  const parts = await backup(site)
  expect(parts.length).toBeGreaterThan(1 + BACKUP_TABLES.length + 2)
  await deleteSite(site)
  await restore(site, parts)
  await settle()
  expect(differingRows(restored(before.all), restored(await dump(await storeOf(site), await idOf(site))))).toEqual([])
  expect(await answersOf(site, period, ['page'])).toEqual(before.answers)
  await deleteSite(site)
})

/** The earlier format of rollups: each group with the numbers of every measure, found by hashes. */
const byGroup = (cells: string, dimension: string): string => {
  const hashes = new Map(Object.entries(KEYS_OF_HASHES[dimension] ?? {}).map(([hash, key]) => [key, Number(hash)]))
  const { groups, sums, people } = JSON.parse(cells, (_, value) =>
    typeof value === 'string' && value.startsWith('[') ? JSON.parse(value) : value,
  )
  const keys = Object.keys(sums).filter(key => hashes.has(key))
  const numbersOf = (group: number) =>
    keys.map(key => {
      const numbers = sums[key].map((column: number[]) => column[group] ?? 0)
      return numbers.every((number: number) => number === 0) ? 0 : numbers
    })
  const peopleOf = (group: number) =>
    keys.flatMap((key, measure) =>
      (people[key] ?? [])
        .filter(([own]: number[]) => own === group)
        .map(([, ...rest]: unknown[]) => [measure, ...rest]),
    )
  return JSON.stringify({
    prints: keys.map(key => hashes.get(key)),
    groups: groups.map((name: string, group: number) => [name, numbersOf(group), peopleOf(group)]),
  })
}

const OF_VERSION_2 = new Set(Object.values(KEYS_OF_HASHES[''] ?? {}))

/** The metrics that an earlier release had: its rollups hold nothing of those that came later. */
const METRICS_OF_VERSION_2 = METRICS.filter(metric =>
  storedMeasures(metric, defaultsOf(metric), EMPTY_SETTINGS, []).every(
    measure => measure === null || OF_VERSION_2.has(measure.key),
  ),
)

/** A part as an earlier release wrote it. */
const asOfVersion2 = (part: string): string => {
  let columns: readonly string[] = []
  const lines = part.split('\n').map(line => {
    if (line.startsWith('{"table"')) columns = JSON.parse(line).table === 'sums' ? JSON.parse(line).columns : []
    if (!line.startsWith('[') || columns.length === 0) return line
    const row = JSON.parse(line)
    const dimension = row[columns.indexOf('dimension')]
    return JSON.stringify(
      row.map((value: string, n: number) => (columns[n] === 'cells' ? byGroup(value, dimension) : value)),
    )
  })
  return inFormat(2, lines.join('\n'))
}

test('a site without its old raw events restores their daily rollups', {
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
  const state = async (metrics = METRICS) => ({
    answers: await answersOf(site, 'all', ['page', 'channel'], metrics),
    facts: await dump(await storeOf(site), await idOf(site), tables),
  })
  const before = await state()
  const beforeInVersion2 = await state(METRICS_OF_VERSION_2)
  const days = (await listSites(d1(env.DB))).find(({ domain }) => domain === site.domain)?.keptDay ?? 0
  const sumsBefore = async () => {
    const sql =
      'select dimension, day, part, cells from sums where site = ?1 and day < ?2 order by dimension, day, part'
    return (
      await (
        await storeOf(site)
      )
        .prepare(sql)
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
  expect(await state(METRICS_OF_VERSION_2)).toEqual(beforeInVersion2)
  await deleteSite(site)
  // As if retention had rolled up the days while the backup was taken.
  const { keptFrom, keptDay } = JSON.parse(parts[0]?.split('\n')[0] ?? '').site
  expect(keptDay).toBe(days)
  const earlier = parts[0]?.replace(`"keptFrom":${keptFrom},"keptDay":${keptDay}`, '"keptFrom":0,"keptDay":0') ?? ''
  expect(earlier).not.toBe(parts[0])
  await restore(site, [await withChecksum(earlier), ...parts.slice(1)])
  expect(await state()).toEqual(before)
  await cron()
  expect(await sumsBefore()).toEqual(sums)
  expect(await countOfSums(site)).toBeGreaterThan(sums.length)
  expect(await state()).toEqual(before)
  await deleteSite(site)
})

test('a backup reads each table by its key', async () => {
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
