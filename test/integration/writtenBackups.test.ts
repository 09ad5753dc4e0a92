import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { runCron } from '../../worker/cron'
import { openDirectory } from '../../worker/directory'
import { budgetOf, UNLIMITED } from '../../worker/storage/statementBudget'
import { restore } from './backups'
import { clockByHand } from './clockByHand'
import { createSite, deleteSite, post, query, type TestSite } from './setup'

const DAY = 86_400_000
const START = Date.UTC(2026, 2, 10, 12)

clockByHand(START)

const run = (budget = UNLIMITED, keep = '3'): Promise<void> =>
  runCron(openDirectory(env, budget), Date.now(), budget, { BACKUPS: env.BUCKET, KEEP_BACKUPS: keep })

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
  for (let n = 0; n < 30 && !(await keysOf(site)).includes('day=2026-03-10/complete'); n++) await run(budgetOf('free'))
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
