import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Filter } from '../../shared/question'
import { createSite, migrate, patchSite, post, query, type TestSite } from './setup'

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

  test('must all pass beside others', async () => {
    expect(await count(['or', SWEDEN, NORWAY], PRICING)).toEqual([2, 2])
  })

  test('are in the query as understood', async () => {
    const filters: Filter[] = [['or', SWEDEN, ['not', PRICING]]]
    expect((await query(site, { metrics: ['visitors'], period: DAY, filters })).query.filters).toEqual(filters)
  })
})

const nested = (levels: number): Filter => (levels === 0 ? SWEDEN : ['not', nested(levels - 1)])

describe('a segment', () => {
  const segments = [{ id: 'nordic', name: 'Nordic', filters: [['or', SWEDEN, NORWAY], PRICING] }]

  test('picks what its filters pick, now and for the past, until it is changed', async () => {
    await patchSite(site, { settings: { segments } })
    expect(await count(['segment', 'nordic'])).toEqual([2, 2])
    expect(await count(['not', ['segment', 'nordic']])).toEqual([3, 3])
    await patchSite(site, { settings: { segments: [{ id: 'nordic', filters: [SWEDEN] }] } })
    expect(await count(['segment', 'nordic'])).toEqual([1, 2])
    await patchSite(site, { settings: { segments: null } })
    await expect(count(['segment', 'nordic'])).rejects.toThrow('unknown_segment')
  })

  test('is named in a list of queries and in an address, too', async () => {
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
    ['another segment within', { id: 'outer', filters: [['segment', 'nordic']] }],
    ['an id with a space', { id: 'from sweden', filters: [SWEDEN] }],
    ['filters of more than 10,000 characters', { id: 'long', filters: [['is', 'page', ['/'.repeat(10_000)]]] }],
    ['an unknown field', { id: 'more', filters: [SWEDEN], colour: 'red' }],
  ])('is not saved with %s', async (_name, segment) => {
    await expect(patchSite(site, { settings: { segments: [segment] } })).rejects.toThrow('bad_settings')
  })

  test('is not saved under the id of another', async () => {
    const twice = [SWEDEN, NORWAY].map(filter => ({ id: 'same', filters: [filter] }))
    await expect(patchSite(site, { settings: { segments: twice } })).rejects.toThrow('bad_settings')
  })
})

describe('is rejected:', () => {
  test.each<[string, unknown, string]>([
    ['nothing to combine', ['or'], 'bad_filter'],
    ['two filters to negate', ['not', SWEDEN, NORWAY], 'bad_filter'],
    ['text for a filter', ['or', 'country'], 'bad_filter'],
    ['an unknown operator within', ['or', ['equals', 'country', ['SE']]], 'bad_filter'],
    ['an unknown dimension within', ['or', ['is', 'contry', ['SE']]], 'unknown_dimension'],
    ['nine levels', nested(9), 'bad_filter'],
    ['21 filters', ['or', ...Array.from({ length: 21 }, () => SWEDEN)], 'bad_filters'],
  ])('%s', async (_name, filter, code) => {
    await expect(count(filter as Filter)).rejects.toThrow(code)
  })

  test('a dimension within that the metric cannot be filtered on', async () => {
    const filters: Filter[] = [['or', SWEDEN, ['is', 'event', ['search']]]]
    await expect(query(site, { metrics: ['retention_rate'], period: DAY, filters })).rejects.toThrow(
      'impossible_filter',
    )
  })
})

test('eight levels are answered', async () => {
  expect(await count(nested(8))).toEqual([1, 2])
})
