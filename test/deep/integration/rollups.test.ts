import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../../shared/question'
import { answerAll } from '../../../worker/http/answer'
import { erasePerson } from '../../../worker/privacy/erasePerson'
import { parseQuery } from '../../../worker/query/parse/parseQuery'
import { Site } from '../../../worker/site'
import { d1 } from '../../../worker/storage/d1'
import { clockByHand } from '../../integration/clockByHand'
import { deliver, importRows, withSite } from '../../integration/delivery'
import { cron, expectRollupsMatchEvents, QUESTIONS, siteOf } from '../../integration/rollups'
import { createSite, patchSite, post, type TestSite } from '../../integration/setup'
import { addDays } from '../../oracle/calendar'
import { happen, plan, type Scenario } from '../../oracle/scenario'

const RUNS = 2
const PATIENCE = {
  interruptAfterTimeLimit: 240_000,
  markInterruptAsFailure: true,
  endOnFailure: true,
  seed: env.TEST_SEED,
}
const TIMEOUT = 270_000

clockByHand(Date.UTC(2026, 0, 1))

const countOf = async (site: TestSite, table: string): Promise<number> => {
  const { id } = await siteOf(site)
  return Number(await env.DB.prepare(`select count(*) as n from ${table} where site = ?1`).bind(id).first('n'))
}

/** The answers from rollups and from events alone are equal; then the cron runs. */
const expectSame = async (site: TestSite, { firstDay }: Scenario, when: string): Promise<void> => {
  const periods: Question['period'][] = [
    { from: addDays(firstDay, -1), to: addDays(firstDay, 12) },
    { from: addDays(firstDay, 2), to: addDays(firstDay, 5) },
    'today',
    '7d',
  ]
  await expectRollupsMatchEvents(site, QUESTIONS, periods, when)
  await cron(site)
}

test('rollups match the events, after late events and changes', { timeout: TIMEOUT }, () =>
  fc.assert(
    fc.asyncProperty(plan, fc.array(fc.nat(5), { minLength: 8, maxLength: 8 }), async (plan, dice) => {
      const scenario = happen(plan, Date.now())
      await withSite(scenario, async site => {
        for (const [index, delivery] of scenario.deliveries.entries()) {
          await deliver(site, { ...delivery, settle: false })
          const die = dice[index % dice.length] ?? 0
          // Minutes later some of it is final and some is not; late events make rolled-up days stale.
          if (die > 0) await cron(site)
          // Clocks do not go back: current events are known not to be final.
          vi.setSystemTime(Math.min(delivery.at + die * 7 * 60_000, scenario.deliveries[index + 1]?.at ?? scenario.now))
          if (die > 2) await cron(site)
          if (die === 5) await expectSame(site, scenario, `after delivery ${index}`)
        }
        vi.setSystemTime(scenario.now)
        await cron(site)
        await importRows(site, scenario.imports)
        await expectSame(site, scenario, 'at the end')
        await patchSite(site, { settings: { conversions: [{ event: 'search' }, { page: '/a*' }] } })
        await expectSame(site, scenario, 'after a change of settings')
        await cron(site)
        await expectSame(site, scenario, 'after a change of settings, rolled up again')
        await patchSite(site, { timezone: 'Asia/Tokyo' })
        await expectSame(site, scenario, 'in another time zone')
        await cron(site)
        await expectSame(site, scenario, 'in another time zone, rolled up again')
        const user = scenario.deliveries.flatMap(({ events }) => events).find(event => event.user_id)?.user_id
        if (user) await erasePerson(d1(env.DB), await siteOf(site), user, Date.now())
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
  const plans = [
    parseQuery({ site: site.domain, metrics: [...metrics], period: { from: '2026-03-01', to: '2026-03-20' } }),
  ]
  const [answer] = await answerAll(new Site(d1(env.DB), await siteOf(site)), plans, Date.now())
  return metrics.map(id => answer?.rows[0]?.metrics[id]?.value)
}

test('past days are answered without reading their events', async () => {
  vi.setSystemTime(Date.parse('2026-03-10T12:00:00Z'))
  const site = await createSite()
  await post(site, [
    view('a', '2026-03-08T10:00:00Z'),
    view('b', '2026-03-09T10:00:00Z'),
    view('c', '2026-03-10T11:00:00Z', { url: 'https://shop.example/others' }),
  ])
  await cron(site)
  // By the current settings.
  await patchSite(site, { settings: { conversions: [{ page: '/' }] } })
  await cron(site)
  const metrics = ['visitors', 'sessions', 'pageviews', 'session_duration', 'pages_per_session', 'conversion_rate']
  const before = await total(site, metrics)
  expect(before).toEqual([3, 3, 3, 12, 1, 2 / 3])
  const { id } = await siteOf(site)
  const over = Math.floor(Date.parse('2026-03-10') / 3_600_000)
  for (const table of ['views', 'visits']) {
    await env.DB.prepare(`delete from ${table} where site = ?1 and hour < ?2`).bind(id, over).run()
  }
  expect(await total(site, metrics)).toEqual(before)
  // They are rolled up by the dimensions that say so, too.
  expect(await countOf(site, 'sums')).toBeGreaterThan(10)
})

test('an unfinished day is answered without reading its final sessions and hours', async () => {
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
