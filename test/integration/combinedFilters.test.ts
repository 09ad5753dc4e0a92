import { beforeAll, describe, expect, test } from 'vitest'
import type { Filter } from '../../shared/question'
import { createSite, migrate, post, query, type TestSite } from './setup'

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
