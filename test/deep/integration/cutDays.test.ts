import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../../shared/question'
import { answerAll } from '../../../worker/http/answer'
import { parseQuery } from '../../../worker/query/parse/parseQuery'
import { Site } from '../../../worker/site'
import { d1 } from '../../../worker/storage/d1'
import { clockByHand } from '../../integration/clockByHand'
import { expectRollupsMatchEvents, QUESTIONS, siteOf } from '../../integration/rollups'
import type { TestSite } from '../../integration/setup'
import { siteWithDays } from '../../integration/siteWithDays'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const NOW = Date.UTC(2026, 2, 10, 18)
const DAYS = 6

clockByHand(NOW)

const NAMES = ['page_view', 'add_to_cart', 'page_view', 'purchase', 'generate_lead', 'page_view', 'chat']

/** Events of a day, some of each hour, some minutes apart across the cut at 18:00. */
const eventsOf = (midnight: number) =>
  Array.from({ length: 96 }, (_, n) => ({
    id: `${midnight}-${n}`,
    name: NAMES[n % NAMES.length],
    visitor_id: `p${(n * 7) % 23}`,
    time: midnight + n * 15 * 60_000 + (n % 7) * 60_000,
    url: `https://shop.example/a${n % 5}`,
    ...(n % 4 === 1 && { referrer: 'https://www.bing.com/' }),
    ...(n % 3 === 1 && { country: 'SE' }),
    ...(NAMES[n % NAMES.length] === 'purchase' && { transaction_id: `T${midnight}-${n}`, value: 10, currency: 'EUR' }),
  }))

const newSite = (timezone: string): Promise<TestSite> =>
  siteWithDays({
    now: NOW,
    days: DAYS,
    eventsOf,
    fields: { timezone, currency: 'EUR', settings: { conversions: [{ event: 'chat' }] } },
  })

const PERIODS = ['today', { from: '2026-03-09', to: '2026-03-10' }, { from: '2026-03-08', to: '2026-03-10' }] as const

test.each(['UTC', 'Asia/Kolkata', 'America/New_York'])(
  'a period that ends now is compared with one that ends at this time of the day, in %s',
  async timezone => {
    const site = await newSite(timezone)
    const asked = QUESTIONS.filter(({ compare, filters }) => compare && !filters)
    const byDay = { metrics: ['visitors', 'sessions', 'pageviews', 'conversion_rate', 'revenue'], granularity: 'day' }
    for (const hours of [0, 1, 3, 5.2]) {
      vi.setSystemTime(NOW + hours * HOUR)
      const questions = [...asked, { ...byDay, compare: 'previous_period' } as const]
      await expectRollupsMatchEvents(site, questions as typeof asked, PERIODS, `${hours} hours later`)
    }
  },
)

const BY_GROUP = [
  { dimensions: ['channel'], compare: 'previous_period' },
  { dimensions: ['country'] },
  { dimensions: ['source'], filters: [['is', 'source', ['bing.com']]] },
  { filters: [['is', 'country', ['SE']]], compare: 'previous_period' },
] as const

test('visitors by source, country or device are counted without reading the sessions of today or of the day before', async () => {
  vi.setSystemTime(NOW)
  const site = await newSite('UTC')
  const found = await siteOf(site)
  const answers = async (): Promise<unknown[]> => {
    const queries = BY_GROUP.map(asked =>
      parseQuery({ ...asked, site: site.domain, metrics: ['visitors'], period: 'today' } as Question),
    )
    return (await answerAll(new Site(d1(env.DB), found), queries, NOW)).map(({ rows }) => rows)
  }
  const before = await answers()
  expect(before[0]).toHaveLength(2)
  await env.DB.prepare('delete from visits where site = ?1').bind(found.id).run()
  expect(await answers()).toEqual(before)
  // Rows of an earlier release have no ids: the sessions are read as before, and here there are none.
  for (const table of ['running', 'day_people'])
    await env.DB.prepare(`update ${table} set ids = null where site = ?1`).bind(found.id).run()
  expect(await answers()).not.toEqual(before)
})

test('it is answered without reading the larger part of the last day', async () => {
  vi.setSystemTime(NOW)
  const site = await newSite('UTC')
  const found = await siteOf(site)
  const previous = async (): Promise<unknown[]> => {
    const metrics = ['sessions', 'pageviews', 'bounce_rate', 'session_duration', 'visitors', 'conversion_rate']
    const query = parseQuery({ site: site.domain, metrics, period: 'today', compare: 'previous_period' })
    const [answer] = await answerAll(new Site(d1(env.DB), found), [query], NOW)
    return metrics.map(id => answer?.rows[0]?.metrics[id]?.previous)
  }
  const before = await previous()
  expect(before[1]).toBe(31)
  const [first, end] = [NOW - DAY - 18 * HOUR, NOW - DAY].map(time => time / HOUR)
  for (const table of ['views', 'visits']) {
    await env.DB.prepare(`delete from ${table} where site = ?1 and hour >= ?2 and hour < ?3`)
      .bind(found.id, first, end)
      .run()
  }
  expect(await previous()).toEqual(before)
})
