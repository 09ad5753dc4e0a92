import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { Site } from '../../worker/site'
import { d1 } from '../../worker/storage/d1'
import { counting } from '../benchmark/counting'
import { expectAsAsked, missingOf } from './askedCatalogue'
import { clockByHand } from './clockByHand'
import { siteOf } from './rollups'
import { createSite, cron, patchSite, post, type TestSite } from './setup'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

clockByHand(Date.UTC(2026, 0, 1, 12))

const pageViews = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `v${n}`,
    name: 'page_view',
    ip: `10.0.0.${n % 200}`,
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    time: Date.now() - (n * 2 * DAY) / count,
    url: `https://shop.example/a${n % 9}`,
  }))

/** Rows that the site's catalogue reads. */
const rowsFor = async (site: TestSite): Promise<number> => {
  const { db, counts } = counting(env.DB)
  await new Site(d1(db), await siteOf(site)).availability(Date.now())
  return counts.rowsRead
}

test('after a run of the cron, the catalogue reads the same number of rows however many page views there are', async () => {
  const site = await createSite({ timezone: 'UTC' })
  await post(site, pageViews(10))
  await cron()
  const few = await rowsFor(site)
  expect(few).toBeLessThan(100)
  await post(site, pageViews(500))
  await cron()
  expect(await rowsFor(site)).toBe(few)
})

test('the first event of its kind makes a metric available at once, and a second one costs nothing', async () => {
  const site = await createSite({ timezone: 'UTC' })
  await post(site, pageViews(200))
  await cron()
  const few = await rowsFor(site)
  const answer = { name: 'survey_response', visitor_id: 'a', time: Date.now(), properties: { kind: 'nps', score: 9 } }
  expect((await missingOf(site)).nps).toHaveLength(1)
  await post(site, [answer])
  expect((await missingOf(site)).nps).toEqual([])
  expect(await rowsFor(site)).toBeGreaterThan(200)
  await cron()
  expect(await rowsFor(site)).toBeLessThan(few + 10)
  await post(site, [{ ...answer, visitor_id: 'b', time: Date.now() + 1 }])
  expect(await rowsFor(site)).toBeLessThan(few + 10)
})

test('a change of a setting that a metric depends on shows at once', async () => {
  const site = await createSite({ timezone: 'UTC' })
  await post(site, [...pageViews(20), { name: 'sign_up', user_id: 'u', time: Date.now() - MINUTE }])
  await cron()
  expect((await missingOf(site)).activation_rate).toEqual([expect.stringContaining('settings.value_event')])
  await patchSite(site, { settings: { value_event: { event: 'page_view' } } })
  // An isolate caches settings for ten seconds.
  vi.setSystemTime(Date.now() + 10_000)
  await expectAsAsked(site)
  expect((await missingOf(site)).activation_rate).not.toEqual([expect.stringContaining('settings.value_event')])
})
