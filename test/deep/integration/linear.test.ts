import { expect, test } from 'vitest'
import type { Question } from '../../../shared/question'
import { allowedDimensions } from '../../../worker/metrics/allowed'
import { ATTRIBUTION_MODELS } from '../../../worker/metrics/attributionModels'
import { METRICS } from '../../../worker/metrics/definitions'
import { clockByHand } from '../../integration/clockByHand'
import { importRows } from '../../integration/delivery'
import { createSite, post, query, settle, type TestSite } from '../../integration/setup'
import { NO_IMPORTS } from '../../oracle/imports'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const NOW = Date.UTC(2026, 10, 29, 12)

clockByHand(NOW)

/** Rules that are checked against the events of each session. */
const SETTINGS = {
  conversions: [{ event: 'chat' }, { page: '/a*' }],
  value_event: { event: 'chat' },
  product_qualified: [{ event: 'chat', times: 2 }],
  features: [{ name: 'chat', event: 'chat' }],
  goals: [
    { id: 'chat', event: 'chat', where: [['is', 'country', ['(not set)']]] },
    { id: 'page', page: '/a1' },
  ],
  funnels: [
    {
      id: 'chat',
      steps: [{ page: '/a*' }, { event: 'chat' }, { event: 'purchase', where: [['is', 'country', ['(not set)']]] }],
    },
  ],
}

/** Rows a statement may read per existing row: 500 and more where one row is compared with all others. */
const ROWS_A_ROW = 45

const BY = [null, 'channel', 'page'] as const

const times = (count: number) => Array.from({ length: count }, (_, n) => n)

const PROPERTIES: Readonly<Record<string, Record<string, unknown>>> = {
  survey_response: { kind: 'nps', score: 9 },
  guide_step: { guide_id: 'g', step: 1, step_count: 3 },
  feature_used: { feature: 'chat' },
}

const NAMES = ['page_view', 'chat', 'add_to_cart', 'purchase', 'trial_start', ...Object.keys(PROPERTIES)]

/** Events of every kind, by visitors in turn. */
const events = (count: number, people: number, between: number) =>
  times(count).map(n => {
    const turn = Math.floor(n / people)
    const name = NAMES[turn % NAMES.length] as string
    return {
      id: `e${n}`,
      name,
      visitor_id: `p${n % people}`,
      time: NOW - DAY - turn * between,
      url: `https://shop.example/a${turn % 9}`,
      referrer: turn % 5 === 0 ? 'https://www.bing.com/' : undefined,
      properties: PROPERTIES[name],
      ...(name === 'purchase' && { transaction_id: `T${n}`, value: 10, currency: 'EUR' }),
    }
  })

const orders = (count: number) =>
  times(count).map(n => ({
    id: `o${n}`,
    name: 'purchase',
    visitor_id: `p${n % Math.ceil(count / 4)}`,
    time: NOW - DAY - n * 5 * MINUTE,
    url: `https://shop.example/?utm_source=s&utm_medium=cpc&utm_campaign=bought${n % 500}`,
    transaction_id: `T${n}`,
    value: 10,
    currency: 'EUR',
  }))

/** No campaign brought an order. */
const costs = (count: number) =>
  times(count).map(n => ({
    day: new Date(NOW - (1 + (n % 20)) * DAY).toISOString().slice(0, 10),
    channel: 'Paid search',
    source: 's',
    campaign: `other${n}`,
    amount: 1,
    currency: 'EUR',
  }))

const siteWith = async (events: readonly unknown[]): Promise<TestSite> => {
  const site = await createSite({ timezone: 'UTC', currency: 'EUR', settings: SETTINGS })
  await post(site, events)
  await settle()
  return site
}

/** Metrics that read too many rows, by any dimension: as text, so that the failure names them. */
const greedy = async (
  site: TestSite,
  rows: number,
  more: Pick<Question, 'period' | 'granularity'>,
): Promise<string[]> => {
  const found: string[] = []
  for (const metric of METRICS) {
    for (const by of BY) {
      if (by !== null && !allowedDimensions(metric).includes(by)) continue
      const { meta } = await query(site, { metrics: [metric.id], dimensions: by === null ? [] : [by], ...more })
      if (meta.rows_read > ROWS_A_ROW * rows) found.push(`${metric.id} by ${by}: ${meta.rows_read / rows} rows a row`)
    }
  }
  return found
}

/** Attribution models that read too many rows. */
const greedyModels = async (site: TestSite, rows: number): Promise<string[]> => {
  const found: string[] = []
  for (const { id: model } of ATTRIBUTION_MODELS) {
    const parameters = { conversions: { model } }
    const asked = { metrics: ['conversions'], parameters, dimensions: ['channel'], period: '90d' } as const
    const { meta } = await query(site, asked)
    if (meta.rows_read > ROWS_A_ROW * rows) found.push(`${model}: ${meta.rows_read / rows} rows a row`)
  }
  return found
}

const PATIENCE = { timeout: 120_000 }

test('few people with very many events', PATIENCE, async () => {
  const site = await siteWith(events(2_400, 3, 10 * MINUTE))
  expect(await greedy(site, 2_400, { period: '30d' })).toEqual([])
})

test('a thousand sessions of one visitor', PATIENCE, async () => {
  const site = await siteWith(events(1_000, 1, 40 * MINUTE))
  expect(await greedy(site, 1_000, { period: '90d' })).toEqual([])
  expect(await greedyModels(site, 1_000)).toEqual([])
})

test('many orders with many rows of costs', PATIENCE, async () => {
  const site = await siteWith(orders(1_500))
  await importRows(site, { ...NO_IMPORTS, costs: costs(1_500) })
  expect(await greedy(site, 3_000, { period: '30d' })).toEqual([])
})

test('late events in each of 500 final sessions', PATIENCE, async () => {
  const site = await siteWith(events(500, 1, 40 * MINUTE))
  await post(
    site,
    events(500, 1, 40 * MINUTE).map(({ time, id }) => ({
      name: 'search',
      visitor_id: 'p0',
      time: time + MINUTE,
      id: `late-${id}`,
    })),
  )
  expect(await greedy(site, 1_000, { period: '90d' })).toEqual([])
})

test('twelve months, as one row or a row per month', PATIENCE, async () => {
  const site = await siteWith(events(2_000, 20, 3 * DAY))
  expect(await greedy(site, 2_000, { period: '12mo' })).toEqual([])
  expect(await greedy(site, 2_000, { period: '12mo', granularity: 'month' })).toEqual([])
})

/** Rows a funnel of eight steps may read per event: 103 where each step of a strict order is a pass of its own. */
const ROWS_A_FUNNEL = { strict: 25, sequential: 35, any: 20 }

/** Rows per event that a funnel of eight steps reads, for visitors who take 40 of them each. */
const rowsOfFunnel = async (count: number, order: string): Promise<number> => {
  const people = count / 40
  const site = await siteWith([])
  for (const part of [0, 1, 2, 3])
    await post(site, events(count, people, 10 * MINUTE).slice((part * count) / 4, ((part + 1) * count) / 4))
  await settle()
  const steps = [...NAMES, 'chat'].map(name => (name === 'page_view' ? { page: '/a*' } : { event: name }))
  const parameters = { funnel: { steps: JSON.stringify(steps.slice(0, 8)), order } }
  const { meta, rows } = await query(site, { metrics: ['funnel'], period: '30d', parameters })
  expect(rows[0]?.metrics.funnel?.denominator).toBe(people)
  return meta.rows_read / count
}

test.each(Object.entries(ROWS_A_FUNNEL))(
  'a funnel of eight steps, %s, reads no more rows an event when there are four times as many',
  PATIENCE,
  async (order, most) => {
    const [few, many] = [await rowsOfFunnel(2_400, order), await rowsOfFunnel(9_600, order)]
    expect(few).toBeLessThan(most)
    expect(many).toBeLessThan(few * 1.02)
  },
)
