import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Answer, Question } from '../../shared/question'
import { answerAll } from '../../worker/api/answer'
import { dimensionOf } from '../../worker/metrics/dimensions'
import type { Metric } from '../../worker/metrics/metric'
import { allowedDimensions, planOf } from '../../worker/metrics/question'
import { METRICS } from '../../worker/metrics/registry'
import { removePerson } from '../../worker/people/remove'
import { keepRunning } from '../../worker/rollup/keepRunning'
import { rollUp } from '../../worker/rollup/rollup'
import { settle } from '../../worker/settle/settle'
import { findSite, type Site } from '../../worker/store/sites'
import { addDays } from '../truth/calendar'
import { happen, plan, type Scenario } from '../truth/scenario'
import { KEPT_TABLES } from './keptTables'
import { createSite, migrate, post, type TestSite } from './setup'
import { deliver, importRows, withSite } from './telling'

const RUNS = 8
const PATIENCE = { interruptAfterTimeLimit: 240_000, markInterruptAsFailure: true, seed: env.TEST_SEED }
const TIMEOUT = 270_000

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(Date.UTC(2026, 0, 1))
  await migrate()
})
afterAll(() => {
  vi.useRealTimers()
})

const siteOf = async (site: TestSite): Promise<Site> => {
  const found = await findSite(env.DB, site.domain)
  if (!found) throw new Error(`${site.domain} is not there`)
  return found
}

/** What the cron does for one site, also of days that nobody but this test would call busy. */
const cron = async (site: TestSite): Promise<void> => {
  const found = await siteOf(site)
  const changes = await settle(env.DB, found.id, Date.now())
  await rollUp(env.DB, found, Date.now())
  await keepRunning(env.DB, found, Date.now(), changes, 0)
}

const forget = async (site: TestSite): Promise<void> => {
  const { id } = await siteOf(site)
  await env.DB.batch(KEPT_TABLES.map(table => env.DB.prepare(`delete from ${table} where site = ?1`).bind(id)))
}

const countOf = async (site: TestSite, table: string): Promise<number> => {
  const { id } = await siteOf(site)
  return Number(await env.DB.prepare(`select count(*) as n from ${table} where site = ?1`).bind(id).first('n'))
}

const ids = (of: (metric: Metric) => boolean): string[] => METRICS.filter(of).map(({ id }) => id)

const by = (id: string): Omit<Question, 'site' | 'period'> => {
  const dimension = dimensionOf(id)
  const metrics = ids(
    metric => allowedDimensions(metric).includes(id) && (!dimension || metric.allows?.({}, dimension) !== false),
  )
  return { metrics, dimensions: [id], order_by: [[id, 'asc']] }
}

const QUESTIONS: readonly Omit<Question, 'site' | 'period'>[] = [
  { metrics: ids(() => true), compare: 'previous_period' },
  { metrics: ids(() => true), granularity: 'day' },
  { metrics: ids(() => true), granularity: 'week' },
  { ...by('page'), granularity: 'month' },
  by('page'),
  { ...by('channel'), granularity: 'day' },
  by('country'),
]

/** Numbers to twelve places: a sum of fractions depends on the order of its parts. */
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(9)) : value

const told = (answers: readonly Answer[]): string[] =>
  answers.flatMap(({ query, rows }) => [JSON.stringify(query), ...rows.map(row => JSON.stringify(row, rounded))])

const answersOf = async (site: TestSite, periods: readonly Question['period'][]): Promise<string[]> => {
  const plans = periods.flatMap(period =>
    QUESTIONS.map(question => planOf({ ...question, site: site.domain, ...(period && { period }) })),
  )
  return told(await answerAll(env.DB, await siteOf(site), plans, Date.now()))
}

/** The same from what is kept and from facts alone; what is kept is made again then. */
const expectSame = async (site: TestSite, { firstDay }: Scenario, when: string): Promise<void> => {
  const periods: Question['period'][] = [
    { from: addDays(firstDay, -1), to: addDays(firstDay, 12) },
    { from: addDays(firstDay, 2), to: addDays(firstDay, 5) },
    'today',
    '7d',
  ]
  const kept = await answersOf(site, periods)
  await forget(site)
  const raw = await answersOf(site, periods)
  for (const [index, line] of raw.entries()) {
    if (kept[index] !== line) throw new Error(`${when}: what is kept says\n${kept[index]}\nand facts say\n${line}`)
  }
  await cron(site)
}

const patch = async (site: TestSite, body: unknown): Promise<void> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect([response.status, await response.text()]).toEqual([200, expect.any(String)])
}

test('what is kept says what the facts say, whatever comes late or changes', { timeout: TIMEOUT }, () =>
  fc.assert(
    fc.asyncProperty(plan, fc.array(fc.nat(5), { minLength: 8, maxLength: 8 }), async (plan, dice) => {
      const scenario = happen(plan, Date.now())
      await withSite(scenario, async site => {
        for (const [index, delivery] of scenario.deliveries.entries()) {
          await deliver(site, { ...delivery, settle: false })
          const die = dice[index % dice.length] ?? 0
          // Some minutes later some of it is settled and some is not; late facts find days that are rolled up.
          if (die > 0) await cron(site)
          vi.setSystemTime(delivery.at + die * 7 * 60_000)
          if (die > 2) await cron(site)
          if (die === 5) await expectSame(site, scenario, `after delivery ${index}`)
        }
        vi.setSystemTime(scenario.now)
        await cron(site)
        await importRows(site, scenario.imports)
        await expectSame(site, scenario, 'at the end')
        await patch(site, { settings: { conversions: [{ event: 'search' }, { page: '/a*' }] } })
        await expectSame(site, scenario, 'after a change of settings')
        await cron(site)
        await expectSame(site, scenario, 'after a change of settings, rolled up again')
        await patch(site, { timezone: 'Asia/Tokyo' })
        await expectSame(site, scenario, 'in another time zone')
        await cron(site)
        await expectSame(site, scenario, 'in another time zone, rolled up again')
        const user = scenario.deliveries.flatMap(({ events }) => events).find(event => event.user_id)?.user_id
        if (user) await removePerson(env.DB, await siteOf(site), user, Date.now())
        await expectSame(site, scenario, 'without a person')
      })
    }),
    { numRuns: RUNS, ...PATIENCE },
  ),
)

const view = (id: string, time: string, more: object = {}): object => ({
  id,
  name: 'page_view',
  time,
  visitor_id: id,
  url: 'https://shop.example/',
  engaged_seconds: 12,
  ...more,
})

const total = async (site: TestSite, metrics: readonly string[]): Promise<unknown[]> => {
  const plans = [planOf({ site: site.domain, metrics: [...metrics], period: { from: '2026-03-01', to: '2026-03-20' } })]
  const [answer] = await answerAll(env.DB, await siteOf(site), plans, Date.now())
  return metrics.map(id => answer?.rows[0]?.metrics[id]?.value)
}

test('days that are over are told without a look at their facts', async () => {
  vi.setSystemTime(Date.parse('2026-03-10T12:00:00Z'))
  const site = await createSite()
  await post(site, [
    view('a', '2026-03-08T10:00:00Z'),
    view('b', '2026-03-09T10:00:00Z'),
    view('c', '2026-03-10T11:00:00Z'),
  ])
  await cron(site)
  const metrics = ['visitors', 'sessions', 'pageviews', 'session_duration', 'pages_per_session']
  const before = await total(site, metrics)
  expect(before).toEqual([3, 3, 3, 12, 1])
  const { id } = await siteOf(site)
  const over = Math.floor(Date.parse('2026-03-10') / 3_600_000)
  for (const table of ['views', 'visits']) {
    await env.DB.prepare(`delete from ${table} where site = ?1 and hour < ?2`).bind(id, over).run()
  }
  expect(await total(site, metrics)).toEqual(before)
  // They are rolled up by the dimensions that say so, too.
  expect(await countOf(site, 'sums')).toBeGreaterThan(10)
})

test('a day that is not over is told without a look at its settled visits and hours', async () => {
  vi.setSystemTime(Date.parse('2026-03-10T18:00:00Z'))
  const site = await createSite()
  await post(site, [
    view('a', '2026-03-10T10:00:00Z'),
    view('b', '2026-03-10T11:00:00Z'),
    view('a', '2026-03-10T14:00:00Z', { id: 'a2' }),
  ])
  await cron(site)
  const metrics = ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'conversion_rate']
  const before = await total(site, metrics)
  expect(before).toEqual([2, 3, 3, 1, 0])
  const { id } = await siteOf(site)
  for (const table of ['views', 'visits']) await env.DB.prepare(`delete from ${table} where site = ?1`).bind(id).run()
  expect(await total(site, metrics)).toEqual(before)
})
