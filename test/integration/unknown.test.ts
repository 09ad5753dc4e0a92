import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../shared/question'
import { backup, idOf, inFormat, restore } from './backups'
import { browser, send } from './beacons'
import { clockByHand } from './clockByHand'
import { createSite, cron, deleteSite, post, query, type TestSite } from './setup'

const HOUR = 3_600_000
const START = Date.UTC(2026, 2, 10, 10)
const METRICS = ['clicks', 'clicks_per_session', 'scroll_depth']

clockByHand(START)

const siteNow = (time = START): Promise<TestSite> => {
  vi.setSystemTime(time)
  return createSite({ timezone: 'UTC' })
}

const view = (visitor: string, path: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: `${visitor}${path}`,
  name: 'page_view',
  visitor_id: visitor,
  time: START,
  url: `https://shop.example${path}`,
  ...more,
})

const ask = async (site: TestSite, question: Partial<Question> = {}) =>
  (await query(site, { metrics: METRICS, period: { from: '2026-03-10', to: '2026-03-10' }, ...question })).rows

const valuesOf = async (site: TestSite) => {
  const [row] = await ask(site)
  return METRICS.map(metric => row?.metrics[metric]?.value)
}

const SEND: Readonly<Record<string, string>> = {
  clicks: '"clicks"',
  clicks_per_session: '"clicks"',
  scroll_depth: '"scroll_depth"',
}

const expectUnknown = async (site: TestSite, question: Partial<Question> = {}) => {
  for (const { metrics } of await ask(site, question)) {
    for (const metric of METRICS) {
      expect([metric, metrics[metric]]).toEqual([
        metric,
        expect.objectContaining({
          value: null,
          interval: null,
          status: 'needs_input',
          reason: expect.stringContaining(`send ${SEND[metric]} with page_view events`),
        }),
      ])
    }
  }
}

test('page views that report neither are not part of either mean', async () => {
  const site = await siteNow()
  await post(site, [
    view('a', '/one', { scroll_depth: 80, clicks: 3 }),
    view('a', '/two', { scroll_depth: 33.4 }),
    view('b', '/one', { clicks: 0 }),
    view('c', '/three'),
  ])
  const known = [
    {
      metrics: {
        // Two of three sessions report clicks, two of four page views depth: 80 % and 33 %.
        clicks: expect.objectContaining({ value: 3, status: 'ok' }),
        clicks_per_session: expect.objectContaining({ value: 1.5, numerator: 3, denominator: 2 }),
        scroll_depth: expect.objectContaining({ value: 0.565, numerator: 1.13, denominator: 2 }),
        sessions: expect.objectContaining({ value: 3 }),
        pageviews: expect.objectContaining({ value: 4 }),
      },
    },
  ]
  const asked = { metrics: [...METRICS, 'sessions', 'pageviews'] }
  expect(await ask(site, asked)).toEqual(known)
  vi.setSystemTime(START + 72 * HOUR)
  await cron()
  expect(await ask(site, asked)).toEqual(known)

  const byPage = await ask(site, {
    metrics: ['clicks', 'scroll_depth'],
    dimensions: ['page'],
    order_by: [['page', 'asc']],
  })
  expect(
    byPage.map(({ dimensions, metrics }) => [dimensions?.page, metrics.clicks?.value, metrics.scroll_depth?.value]),
  ).toEqual([
    ['/one', 3, 0.8],
    ['/three', null, null],
    ['/two', null, 0.33],
  ])
  await expectUnknown(site, { filters: [['is', 'page', ['/three']]] })
  await deleteSite(site)
})

test('the interval of clicks per session covers the sessions that report clicks', async () => {
  const [some, all] = [await siteNow(), await siteNow()]
  const reporting = [0, 1, 2, 5].map((clicks, n) => view(`v${n}`, '/', { clicks }))
  await post(all, reporting)
  await post(some, [...reporting, ...Array.from({ length: 40 }, (_, n) => view(`w${n}`, '/'))])
  vi.setSystemTime(START + 2 * HOUR)
  const perSession = async (site: TestSite) => (await ask(site))[0]?.metrics.clicks_per_session
  expect(await perSession(some)).toEqual(await perSession(all))
  // 2 ± 3.1824 × 2.1602 / √4, and no less than 0.
  expect(await perSession(all)).toMatchObject({ value: 2, interval: [0, expect.closeTo(5.437434881858307, 9)] })
  await deleteSite(some)
  await deleteSite(all)
})

test('unreported values are unknown, and reported zeros are 0', async () => {
  const [unknown, nothing, zero] = [await siteNow(), await siteNow(), await siteNow()]
  await post(unknown, [view('a', '/', { engaged_seconds: 12 }), view('b', '/')])
  await post(zero, [view('a', '/', { scroll_depth: 0, clicks: 0 })])
  await expectUnknown(unknown)
  expect(await valuesOf(zero)).toEqual([0, 0, 0])
  expect(await valuesOf(nothing)).toEqual([0, null, null])
  vi.setSystemTime(START + 72 * HOUR)
  await cron()
  await expectUnknown(unknown)
  expect(await valuesOf(zero)).toEqual([0, 0, 0])
  for (const site of [unknown, nothing, zero]) await deleteSite(site)
})

test('a page view in a browser is known once it is left, in any order of its records', async () => {
  const site = await siteNow()
  // A page view begun by the script, and one without these fields.
  await send(site, browser(1), { i: 1, t: START, m: 0, c: 0 })
  await send(site, browser(2), { i: 2, t: START })
  await expectUnknown(site)
  vi.setSystemTime(START + 60_000)
  await send(site, browser(1), { i: 1, t: START, m: 60_000, d: 62.5, c: 0 })
  expect(await valuesOf(site)).toEqual([0, 0, 0.63])
  await send(site, browser(1), { i: 1, t: START, m: 0, c: 0 })
  await send(site, browser(1), { i: 1, t: START, m: 61_000, d: 20, c: 4 })
  expect(await valuesOf(site)).toEqual([4, 4, 0.63])
  // A sender that counts clicks but no depth.
  await send(site, browser(2), { i: 2, t: START, c: 1 })
  expect(await valuesOf(site)).toEqual([5, 2.5, 0.63])
  vi.setSystemTime(START + 72 * HOUR)
  await cron()
  expect(await valuesOf(site)).toEqual([5, 2.5, 0.63])
  await deleteSite(site)
})

test('a repeated event keeps the larger values', async () => {
  const site = await siteNow()
  for (const more of [{ clicks: 2 }, { scroll_depth: 40 }, {}, { scroll_depth: 30, clicks: 1 }])
    await post(site, [view('a', '/', more)])
  expect(await valuesOf(site)).toEqual([2, 2, 0.4])
  await deleteSite(site)
})

test.each([
  ['scroll_depth', -1, 'out_of_range'],
  ['scroll_depth', 100.1, 'out_of_range'],
  ['scroll_depth', '50 %', 'wrong_type'],
  ['clicks', -1, 'out_of_range'],
  ['clicks', 1.5, 'not_whole'],
  ['clicks', 100_001, 'out_of_range'],
  ['clicks', true, 'wrong_type'],
] as const)('%s %s is rejected: %s', async (field, value, code) => {
  const site = await siteNow()
  const { accepted, refused } = await post(site, [
    view('a', '/', { [field]: value }),
    view('b', '/', { [field]: null }),
  ])
  expect([accepted, refused.map(({ index, code }) => [index, code])]).toEqual([1, [[0, code]]])
  expect(refused[0]?.message).toContain(`"${field}"`)
  await deleteSite(site)
})

test('other events store them as ordinary properties', async () => {
  const site = await siteNow()
  await post(site, [{ id: 'x', name: 'poll', visitor_id: 'a', time: START, clicks: 'many', scroll_depth: 250 }])
  const rows = await ask(site, { metrics: ['events'], dimensions: ['property:clicks', 'property:scroll_depth'] })
  expect(rows.map(({ dimensions }) => dimensions)).toEqual([
    { 'property:clicks': 'many', 'property:scroll_depth': '250' },
  ])
  await deleteSite(site)
})

test('a backup of an earlier format held 0 for unreported values', async () => {
  const site = await siteNow()
  await post(site, [view('a', '/'), view('b', '/', { scroll_depth: 50, clicks: 0 })])
  const parts = (await backup(site)).map(part => inFormat(3, part).replaceAll(',-1,-1]', ',0,0]'))
  expect(parts.join('')).toContain(',0,0]')
  await deleteSite(site)
  await restore(site, parts)
  const sql = 'select depth, clicks from views where site = ?1 order by depth'
  expect(
    (
      await env.DB.prepare(sql)
        .bind(await idOf(site))
        .all()
    ).results,
  ).toEqual([
    { depth: -1, clicks: -1 },
    { depth: 50, clicks: 0 },
  ])
  await deleteSite(site)
})
