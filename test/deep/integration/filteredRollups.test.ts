import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { Answer, Question } from '../../../shared/question'
import { answerAll } from '../../../worker/http/answer'
import { parseQuery } from '../../../worker/query/parse/parseQuery'
import { Site } from '../../../worker/site'
import { d1 } from '../../../worker/storage/d1'
import { clockByHand } from '../../integration/clockByHand'
import { expectRollupsMatchEvents, siteOf } from '../../integration/rollups'
import type { TestSite } from '../../integration/setup'
import { siteWithDays } from '../../integration/siteWithDays'

const NOW = Date.UTC(2026, 2, 10, 18)
const DAYS = 4

clockByHand(NOW)

/** Sessions of two pages each, from two sources. */
const eventsOf = (midnight: number) =>
  Array.from({ length: 48 }, (_, n) => ({
    id: `${midnight}-${n}`,
    name: n % 8 === 7 ? 'purchase' : 'page_view',
    // Three people come on all days.
    visitor_id: n % 16 < 6 ? `p${Math.floor((n % 16) / 2)}` : `${midnight}-${Math.floor(n / 2)}`,
    time: midnight + n * 25 * 60_000,
    url: `https://shop.example/${'abc'[n % 3]}`,
    referrer: n % 4 < 2 ? 'https://www.bing.com/' : undefined,
    ...(n % 8 === 7 && { transaction_id: `T${midnight}-${n}`, value: 10, currency: 'EUR' }),
  }))

const newSite = (): Promise<TestSite> =>
  siteWithDays({ now: NOW, days: DAYS, eventsOf, fields: { timezone: 'UTC', currency: 'EUR' } })

type Asked = Omit<Question, 'site' | 'period'>

const METRICS = ['visitors', 'sessions', 'pageviews', 'bounce_rate', 'conversion_rate']

/** Filters that pick groups of rollups by one dimension. */
const PICKED: readonly Asked[] = [
  { metrics: METRICS, filters: [['is', 'page', ['/b']]] },
  { metrics: METRICS, filters: [['is', 'page', ['/b']]], granularity: 'day' },
  { metrics: METRICS, filters: [['is', 'channel', ['Organic search']]], compare: 'previous_period' },
  { metrics: METRICS, filters: [['is', 'page', ['/nowhere']]] },
  { metrics: METRICS, filters: [['is', 'page', ['/a', '/c']]], dimensions: ['page'] },
]

/** Filters that no group answers: in several groups a person would count several times. */
const NOT_PICKED: readonly Asked[] = [
  { metrics: METRICS, filters: [['is', 'page', ['/a', '/b']]] },
  { metrics: METRICS, filters: [['is_not', 'page', ['/b']]] },
  {
    metrics: METRICS,
    filters: [
      ['is', 'page', ['/b']],
      ['is', 'channel', ['Organic search']],
    ],
  },
]

const LAST_DAYS = { from: '2026-03-08', to: '2026-03-09' } as const

const answerTo = async (site: TestSite, asked: Asked): Promise<Answer['rows']> => {
  const query = parseQuery({ ...asked, site: site.domain, period: LAST_DAYS })
  const [answer] = await answerAll(new Site(d1(env.DB), await siteOf(site)), [query], NOW)
  return answer?.rows ?? []
}

test('a filter on one value is answered from rollups as from events', async () => {
  const site = await newSite()
  const periods = [LAST_DAYS, 'today', '7d'] as const
  await expectRollupsMatchEvents(site, [...PICKED, ...NOT_PICKED], periods, 'filtered')
})

test('it reads no event of a day that is rolled up', async () => {
  const site = await newSite()
  const answers = async (asked: readonly Asked[]): Promise<Answer['rows'][]> => {
    const all: Answer['rows'][] = []
    for (const one of asked) all.push(await answerTo(site, one))
    return all
  }
  const [before, others] = [await answers(PICKED), await answers(NOT_PICKED)]
  expect(before[0]?.[0]?.metrics.pageviews?.value).toBeGreaterThan(10)
  const { id } = await siteOf(site)
  for (const table of ['views', 'events', 'visits']) {
    await env.DB.prepare(`delete from ${table} where site = ?1`).bind(id).run()
  }
  expect(await answers(PICKED)).toEqual(before)
  expect(await answers(NOT_PICKED)).not.toEqual(others)
})
