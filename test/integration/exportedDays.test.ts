import { env, exports } from 'cloudflare:workers'
import { afterEach, expect, test, vi } from 'vitest'
import { runCron } from '../../worker/cron'
import { openDirectory } from '../../worker/directory'
import { EXPORT_TABLES } from '../../worker/exports/exportTables'
import type { Site } from '../../worker/site'
import { fileBudget } from '../../worker/storage/fileBudget'
import { budgetOf, StatementBudget, UNLIMITED } from '../../worker/storage/statementBudget'
import { writeFiles } from '../../worker/writeFiles'
import { clockByHand } from './clockByHand'
import { QUERIES } from './d1Limits'
import { fetchExport } from './exportedRows'
import { limitedDatabase } from './limitedDatabase'
import { createSite, deleteSite, patchSite, post, type TestSite } from './setup'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 10)

clockByHand(START)

const sites: TestSite[] = []

afterEach(async () => {
  for (const site of sites.splice(0)) await deleteSite(site)
  const { objects } = await env.BUCKET.list()
  await env.BUCKET.delete(objects.map(({ key }) => key))
  vi.setSystemTime(START)
})

/** The bucket with the number of puts, which can fail. */
const countedBucket = (fails: (key: string, puts: number) => boolean | Promise<boolean> = () => false) => {
  const counts = { puts: 0 }
  const put = async (...values: Parameters<R2Bucket['put']>) => {
    counts.puts += 1
    if (await fails(values[0], counts.puts)) throw new Error('the bucket is gone')
    return env.BUCKET.put(...values)
  }
  const bucket = new Proxy(env.BUCKET, {
    get: (target, name) => (name === 'put' ? put : Reflect.get(target, name).bind(target)),
  })
  return { bucket, counts }
}

/** @returns how many statements it took */
const run = async (bucket?: R2Bucket, budget = UNLIMITED): Promise<number> => {
  const { db, usage } = limitedDatabase(env.DB)
  await runCron(openDirectory({ DB: db }, budget), Date.now(), budget, bucket && { EXPORTS: bucket })
  return usage.statements
}

const filesOf = async ({ domain }: TestSite): Promise<string[]> =>
  (await env.BUCKET.list({ prefix: `site=${domain}/` })).objects.map(({ key }) => key.slice(`site=${domain}/`.length))

const filesOfDays = (...days: readonly string[]): string[] =>
  EXPORT_TABLES.flatMap(({ name }) => days.map(day => `table=${name}/day=${day}/rows.parquet`)).sort()

/** Every file has what an export of its day has now. */
const expectUpToDate = async (site: TestSite): Promise<void> => {
  for (const file of await filesOf(site)) {
    const [, table = '', day = ''] = /table=(\w+)\/day=([\d-]+)/.exec(file) ?? []
    const now = await (await fetchExport(site, `${table}?period=${day},${day}&format=parquet`)).arrayBuffer()
    const stored = await (await env.BUCKET.get(`site=${site.domain}/${file}`))?.arrayBuffer()
    expect([file, new Uint8Array(stored ?? [])]).toEqual([file, new Uint8Array(now)])
  }
}

const view = (time: number, visitor: string, id = `${visitor}/${time}`) => ({
  id,
  name: 'page_view',
  user_id: visitor,
  time,
  url: 'https://shop.example/',
})

/** Three days with page views, the last of which is not over. */
const threeDays = async (): Promise<TestSite> => {
  const site = await createSite({ timezone: 'Asia/Kolkata' })
  sites.push(site)
  vi.setSystemTime(START + 2 * DAY + 2 * HOUR)
  const events = [0, 1, 2].flatMap(day => [view(START + day * DAY, 'ada'), view(START + day * DAY + HOUR, 'bob')])
  expect(await post(site, events)).toMatchObject({ accepted: 6 })
  return site
}

test('the cron writes each finished day once, and the next one when it is over', async () => {
  const site = await threeDays()
  const { bucket, counts } = countedBucket()
  await run(bucket)
  expect(await filesOf(site)).toEqual(filesOfDays('2026-03-10', '2026-03-11'))
  await expectUpToDate(site)
  await run(bucket)
  expect(counts.puts).toBe(8)
  vi.setSystemTime(START + 3 * DAY)
  await post(site, [view(START + 3 * DAY - HOUR, 'ada')])
  await run(bucket)
  expect(await filesOf(site)).toEqual(filesOfDays('2026-03-10', '2026-03-11', '2026-03-12'))
  expect(counts.puts).toBe(12)
})

test('a run that fails or runs out of statements is continued by the next ones', async () => {
  const site = await threeDays()
  await run(countedBucket((_, puts) => puts >= 4).bucket)
  expect(await filesOf(site)).toHaveLength(3)
  const { bucket, counts } = countedBucket()
  for (let n = 0; n < 20 && counts.puts < 5; n++)
    expect(await run(bucket, budgetOf('free'))).toBeLessThanOrEqual(QUERIES.free)
  expect(await filesOf(site)).toEqual(filesOfDays('2026-03-10', '2026-03-11'))
  expect(counts.puts).toBe(5)
  await expectUpToDate(site)
})

test('files follow once all sites are settled, and share the time of a run', async () => {
  const [one, other] = [await threeDays(), await threeDays()]
  const settled: unknown[] = []
  const sql = 'select count(*) as n from settlements where settled > 0'
  const { bucket } = countedBucket(async () => {
    settled.push(await env.DB.prepare(sql).first('n'))
    vi.setSystemTime(Date.now() + 15_000)
    return false
  })
  await run(bucket)
  expect(settled).toEqual([2, 2])
  expect([...(await filesOf(one)), ...(await filesOf(other))]).toHaveLength(2)
})

test('a day that cannot be written blocks no other', async () => {
  const site = await threeDays()
  await run()
  const { bucket } = countedBucket(key => key.includes('day=2026-03-10'))
  const stored = (await openDirectory(env).listInDatabase()).find(({ config }) => config.domain === site.domain) as Site
  expect(await writeFiles(stored, Date.now(), { EXPORTS: bucket }, fileBudget(UNLIMITED))).toBe(true)
  expect(await filesOf(site)).toEqual(filesOfDays('2026-03-11'))
  await run(countedBucket().bucket)
  expect(await filesOf(site)).toEqual(filesOfDays('2026-03-10', '2026-03-11'))
})

test('a table that no run has the statements for is marked, and the next one follows', async () => {
  const site = await threeDays()
  await run()
  for (let n = 0; n < 9; n++) await run(countedBucket().bucket, new StatementBudget(42))
  const marks = filesOfDays('2026-03-10', '2026-03-11').map(file => `${file}.too-large.txt`)
  expect(await filesOf(site)).toEqual(marks)
})

test('a day that was empty when it was passed is written once it has data', async () => {
  const site = await threeDays()
  vi.setSystemTime(START + 6 * DAY)
  await post(site, [view(START + 4 * DAY, 'ada'), view(START + 5 * DAY, 'ada')])
  await run(countedBucket().bucket)
  const days = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-14']
  expect(await filesOf(site)).toEqual(filesOfDays(...days))
  await post(site, [view(START + 3 * DAY, 'late'), view(START - 8 * DAY, 'history')])
  await run(countedBucket().bucket)
  expect(await filesOf(site)).toEqual(filesOfDays(...days, '2026-03-13', '2026-03-02'))
})

test('a late event and an erased person have the files of their days written again, and no others', async () => {
  const site = await threeDays()
  await run(countedBucket().bucket)
  expect(await post(site, [view(START + DAY + 5 * HOUR, 'late')])).toMatchObject({ accepted: 1 })
  const { bucket, counts } = countedBucket()
  await run(bucket)
  expect(counts.puts).toBe(4)
  await expectUpToDate(site)
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const url = `https://stats.example/api/v1/sites/${site.domain}/users/late`
  await exports.default.fetch(url, { method: 'DELETE', headers })
  await run(bucket)
  expect(counts.puts).toBe(8)
  await expectUpToDate(site)
})

test.each([
  ['another offset', 'America/New_York', ['2026-03-01', '2026-03-02', '2026-03-09', '2026-03-10', '2026-03-11']],
  ['the same offset on the last day', 'Asia/Colombo', ['2026-03-02', '2026-03-10', '2026-03-11']],
])('after a change to a time zone with %s, the files of all days are written again', async (_, timezone, days) => {
  const files = filesOfDays(...days)
  const site = await threeDays()
  await post(site, [view(START - 8 * DAY, 'ada')])
  await run(countedBucket().bucket)
  await patchSite(site, { timezone })
  const { bucket, counts } = countedBucket()
  vi.setSystemTime(START + 2 * DAY + 12 * HOUR)
  await post(site, [view(START + 2 * DAY + 11 * HOUR, 'ada')])
  await run(bucket)
  expect(await filesOf(site)).toEqual(files)
  expect(counts.puts).toBe(files.length)
  await expectUpToDate(site)
  await run(bucket)
  expect(counts.puts).toBe(files.length)
})
