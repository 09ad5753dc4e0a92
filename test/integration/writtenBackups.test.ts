import { env, exports } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { runCron } from '../../worker/cron'
import { openDirectory } from '../../worker/directory'
import { bucketReports } from '../../worker/http/bucketReports'
import type { Site } from '../../worker/site'
import type { BackupCursor } from '../../worker/storage/backup/backupPart'
import { writeBackup } from '../../worker/storage/backup/writeBackup'
import { fileBudget } from '../../worker/storage/fileBudget'
import { budgetOf, UNLIMITED } from '../../worker/storage/statementBudget'
import { writeFiles } from '../../worker/writeFiles'
import { restore } from './backups'
import { clockByHand } from './clockByHand'
import { QUERIES } from './d1Limits'
import { limitedDatabase } from './limitedDatabase'
import { createSite, deleteSite, post, query, type TestSite } from './setup'

const DAY = 86_400_000
const START = Date.UTC(2026, 2, 10, 12)

clockByHand(START)

/** @returns how many statements it took */
const run = async (budget = UNLIMITED): Promise<number> => {
  const { db, usage } = limitedDatabase(env.DB)
  const buckets = { BACKUPS: env.BUCKET, KEEP_BACKUPS: '3' }
  await runCron(openDirectory({ DB: db }, budget), Date.now(), budget, buckets)
  return usage.statements
}

const keysOf = async ({ domain }: TestSite): Promise<string[]> =>
  (await env.BUCKET.list({ prefix: `site=${domain}/` })).objects.map(({ key }) => key.slice(`site=${domain}/`.length))

const siteWithEvents = async (count: number): Promise<TestSite> => {
  const site = await createSite()
  const events = Array.from({ length: count }, (_, n) => ({
    id: `${n}`,
    name: 'page_view',
    visitor_id: `v${n % 70}`,
    time: START - DAY - n * 1_000,
    url: `https://shop.example/${n % 9}`,
  }))
  await post(site, events)
  return site
}

/** The parts of a backup in the bucket, in the order of the names of its objects. */
const partsIn = async (site: TestSite, day: string): Promise<string[]> => {
  const keys = (await keysOf(site)).filter(key => key.startsWith(`day=${day}/`) && key.endsWith('.ndjson'))
  const texts = await Promise.all(
    keys.map(async key => (await env.BUCKET.get(`site=${site.domain}/${key}`))?.text() ?? ''),
  )
  return texts.join('').split(/(?<="\}\n)(?=\{"footfall")/)
}

test('a backup is written once a day, in as many runs as the plan needs, and restores the site', async () => {
  const site = await siteWithEvents(4_900)
  const question = { metrics: ['sessions', 'visitors', 'pageviews', 'bounce_rate'], period: '7d' } as const
  const before = await query(site, question)
  for (let n = 0; n < 30 && !(await keysOf(site)).includes('day=2026-03-10/complete'); n++)
    expect(await run(budgetOf('free'))).toBeLessThanOrEqual(QUERIES.free)
  const keys = await keysOf(site)
  expect(keys.length).toBeGreaterThan(2)
  expect(keys).not.toContain('progress.json')
  await run()
  expect(await keysOf(site)).toEqual(keys)
  const parts = await partsIn(site, '2026-03-10')
  await deleteSite(site)
  await restore(site, parts)
  expect((await query({ ...site, read: env.ADMIN_TOKEN }, question)).rows).toEqual(before.rows)
  await deleteSite(site)
})

/** A site as the cron has it. */
const storedSite = async ({ domain }: TestSite): Promise<Site> =>
  (await openDirectory(env).listInDatabase()).find(({ config }) => config.domain === domain) as Site

test('an object ends by its length, and a backup that fails is left to write', async () => {
  vi.setSystemTime(START)
  const site = await siteWithEvents(1)
  const stored = await storedSite(site)
  const row = ['x'.repeat(5_000_000)]
  const read = async ({ part }: BackupCursor) => ({
    sections: [{ table: 'views', columns: ['text'], rows: [row] }],
    next: part < 3 ? { part: part + 1, table: 'views', after: [] } : null,
  })
  await writeBackup({ bucket: env.BUCKET, site: stored.config, read, keep: 1 }, START, fileBudget(UNLIMITED))
  const day = 'day=2026-03-10'
  expect(await keysOf(site)).toEqual([`${day}/000000.ndjson`, `${day}/000001.ndjson`, `${day}/complete`])
  const BACKUPS = new Proxy(env.BUCKET, {
    get: () => () => {
      throw new Error('the bucket is gone')
    },
  })
  expect(await writeFiles(stored, START, { BACKUPS }, fileBudget(UNLIMITED))).toBe(true)
  await deleteSite(site)
})

test('the last backups are kept', async () => {
  vi.setSystemTime(START)
  const site = await siteWithEvents(10)
  for (let day = 0; day < 5; day++) {
    vi.setSystemTime(START + day * DAY)
    await run()
  }
  const days = new Set((await keysOf(site)).map(key => key.slice(0, key.indexOf('/'))))
  expect([...days]).toEqual(['day=2026-03-12', 'day=2026-03-13', 'day=2026-03-14'])
  await deleteSite(site)
})

test('a new site with the domain of a deleted one gets a backup of its own', async () => {
  vi.setSystemTime(START)
  const former = await siteWithEvents(1_200)
  for (let n = 0; n < 30 && !(await keysOf(former)).includes('progress.json'); n++) await run(budgetOf('free'))
  expect(await keysOf(former)).toContain('progress.json')
  await deleteSite(former)
  vi.setSystemTime(START + 1_000)
  const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
  const body = JSON.stringify({ domain: former.domain, timezone: 'UTC', currency: 'EUR' })
  await exports.default.fetch('https://stats.example/api/v1/sites', { method: 'POST', headers, body })
  const secret = 'select secret from sites where domain = ?1'
  await run()
  const text = (await partsIn(former, '2026-03-10')).join('')
  expect(text).toContain(String(await env.DB.prepare(secret).bind(former.domain).first('secret')))
  expect(text).not.toContain('page_view')
  expect(text.match(/"secret"/g)).toHaveLength(1)
  expect(await keysOf(former)).not.toContain('progress.json')
  await deleteSite(former)
})

test('the doctor learns which buckets are bound, and of which site the last backup is the oldest', async () => {
  const site = await siteWithEvents(3)
  await run()
  const buckets = { ...env, BACKUPS: env.BUCKET }
  const { domain } = site
  expect(await bucketReports(env, [{ domain }])).toEqual({ EXPORTS: null, BACKUPS: null })
  const last = (await env.BUCKET.head(`site=${domain}/day=2026-03-10/complete`))?.uploaded.toISOString()
  expect(last).toBeDefined()
  expect((await bucketReports(buckets, [{ domain }])).BACKUPS).toEqual({ site: domain, last, failure: null })
  const never = { site: 'never.example', last: null, failure: null }
  expect((await bucketReports(buckets, [{ domain }, { domain: 'never.example' }])).BACKUPS).toEqual(never)
  const gone = { list: () => Promise.reject(new Error('gone')) } as unknown as R2Bucket
  const found = await bucketReports({ ...env, EXPORTS: gone }, [{ domain }])
  expect(found.EXPORTS).toEqual({ site: null, last: null, failure: expect.any(String) })
  await deleteSite(site)
})
