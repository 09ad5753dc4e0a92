import { exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Parameters, PathStep, Question } from '../../shared/question'
import type { RawEvent } from '../oracle/event'
import { worldOf } from '../oracle/facts'
import { NO_IMPORTS } from '../oracle/imports'
import { stepsOfPaths } from '../oracle/paths'
import { scopesOf } from '../oracle/truth'
import { createSite, migrate, post, query, type TestSite } from './setup'

let site: TestSite

const DAY = { from: '2026-03-10', to: '2026-03-10' }
const PAGES = ['/a', '/b', '/c', '/d', '/e', '/f', '/g']

beforeAll(async () => {
  await migrate()
  site = await createSite()
  // The first page has the most views, and the last two have equally many.
  const events = PAGES.flatMap((path, index) =>
    Array.from({ length: Math.max(PAGES.length - index, 2) }, (_, n) => ({
      id: `${path}${n}`,
      name: 'page_view',
      visitor_id: `${n}`,
      time: `2026-03-10T1${n}:00:00Z`,
      url: `https://shop.example${path}`,
    })),
  )
  await post(site, events)
})

const groups = ({ rows }: Answer): (string | undefined)[] => [
  ...new Set(rows.map(({ dimensions }) => dimensions?.page)),
]

const ask = async (more: Partial<Question>): Promise<(string | undefined)[]> =>
  groups(await query(site, { metrics: ['pageviews'], period: DAY, dimensions: ['page'], ...more }))

describe('offset', () => {
  test.each([1, 2, 3, 7, 10])('and a limit of %i give every group once, in order', async limit => {
    const all: (string | undefined)[] = []
    for (let offset = 0; offset < PAGES.length; offset += limit) all.push(...(await ask({ limit, offset })))
    expect(all).toEqual(PAGES)
    expect(await ask({ limit, offset: PAGES.length })).toEqual([])
  })

  test('counts groups, not buckets, and follows the order', async () => {
    expect(await ask({ granularity: 'hour', limit: 2, offset: 1 })).toEqual(['/b', '/c'])
    expect(await ask({ order_by: [['page', 'desc']], limit: 2, offset: 1 })).toEqual(['/f', '/e'])
  })

  test('is in the address, in the CSV and in the query as understood', async () => {
    const get = (more: string) =>
      exports.default.fetch(
        `https://stats.example/api/v1/metrics/pageviews?site=${site.domain}&by=page&period=2026-03-10,2026-03-10${more}`,
        { headers: { authorization: `Bearer ${site.read}` } },
      )
    const found = await (await get('&limit=2&offset=2')).json<Answer>()
    expect([groups(found), found.query.offset]).toEqual([['/c', '/d'], 2])
    expect(await (await get('&limit=1&offset=3&format=csv')).text()).toBe('page,pageviews\r\n/d,4\r\n')
    expect(await (await get('&offset=x')).json()).toMatchObject({ error: { code: 'bad_offset' } })
  })

  test.each([-1, 1.5, '1', 2 ** 53])('%j is rejected', async offset => {
    await expect(ask({ offset: offset as number })).rejects.toThrow('bad_offset')
  })
})

test('values of a property that are numbers are ordered by their size, before texts', async () => {
  const rated = await createSite()
  const scores = ['10', 'none', '9', '-1', '2.5', '100']
  const events = scores.map((score, index) => ({
    id: `e${index}`,
    name: 'rated',
    visitor_id: 'v',
    time: '2026-03-10T10:00:00Z',
    properties: { score },
  }))
  await post(rated, events)
  const ordered = async (direction: 'asc' | 'desc') => {
    const dimensions = ['property:score']
    const { rows } = await query(rated, {
      metrics: ['events'],
      period: DAY,
      dimensions,
      order_by: [['property:score', direction]],
    })
    return rows.map(row => row.dimensions?.['property:score'])
  }
  expect(await ordered('asc')).toEqual(['-1', '2.5', '9', '10', '100', 'none'])
  expect(await ordered('desc')).toEqual(['none', '100', '10', '9', '2.5', '-1'])
})

describe('include_previous', () => {
  const NEXT = { period: { from: '2026-03-11', to: '2026-03-11' }, compare: DAY } as const

  test('adds the groups that only the compared period has', async () => {
    expect(await ask(NEXT)).toEqual([])
    expect(await ask({ ...NEXT, include_previous: true })).toEqual(PAGES)
    const { rows, query: understood } = await query(site, {
      ...NEXT,
      metrics: ['pageviews'],
      dimensions: ['page'],
      include_previous: true,
    })
    expect(rows[0]?.metrics.pageviews).toMatchObject({ value: 0, previous: 7 })
    expect(understood.include_previous).toBe(true)
  })

  test('needs a comparison', async () => {
    await expect(ask({ include_previous: true })).rejects.toThrow('bad_include_previous')
  })
})

describe('paths', () => {
  const NAMES = ['page_view', 'page_view', 'page_view', 'add_to_cart', 'search', 'chat_opened']
  // Each event has a different time, so that their order is certain.
  const events: RawEvent[] = Array.from({ length: 600 }, (_, n) => ({
    id: `path${n}`,
    name: NAMES[(n * 7) % NAMES.length] as string,
    visitor_id: `p${(n * n) % 17}`,
    time: Date.UTC(2026, 2, 12, 8) + n * 61_007 + (n % 5 === 0 ? 1 : 0) * 100,
    url: `https://shop.example${PAGES[(n * n + n) % PAGES.length]}`,
  }))
  const period = { from: '2026-03-12', to: '2026-03-12' }

  beforeAll(async () => {
    await post(site, [...events])
  })

  const stepsOf = async (parameters: Parameters): Promise<readonly PathStep[]> => {
    const { rows } = await query(site, { metrics: ['paths'], period, parameters: { paths: parameters } })
    return (rows[0]?.metrics.paths?.steps ?? []) as readonly PathStep[]
  }

  test.each<Parameters>([
    { page: '/a' },
    { page: '/c', direction: 'before', steps: 2 },
    { page: '/g', show: 'events', steps: 10 },
    { event: 'add_to_cart' },
    { event: 'chat_opened', direction: 'before', show: 'events', steps: 1 },
    { event: 'search', show: 'events' },
  ])('of %j are what the oracle finds', async parameters => {
    const world = worldOf(events, { timezone: 'UTC', currency: 'EUR' }, NO_IMPORTS)
    const [cell] = scopesOf(world, Date.now(), { metrics: ['paths'], period })
    if (!cell) throw new Error('A question has a cell.')
    const expected = stepsOfPaths({ ...cell.scope, parameters })
    const found = await stepsOf(parameters)
    expect(found.map(({ top }) => new Map(top.map(({ name, sessions }) => [name, sessions])))).toEqual(expected)
    expect(found.map(({ reached }) => reached)).toEqual(
      expected.map(step => [...step.values()].reduce((sum, one) => sum + one, 0)),
    )
    expect(expected[0]?.size).toBeGreaterThan(0)
  })

  test('have shares of all sessions with the beginning, and intervals', async () => {
    const [first] = await stepsOf({ page: '/a', steps: 1 })
    const { rows } = await query(site, { metrics: ['paths'], period, parameters: { paths: { page: '/a' } } })
    const sessions = rows[0]?.metrics.paths?.value ?? 0
    expect(first?.top[0]?.share).toBeCloseTo((first?.top[0]?.sessions ?? 0) / sessions, 12)
    expect(first?.top[0]?.interval?.[0]).toBeLessThan(first?.top[0]?.share ?? 0)
  })

  test('need a beginning', async () => {
    const { rows } = await query(site, { metrics: ['paths'], period })
    expect(rows[0]?.metrics.paths).toMatchObject({ value: null, status: 'needs_input' })
  })
})
