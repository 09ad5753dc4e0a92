import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Filter, Question } from '../../shared/question'
import { clockByHand } from './clockByHand'
import { createSite, migrate, patchSite, post, query, type TestSite } from './setup'

clockByHand(Date.parse('2026-03-11T01:00:00Z'))

let site: TestSite

const DAY = { from: '2026-03-10', to: '2026-03-10' }

const view = (visitor_id: string, country: string, time: string, path: string) => ({
  name: 'page_view',
  visitor_id,
  country,
  time: `2026-03-10T${time}:00Z`,
  url: `https://shop.example${path}`,
})

beforeAll(async () => {
  await migrate()
  site = await createSite()
  await post(site, [
    view('a', 'SE', '10:00', '/'),
    view('a', 'SE', '10:20', '/pricing'),
    view('b', 'NO', '11:00', '/pricing'),
    view('c', 'FI', '12:00', '/'),
    view('d', 'FI', '13:00', '/docs'),
  ])
})

const count = async (...filters: Filter[]): Promise<(number | null | undefined)[]> => {
  const { rows } = await query(site, { metrics: ['visitors', 'pageviews'], period: DAY, filters })
  return [rows[0]?.metrics.visitors?.value, rows[0]?.metrics.pageviews?.value]
}

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0'

const SWEDEN: Filter = ['is', 'country', ['SE']]
const NORWAY: Filter = ['is', 'country', ['NO']]
const PRICING: Filter = ['is', 'page', ['/pricing']]

describe('combined filters', () => {
  test.each<[string, Filter, [number, number]]>([
    ['either of two', ['or', SWEDEN, NORWAY], [2, 3]],
    ['both of two', ['and', SWEDEN, PRICING], [1, 1]],
    ['not one', ['not', SWEDEN], [3, 3]],
    ['a page view or its session', ['or', SWEDEN, PRICING], [2, 3]],
    ['neither of two', ['not', ['or', SWEDEN, PRICING]], [2, 2]],
    ['one of two, but not both', ['and', ['or', SWEDEN, PRICING], ['not', ['and', SWEDEN, PRICING]]], [2, 2]],
    ['one in each', ['and', ['or', PRICING]], [2, 2]],
  ])('pick %s', async (_name, filter, expected) => {
    expect(await count(filter)).toEqual(expected)
  })

  test('must pass together with other filters', async () => {
    expect(await count(['or', SWEDEN, NORWAY], PRICING)).toEqual([2, 2])
  })

  test('are in the normalized query of the answer', async () => {
    const filters: Filter[] = [['or', SWEDEN, ['not', PRICING]]]
    expect((await query(site, { metrics: ['visitors'], period: DAY, filters })).query.filters).toEqual(filters)
  })
})

const nested = (levels: number): Filter => (levels === 0 ? SWEDEN : ['not', nested(levels - 1)])

describe('what visitors did', () => {
  test.each<[string, Filter[], [number, number]]>([
    ['saw a page', [['has_done', { page: '/pric*' }]], [2, 3]],
    ['did not', [['not', ['has_done', { page: '/pric*' }]]], [2, 2]],
    ['saw a page from a country', [['has_done', { page: '/pricing', where: [['is', 'country', ['NO']]] }]], [1, 1]],
    [
      'saw two pages',
      [
        ['has_done', { page: '/pricing' }],
        ['has_done', { page: '/' }],
      ],
      [1, 2],
    ],
    ['sent an event that no one sent', [['has_done', { event: 'purchase' }]], [0, 0]],
    ['sent an event', [['has_done', { event: 'page_view' }]], [4, 5]],
  ])('picks those who %s', async (_name, filters, expected) => {
    expect(await count(...filters)).toEqual(expected)
  })

  test('counts only within the period, with a property and across midnight', async () => {
    const other = await createSite({ timezone: 'UTC' })
    const event = (visitor_id: string, time: string, name: string, more = {}) => ({ name, visitor_id, time, ...more })
    await post(other, [
      event('a', '2026-03-09T12:00:00Z', 'trial', { properties: { plan: 'pro' } }),
      event('a', '2026-03-10T12:00:00Z', 'page_view'),
      event('b', '2026-03-10T12:00:00Z', 'page_view'),
      event('b', '2026-03-10T13:00:00Z', 'trial', { properties: { plan: 'pro' } }),
      event('c', '2026-03-10T12:00:00Z', 'page_view'),
      event('c', '2026-03-10T13:00:00Z', 'trial', { properties: { plan: 'free' } }),
      // A session across midnight.
      { name: 'page_view', ip: '203.0.113.9', user_agent: FIREFOX, time: '2026-03-10T23:50:00Z' },
      { name: 'page_view', ip: '203.0.113.9', user_agent: FIREFOX, time: '2026-03-11T00:05:00Z' },
      {
        name: 'trial',
        ip: '203.0.113.9',
        user_agent: FIREFOX,
        time: '2026-03-11T00:10:00Z',
        properties: { plan: 'pro' },
      },
    ])
    const pro: Filter = ['has_done', { event: 'trial', where: [['is', 'property:plan', ['pro']]] }]
    const asked = async (to: string) => {
      const period = { from: '2026-03-10', to }
      const { rows } = await query(other, { metrics: ['sessions', 'pageviews'], period, filters: [pro] })
      return [rows[0]?.metrics.sessions?.value, rows[0]?.metrics.pageviews?.value]
    }
    expect(await asked('2026-03-10')).toEqual([2, 1])
    expect(await asked('2026-03-11')).toEqual([3, 3])
  })
})

describe('a segment', () => {
  const segments = [{ id: 'nordic', name: 'Nordic', filters: [['or', SWEDEN, NORWAY], PRICING] }]

  test('selects what its filters select, now and for the past, until it is changed', async () => {
    await patchSite(site, { settings: { segments } })
    expect(await count(['segment', 'nordic'])).toEqual([2, 2])
    expect(await count(['not', ['segment', 'nordic']])).toEqual([3, 3])
    await patchSite(site, { settings: { segments: [{ id: 'nordic', filters: [SWEDEN] }] } })
    expect(await count(['segment', 'nordic'])).toEqual([1, 2])
    await patchSite(site, { settings: { segments: null } })
    await expect(count(['segment', 'nordic'])).rejects.toThrow('unknown_segment')
  })

  test('also works in a list of queries and in a URL', async () => {
    await patchSite(site, { settings: { segments } })
    const asked = { site: site.domain, metrics: ['pageviews'], period: DAY, filters: [['segment', 'nordic']] }
    const headers = { authorization: `Bearer ${site.read}` }
    const body = JSON.stringify([asked])
    const list = await exports.default.fetch('https://stats.example/api/v1/query', { method: 'POST', headers, body })
    const [answer] = await list.json<Answer[]>()
    const address = `https://stats.example/api/v1/metrics/pageviews?site=${site.domain}&period=2026-03-10,2026-03-10`
    const filters = encodeURIComponent(JSON.stringify(asked.filters))
    const one = await (await exports.default.fetch(`${address}&filters=${filters}`, { headers })).json<Answer>()
    expect([answer?.rows[0]?.metrics.pageviews?.value, one.rows[0]?.metrics.pageviews?.value]).toEqual([2, 2])
  })

  test.each<[string, unknown]>([
    ['no filter', { id: 'none', filters: [] }],
    ['an invalid filter', { id: 'wrong', filters: [['is', 'contry', ['SE']]] }],
    ['a nested segment', { id: 'outer', filters: [['segment', 'nordic']] }],
    ['an id with a space', { id: 'from sweden', filters: [SWEDEN] }],
    ['filters of more than 4,000 characters', { id: 'long', filters: [['is', 'page', ['/'.repeat(10_000)]]] }],
    ['an unknown field', { id: 'more', filters: [SWEDEN], colour: 'red' }],
  ])('is not saved with %s', async (_name, segment) => {
    await expect(patchSite(site, { settings: { segments: [segment] } })).rejects.toThrow('bad_settings')
  })

  test('is rejected if another segment has its id', async () => {
    const twice = [SWEDEN, NORWAY].map(filter => ({ id: 'same', filters: [filter] }))
    await expect(patchSite(site, { settings: { segments: twice } })).rejects.toThrow('bad_settings')
  })
})

describe('a goal', () => {
  const goals = [
    { id: 'priced', page: '/pricing', where: [['is', 'country', ['SE']]] },
    { id: 'home', page: '/' },
  ]
  const PRICED: Filter = ['has_done', { goal: 'priced' }]

  beforeAll(async () => {
    await patchSite(site, { settings: { goals } })
  })

  test.each<[string, Filter, [number, number]]>([
    ['those who reached it', PRICED, [1, 2]],
    ['those who did not', ['not', PRICED], [3, 3]],
    ['those who reached it in a way', ['has_done', { goal: 'home', where: [['is', 'country', ['FI']]] }], [1, 1]],
  ])('selects %s', async (_name, filter, expected) => {
    expect(await count(filter)).toEqual(expected)
  })

  test('can be in a segment that is saved before it', async () => {
    const saved = [{ id: 'both', filters: [PRICED, ['has_done', { goal: 'later' }]] }]
    await patchSite(site, { settings: { segments: saved } })
    await expect(count(['segment', 'both'])).rejects.toThrow('unknown_goal')
    await patchSite(site, { settings: { goals: [...goals, { id: 'later', page: '/' }] } })
    expect(await count(['segment', 'both'])).toEqual([1, 2])
  })

  test.each([
    ['of a filter', { filters: [['has_done', { goal: 'pricd' }]] }],
    ['of a metric', { parameters: { goal_conversions: { goal: 'pricd' } } }],
  ])('that is not there is rejected with the nearest one: %s', async (_name, more) => {
    const asked = { metrics: ['goal_conversions'], period: DAY, ...more } as Omit<Question, 'site'>
    await expect(query(site, asked)).rejects.toThrow('There is no goal \\"pricd\\". Did you mean priced?')
  })
})

describe('is rejected:', () => {
  test.each<[string, unknown, string]>([
    ['nothing to combine', ['or'], 'bad_filter'],
    ['two filters to negate', ['not', SWEDEN, NORWAY], 'bad_filter'],
    ['something done that no event has', ['has_done', { event: 'a', where: [['is', 'cohort', ['x']]] }], 'bad_filter'],
    ['something done without a name', ['has_done', { where: [] }], 'bad_filter'],
    ['something done with two names', ['has_done', { event: 'a', page: '/' }], 'bad_filter'],
    ['a combined filter on what was done', ['has_done', { event: 'a', where: [['or', SWEDEN]] }], 'bad_filter'],
    ['text for a filter', ['or', 'country'], 'bad_filter'],
    ['a nested unknown operator', ['or', ['equals', 'country', ['SE']]], 'bad_filter'],
    ['a nested unknown dimension', ['or', ['is', 'contry', ['SE']]], 'unknown_dimension'],
    ['nine levels', nested(9), 'bad_filter'],
    ['five things done', ['or', ...Array.from({ length: 5 }, () => ['has_done', { page: '/' }])], 'bad_filters'],
    ['21 filters', ['or', ...Array.from({ length: 21 }, () => SWEDEN)], 'bad_filters'],
  ])('%s', async (_name, filter, code) => {
    await expect(count(filter as Filter)).rejects.toThrow(code)
  })

  test('a nested dimension that the metric cannot be filtered on', async () => {
    const filters: Filter[] = [['or', SWEDEN, ['is', 'event', ['search']]]]
    await expect(query(site, { metrics: ['retention_rate'], period: DAY, filters })).rejects.toThrow(
      'impossible_filter',
    )
  })
})

test('eight levels are answered', async () => {
  expect(await count(nested(8))).toEqual([1, 2])
})
