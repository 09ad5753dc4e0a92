import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../../shared/question'
import { answerAll } from '../../../worker/http/answer'
import { parseQuery } from '../../../worker/query/parse/parseQuery'
import { buildDays } from '../../../worker/rollups/buildDays'
import { Site } from '../../../worker/site'
import { d1 } from '../../../worker/storage/d1'
import { budgetedDatabase, StatementBudget } from '../../../worker/storage/statementBudget'
import { clockByHand } from '../../integration/clockByHand'
import { deliver, withSite } from '../../integration/delivery'
import { limitedDatabase, type Usage } from '../../integration/limitedDatabase'
import { cron, expectRollupsMatchEvents, QUESTIONS, siteOf } from '../../integration/rollups'
import { ROLLUP_TABLES } from '../../integration/rollupTables'
import { createSite, deleteSite, patchSite, post, type TestSite } from '../../integration/setup'
import { addDays } from '../../oracle/calendar'
import { happen, plan } from '../../oracle/scenario'
import { settings } from '../../oracle/settings'

const RUNS = 6
const PATIENCE = {
  interruptAfterTimeLimit: 240_000,
  markInterruptAsFailure: true,
  endOnFailure: true,
  seed: env.TEST_SEED,
}

const HOUR = 3_600_000
const DAY = 24 * HOUR

clockByHand(Date.UTC(2026, 0, 1))

/** The rows of all answers, to the last digit. */
const rowsOf = async (site: TestSite, period: Question['period']): Promise<string> => {
  const queries = QUESTIONS.map(question => parseQuery({ ...question, site: site.domain, ...(period && { period }) }))
  const answers = await answerAll(new Site(d1(env.DB), await siteOf(site)), queries, Date.now())
  return answers.map(({ rows }) => JSON.stringify(rows)).join('\n')
}

const dropRollups = async (site: TestSite): Promise<void> => {
  const { id } = await siteOf(site)
  await env.DB.batch(ROLLUP_TABLES.map(table => env.DB.prepare(`delete from ${table} where site = ?1`).bind(id)))
}

/** Builds rollups until a number of statements is used up. */
const buildSome = async (site: TestSite, statements: number): Promise<void> => {
  const budget = new StatementBudget(statements)
  await buildDays(budgetedDatabase(d1(env.DB), budget), await siteOf(site), Date.now(), budget)
}

/** New settings, and the number of statements after which the next run of the cron ends. */
const change = fc.record({ changed: settings, statements: fc.integer({ min: 0, max: 400 }) })

test('after any change of settings, rollups answer like rollups built from nothing', { timeout: 270_000 }, () =>
  fc.assert(
    fc.asyncProperty(plan, fc.array(change, { minLength: 2, maxLength: 4 }), async (plan, changes) => {
      const scenario = happen(plan, Date.now())
      await withSite(scenario, async site => {
        for (const delivery of scenario.deliveries) await deliver(site, { ...delivery, settle: false })
        vi.setSystemTime(scenario.now)
        await cron(site)
        const period = { from: addDays(scenario.firstDay, -1), to: addDays(scenario.firstDay, 12) }
        for (const { changed, statements } of changes) {
          await patchSite(site, { settings: changed })
          await buildSome(site, statements)
          await expectRollupsMatchEvents(site, QUESTIONS, [period], 'with some of the measures')
        }
        await cron(site)
        const kept = await rowsOf(site, period)
        await dropRollups(site)
        await cron(site)
        expect(kept).toBe(await rowsOf(site, period))
      })
    }),
    { numRuns: RUNS, ...PATIENCE },
  ),
)

/** Builds the rollups and counts the statements and rows. */
const usageOf = async (site: TestSite): Promise<Usage> => {
  const { db, usage } = limitedDatabase(env.DB)
  await buildDays(d1(db), await siteOf(site), Date.now())
  return usage
}

const storedKeys = async (site: TestSite): Promise<{ keys: string[]; rows: number }> => {
  const { id } = await siteOf(site)
  const sql = "select distinct k.key from sums s, json_each(s.cells, '$.sums') k where s.site = ?1 order by 1"
  const { results } = await env.DB.prepare(sql).bind(id).all<{ key: string }>()
  const rows = await env.DB.prepare('select count(*) as n from sums where site = ?1').bind(id).first<number>('n')
  return { keys: results.map(({ key }) => key), rows: Number(rows) }
}

test('a change of conversions computes the measures that count them, and no others', async () => {
  const now = Date.UTC(2026, 2, 31)
  vi.setSystemTime(now)
  const site = await createSite({ timezone: 'UTC' })
  for (let day = 1; day <= 28; day++) {
    const events = Array.from({ length: 200 }, (_, n) => ({
      name: n % 10 === 9 ? 'chat_opened' : 'page_view',
      visitor_id: `visitor ${n % 80}`,
      time: now - day * DAY - n * 60_000,
      url: `https://shop.example/${n % 20}`,
    }))
    await post(site, events)
  }
  await cron(site)
  await dropRollups(site)
  const fresh = await usageOf(site)
  const before = await storedKeys(site)
  await patchSite(site, { settings: { conversions: [{ event: 'chat_opened' }] } })
  const added = await usageOf(site)
  const after = await storedKeys(site)
  console.log(`all measures: ${fresh.rowsRead} rows read; those that count conversions: ${added.rowsRead}`)
  expect(added.rowsRead).toBeLessThan(fresh.rowsRead)
  expect(after.keys.filter(key => !before.keys.includes(key)).map(key => key.split('/')[0])).toEqual([
    'conversion_rate',
    'conversions',
    'engagement_rate',
  ])
  expect(after.keys).toHaveLength(before.keys.length)
  // A further change replaces the measures of the last one.
  await patchSite(site, { settings: { conversions: [{ page: '/1' }] } })
  await usageOf(site)
  expect((await storedKeys(site)).rows).toBe(after.rows)
  expect((await usageOf(site)).rowsWritten).toBe(0)
  await deleteSite(site)
})
