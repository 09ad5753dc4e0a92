import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Interval, Question, Row } from '../../../shared/question'
import { clockByHand } from '../../integration/clockByHand'
import { deliverAll, withSite } from '../../integration/delivery'
import { createSite, cron, keyToRead, migrate, post, query, type TestSite } from '../../integration/setup'
import { ATTRIBUTED, askAttribution, MODELS } from '../../oracle/attribution'
import { addDays } from '../../oracle/calendar'
import { compare, keyOf } from '../../oracle/compare'
import { type AskedFilter, valuesOf } from '../../oracle/dimensions'
import { type World, worldOf } from '../../oracle/facts'
import { dailyIdPlan, happen, happenWithDailyIds, plan, type Scenario, sentIn } from '../../oracle/scenario'
import type { TruthQuestion } from '../../oracle/truth'

const DAY = 86_400_000
const NOW = Date.UTC(2026, 5, 20, 12)

clockByHand(NOW)

beforeAll(migrate)

type AttributedId = (typeof ATTRIBUTED)[number]
type Shape = Pick<TruthQuestion, 'dimensions' | 'granularity' | 'filters'>

/** Breakdowns, buckets and filters with values of the scenario. */
const shapesOf = (world: World): Shape[] => {
  const [channel = 'x', other = 'y'] = valuesOf(world.facts, 'channel').toReversed()
  const [country = 'x'] = valuesOf(world.facts, 'country')
  const [page = 'x'] = valuesOf(world.facts, 'page')
  const filters: AskedFilter[][] = [
    [['is', 'channel', [channel]]],
    [['is_not', 'country', [country]]],
    [['or', ['is', 'channel', [other]], ['not', ['has_done', { page }]]]],
  ]
  return [
    {},
    { dimensions: ['channel'], granularity: 'day' },
    { dimensions: ['source', 'campaign'] },
    { granularity: 'hour' },
    ...filters.map(one => ({ dimensions: ['medium'], filters: one })),
  ]
}

const close = (a: Interval | null | undefined, b: Interval): boolean =>
  a?.every((bound, n) => Math.abs(bound - (b[n] as number)) < 1e-6) === true

/** Rows whose interval is another than the oracle's. */
const otherIntervals = (
  rows: readonly Row[],
  truth: ReturnType<typeof askAttribution>,
  id: AttributedId,
): unknown[] => {
  const isHourly = rows.some(({ time = '' }) => time.includes('T'))
  const answered = new Map(rows.map(row => [keyOf(row.time, row.dimensions, isHourly), row.metrics[id]?.interval]))
  return truth.filter(({ bucket, dimensions, metrics }) => {
    const expected = metrics[id]?.interval
    return expected && !close(answered.get(keyOf(bucket.label, dimensions, isHourly)), expected)
  })
}

const demand = async (site: TestSite, world: World, question: Omit<TruthQuestion, 'metrics'>, model: string) => {
  const goal = world.site.settings?.goals?.[0]?.id
  const parameters = {
    orders: { model, source: 'confirmed' },
    revenue: { model },
    conversions: { model },
    goal_conversions: { model, ...(goal !== undefined && model === 'linear' && { goal }) },
  }
  const { rows } = await query(site, { metrics: [...ATTRIBUTED], parameters, ...question } as Omit<Question, 'site'>)
  for (const id of ATTRIBUTED) {
    const truth = askAttribution(world, Date.now(), id, parameters[id], question)
    const wrong = [...compare(rows, truth, { ...question, metrics: [id] }), ...otherIntervals(rows, truth, id)]
    expect(wrong.length === 0 ? [] : [...wrong, JSON.stringify({ question, model })]).toEqual([])
  }
}

/** Every row compared with the period before it, rows of that alone included. */
const demandComparison = async (site: TestSite, world: World, firstDay: string, model: string) => {
  const [before, after] = [
    { from: firstDay, to: addDays(firstDay, 1) },
    { from: addDays(firstDay, 2), to: addDays(firstDay, 9) },
  ]
  const { rows, meta } = await query(site, {
    metrics: ['orders'],
    parameters: { orders: { model } },
    dimensions: ['source'],
    period: after,
    compare: before,
    include_previous: true,
  })
  if (meta.warnings.some(warning => warning.startsWith('No previous data'))) return
  const earlier = askAttribution(world, Date.now(), 'orders', { model }, { period: before, dimensions: ['source'] })
  const previous = new Map(rows.map(({ dimensions, metrics }) => [dimensions?.source, metrics.orders?.previous ?? 0]))
  for (const { dimensions, metrics } of earlier)
    expect([dimensions.source, previous.get(dimensions.source)]).toEqual([
      dimensions.source,
      expect.closeTo(metrics.orders?.value ?? 0, 6),
    ])
}

/** How many shapes of a scenario each model is asked in. */
const ASKED = 2

/** @param turn varies the shapes that each model is asked in from one scenario to the next */
const demandAll = async (scenario: Scenario, turn: number) => {
  const world = worldOf(sentIn(scenario), scenario.site, scenario.imports)
  const period = { from: scenario.firstDay, to: addDays(scenario.firstDay, 9) }
  await withSite(scenario, async site => {
    await deliverAll(site, scenario)
    for (const [n, model] of MODELS.entries()) {
      if (n === 3) await cron()
      const shapes = shapesOf(world)
      for (let k = 0; k < ASKED; k++)
        await demand(site, world, { ...shapes[(turn + 3 * n + k) % shapes.length], period }, model)
      if ((turn + n) % 2 === 0) await demandComparison(site, world, scenario.firstDay, model)
    }
  })
}

test('every model credits the sessions that trying all of them gives, for random events', {
  timeout: 300_000,
}, async () => {
  const turn = fc.nat({ max: 20 })
  const property = fc.asyncProperty(plan, turn, (one, turn) => demandAll(happen(one, NOW), turn))
  await fc.assert(property, { numRuns: 3, seed: env.TEST_SEED, endOnFailure: true })
  const daily = fc.asyncProperty(dailyIdPlan, turn, (one, turn) => demandAll(happenWithDailyIds(one, NOW), turn))
  await fc.assert(daily, { numRuns: 1, seed: env.TEST_SEED, endOnFailure: true })
})

describe('three sessions before an order, a direct one last', () => {
  const at = (days: number, name: string, more: Record<string, unknown> = {}) => ({
    name,
    visitor_id: 'v',
    time: NOW - days * DAY,
    ...more,
  })
  const visit = (days: number, referrer?: string) =>
    at(days, 'page_view', { url: 'https://shop.example/', ...(referrer && { referrer }) })
  const PERIOD = { from: '2026-06-19', to: '2026-06-20' }
  let site: TestSite

  const credited = async (metric: string, model: string, more: Partial<Question> = {}) => {
    const { rows } = await query(site, {
      metrics: [metric],
      parameters: { [metric]: { model } },
      dimensions: ['source'],
      period: PERIOD,
      ...more,
    })
    return Object.fromEntries(rows.map(({ dimensions, metrics }) => [dimensions?.source, metrics[metric]?.value]))
  }

  beforeAll(async () => {
    site = await createSite({ timezone: 'UTC', currency: 'EUR' })
    await post(site, [
      // A moment too early for the order.
      visit(91 + 1 / 1440, 'https://www.google.com/'),
      visit(15, 'https://www.bing.com/'),
      visit(8, 'https://blog.example/mugs'),
      visit(1),
      at(1 - 1 / 1440, 'purchase', { transaction_id: 'T1', value: 90, currency: 'EUR' }),
      at(1 - 2 / 1440, 'refund', { transaction_id: 'T1', value: 30, currency: 'EUR' }),
      // Without an id that lasts, and with one session.
      {
        name: 'purchase',
        ip: '203.0.113.9',
        user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        time: NOW - DAY,
        transaction_id: 'T2',
        value: 10,
        currency: 'EUR',
      },
    ])
  })

  test.each([
    ['first', { Bing: 1, '(direct)': 1 }],
    ['last', { '(direct)': 2 }],
    ['last_non_direct', { 'blog.example': 1, '(direct)': 1 }],
    ['linear', { Bing: 1 / 3, 'blog.example': 1 / 3, '(direct)': 4 / 3 }],
    ['position', { Bing: 0.4, 'blog.example': 0.2, '(direct)': 1.4 }],
    ['time_decay', { Bing: 1 / 7, 'blog.example': 2 / 7, '(direct)': 1 + 4 / 7 }],
  ])('%s', async (model, orders) => {
    const close = (parts: Record<string, number>) =>
      Object.fromEntries(Object.entries(parts).map(([source, value]) => [source, expect.closeTo(value, 3)]))
    expect(await credited('orders', model)).toEqual(close(orders))
    expect(await credited('conversions', model)).toEqual(close(orders))
    // 60 of the first order are left, and the other is direct.
    const revenue = Object.entries(orders).map(([source, part]) => [
      source,
      source === '(direct)' ? 60 * (part - 1) + 10 : 60 * part,
    ])
    expect(await credited('revenue', model)).toEqual(close(Object.fromEntries(revenue)))
  })

  test('sums of rows are the total, which is the number of orders', async () => {
    for (const model of MODELS) {
      const total = await credited('orders', model, { dimensions: [] })
      const rows = Object.values(await credited('orders', model, { dimensions: ['channel', 'medium'] }))
      expect([total.undefined, rows.length > 0]).toEqual([2, true])
    }
    const parts = Object.values(await credited('orders', 'linear')).map(Number)
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(2, 8)
  })

  test('two sessions have half each by position, and what could not be followed is said', async () => {
    expect(await credited('orders', 'position', { filters: [['is', 'source', ['Bing']]] })).toEqual({ Bing: 0.4 })
    const { rows } = await query(site, {
      metrics: ['orders'],
      parameters: { orders: { model: 'linear' } },
      period: PERIOD,
      explain: true,
    })
    expect(rows[0]?.metrics.orders).toMatchObject({
      value: 2,
      numerator: 2,
      denominator: null,
      not_followed: 1,
      explanation: {
        numerator:
          "distinct transaction_ids of purchases, each credited in equal parts to the visitor's sessions in the 90 days before",
        parameters: { model: 'linear', source: 'all' },
      },
    })
  })

  test('anything else is refused in one sentence', async () => {
    const refusal = async (path: string) => {
      const response = await exports.default.fetch(`https://stats.example/api/v1/metrics/${path}&site=${site.domain}`, {
        headers: { authorization: `Bearer ${await keyToRead(site)}` },
      })
      const { error } = await response.json<{ error?: { code: string; message: string } }>()
      return [response.status, error?.code, error?.message]
    }
    expect(await refusal('orders?model=linear&by=country')).toEqual([
      400,
      'impossible_breakdown',
      'orders cannot be broken down by country; it takes channel, source, medium, campaign.',
    ])
    expect(await refusal('revenue?model=first&filters=[["is","page",["/"]]]')).toEqual([
      400,
      'impossible_filter',
      'revenue cannot be filtered on page.',
    ])
    expect(await refusal('visitors?model=first')).toEqual([
      400,
      'unknown_parameter',
      'visitors has no parameter "model"; it has none.',
    ])
    expect(await refusal('orders?model=best')).toEqual([
      400,
      'bad_parameter',
      `"model" of orders must be one of ${MODELS.join(', ')}.`,
    ])
    expect((await refusal('orders?by=country'))[0]).toBe(200)
  })
})
