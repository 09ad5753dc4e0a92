import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import { runCron } from '../../../worker/cron'
import { openDirectory } from '../../../worker/directory'
import { budgetOf } from '../../../worker/storage/statementBudget'
import { clockByHand } from '../../integration/clockByHand'
import { interceptedDatabase } from '../../integration/interceptedDatabase'
import { expectRollupsMatchEvents, QUESTIONS, siteOf } from '../../integration/rollups'
import { createSite, post, type TestSite } from '../../integration/setup'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 10)
const MOST = 50

clockByHand(START)

/** A database that runs 50 statements for an invocation, as D1 does on the free plan. */
const limitedDatabase = () => {
  const counts = { now: 0, most: 0 }
  const db = interceptedDatabase(env.DB, (count, run) => {
    counts.now += count
    counts.most = Math.max(counts.most, counts.now)
    if (counts.now > MOST) throw new Error('Too many API requests by single worker invocation.')
    return run(null)
  })
  return { db, counts }
}

/** Events of one hour, of several kinds and pages. */
const eventsOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => ({
    id: `${from}-${n}`,
    name: n % 10 === 9 ? 'generate_lead' : 'page_view',
    visitor_id: `v${(from / HOUR) % 24}-${n % 40}`,
    time: from + Math.floor((n * HOUR) / count),
    url: `https://shop.example/${n % 7}`,
    referrer: n % 3 === 0 ? 'https://www.bing.com/' : undefined,
    engaged_seconds: 5 + n,
  }))

const rolledUpDays = async (site: TestSite): Promise<number> => {
  const { id } = await siteOf(site)
  const sql = "select count(*) as n from sums where site = ?1 and dimension = ''"
  return Number(await env.DB.prepare(sql).bind(id).first('n'))
}

/** Days as they pass for some sites: events each hour, and the cron every five minutes. */
const pass = async (sites: readonly TestSite[], from: number, to: number, perHour: number) => {
  const { db, counts } = limitedDatabase()
  for (let time = from; time <= to; time += 5 * MINUTE) {
    vi.setSystemTime(time)
    if (time % HOUR === 0 && time > START) for (const site of sites) await post(site, eventsOf(time - HOUR, perHour))
    counts.now = 0
    const budget = budgetOf('free')
    await runCron(openDirectory({ DB: db }, budget), time, budget)
  }
  return counts.most
}

const PATIENCE = { timeout: 240_000 }

test('six sites are settled and rolled up within 50 statements a run', PATIENCE, async () => {
  const sites = await Promise.all(Array.from({ length: 6 }, () => createSite({ timezone: 'UTC' })))
  const most = await pass(sites, START, START + DAY + 12 * HOUR, 12)
  expect(most).toBeLessThanOrEqual(MOST)
  expect(await Promise.all(sites.map(rolledUpDays))).toEqual([1, 1, 1, 1, 1, 1])
  const [first] = sites
  await expectRollupsMatchEvents(first as TestSite, QUESTIONS, ['today', '7d'], 'on the second day')
})

test('so is a busy site, and its unfinished day', PATIENCE, async () => {
  vi.setSystemTime(START)
  const site = await createSite({ timezone: 'UTC' })
  const most = await pass([site], START, START + DAY + 6 * HOUR, 400)
  expect(most).toBeLessThanOrEqual(MOST)
  expect(await rolledUpDays(site)).toBe(1)
})
