import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { MetricValue, Question } from '../../../shared/question'
import { EMPTY_SETTINGS, FUNNEL_ORDERS, type SiteSettings } from '../../../shared/settings'
import { allowedDimensions, defaultsOf, takesFilter } from '../../../worker/metrics/allowed'
import { METRICS } from '../../../worker/metrics/definitions'
import { DIMENSIONS, dimensionOf } from '../../../worker/metrics/dimensions'
import type { Metric, Parameter } from '../../../worker/metrics/metric'
import { wordsOf } from '../../../worker/metrics/wordsOf'
import { compileMeasures } from '../../../worker/query/compile/compileMeasures'
import type { Scope } from '../../../worker/relations/sql/scope'
import { measuresOf } from '../../../worker/rollups/storedMeasures'
import { SITE_TABLES } from '../../../worker/storage/siteTables'
import { browser, send } from '../../integration/beacons'
import { importRows } from '../../integration/delivery'
import { createSite, keyToRead, migrate, post, query, type TestSite } from '../../integration/setup'
import { addDays } from '../../oracle/calendar'
import { timeOf } from '../../oracle/event'
import { happen, plan } from '../../oracle/scenario'

/** Goals and funnels with filters, named by the values that parameters are tried with. */
const NAMED: Pick<SiteSettings, 'goals' | 'funnels'> = {
  goals: [
    { id: 'purchase', name: 'Purchase', event: 'purchase', where: [['is', 'item', ['A']]], value: 2 },
    { id: 'signed', name: 'Signed', page: '/a*', where: [['is', 'country', ['SE']]] },
    { id: 'never_sent', name: 'Read', scroll: 90 },
  ],
  funnels: (['purchase', 'signed', 'never_sent'] as const).map((id, n) => ({
    id,
    name: id,
    steps: [
      { name: 'Page', page: '/*' },
      { name: 'Signed', event: 'signed', where: [['is_not', 'device', ['tv']]] },
      { name: 'Purchase', event: 'purchase' },
    ],
    order: FUNNEL_ORDERS[n] ?? 'any',
    window: 2,
    scope: n === 1 ? 'session' : 'visitor',
  })),
}

/** Every kind of rule in every setting. */
const SETTINGS: SiteSettings = {
  ...EMPTY_SETTINGS,
  conversions: [{ event: 'signed' }, { page: '/thanks*' }],
  value_event: { page: '/a' },
  product_qualified: [
    { event: 'signed', times: 1 },
    { feature: 'export', times: 2 },
  ],
  features: [
    { name: 'export', feature: 'export' },
    { name: 'signing', event: 'signed' },
    { name: 'reports', page: '/reports*' },
  ],
  ...NAMED,
}

let empty: TestSite
let tiny: TestSite
let simulated: TestSite

const DAY = 86_400_000

/** Random events of the last ten days; those a collector rejects are skipped. */
const simulate = async (): Promise<TestSite> => {
  const site = await createSite({ settings: { ...SETTINGS, hostnames: [] } })
  for (const [n, one] of fc.sample(plan, { seed: env.TEST_SEED, numRuns: 20 }).entries()) {
    const scenario = happen({ ...one, wait: 0 }, Date.now())
    const days = Math.ceil((scenario.now - Date.now()) / DAY)
    const events = scenario.deliveries.flatMap(delivery => delivery.events)
    await post(
      site,
      events.map(event => ({
        ...event,
        ...(event.id !== undefined && { id: `${n}-${event.id}` }),
        time: timeOf(event) - days * DAY,
      })),
    )
    const moved = Object.entries(scenario.imports).map(([kind, rows]) => [
      kind,
      rows.map((row: { readonly day: string }) => ({ ...row, day: addDays(row.day, -days) })),
    ])
    await importRows(site, Object.fromEntries(moved))
  }
  const { rows } = await query(site, { metrics: ['pageviews', 'orders'], period: '7d' })
  expect(rows[0]?.metrics.pageviews?.value).toBeGreaterThan(20)
  return site
}

beforeAll(async () => {
  await migrate()
  empty = await createSite({ settings: NAMED })
  tiny = await createSite({ currency: 'EUR', settings: { ...SETTINGS, hostnames: [] } })
  const now = Date.now()
  const order = {
    transaction_id: 'T1',
    currency: 'EUR',
    value: 40,
    items: [{ item_id: 'A', item_category: 'Mugs', price: 20, quantity: 2 }],
  }
  await send(
    tiny,
    browser(1),
    { i: 1, t: now - 60_000, r: 'https://www.bing.com/', m: 12_000, d: 80, c: 2 },
    { i: 2, t: now - 40_000, k: 'add_to_cart', o: order },
    { i: 3, t: now - 30_000, k: 'guide_step', o: { guide_id: 'welcome', step: 1, step_count: 3, interactive: false } },
    { i: 4, t: now - 20_000, k: 'guide_complete', o: { guide_id: 'welcome' } },
    { i: 5, t: now - 10_000, k: 'begin_checkout', o: order },
  )
  await send(tiny, browser(2), { i: 6, t: now - 50_000 })
  await post(tiny, [
    { id: '1', name: 'page_view', visitor_id: 'v1', time: now - 3 * 86_400_000, url: 'https://tiny.example/a' },
    { id: '2', name: 'signed', visitor_id: 'v1', time: now - 1000, properties: { plan: 'pro' } },
    { ...order, id: '3', name: 'purchase', visitor_id: 'v1', time: now - 900, country: 'SE' },
    { id: '4', name: 'refund', visitor_id: 'v1', time: now - 800, transaction_id: 'T1' },
  ])
  simulated = await simulate()
})

/** Every value to try for a parameter. */
const tried = ({ values, from, to, steps }: Parameter): (string | number)[] => {
  if (steps) return ['[{"page":"/a"},{"event":"purchase"}]']
  return values
    ? [...values]
    : from !== undefined && to !== undefined
      ? [from, to]
      : ['purchase', 'signed', 'never_sent']
}

const argumentSets = (metric: Metric): Question['parameters'][] => [
  {},
  ...metric.parameters.flatMap(parameter =>
    tried(parameter).map(value => ({ [metric.id]: { [parameter.name]: value } })),
  ),
]

const namedDimensions = (metric: Metric): string[] => allowedDimensions(metric).map(id => id.replace('<name>', 'plan'))

const isWellFormed = (metric: Metric, of: MetricValue | undefined): boolean => {
  if (!of) return false
  const numbers = [of.value, of.numerator, of.denominator, ...(of.interval ?? []), of.pending]
  const isShare = metric.intervalBy === 'wilson'
  return (
    numbers.every(number => number === null || Number.isFinite(number)) &&
    (!isShare || of.value === null || (of.value >= 0 && of.value <= 1)) &&
    (of.value !== null || typeof of.reason === 'string')
  )
}

/** Every sixth with an object per site, others with another seed: only the store differs. */
const TESTED = METRICS.filter((_, n) => !env.SITES || (n + env.TEST_SEED) % 6 === 0)

describe.each(TESTED.map(metric => [metric.id, metric] as const))('%s', (id, metric) => {
  test('describes itself', () => {
    for (const text of [metric.name, metric.help, metric.unit]) expect(text).not.toBe('')
    expect(metric.help).toMatch(/^[A-Z].*\.$/)
  })

  test('answers for every parameter it allows, on an empty, a tiny and a simulated site', async () => {
    for (const site of [empty, tiny, simulated]) {
      for (const parameters of argumentSets(metric)) {
        const { rows } = await query(site, {
          metrics: [id],
          period: '7d',
          compare: 'previous_period',
          ...(parameters && { parameters }),
        })
        expect(isWellFormed(metric, rows[0]?.metrics[id])).toBe(true)
      }
    }
  })

  test('describes the effect of its arguments', () => {
    const asked = argumentSets(metric).map(given => ({ ...defaultsOf(metric), ...given?.[id] }))
    const byWords = Map.groupBy(asked, args => JSON.stringify(wordsOf(metric, args)))
    for (const [words, sets] of byWords) {
      const statements = new Set(sets.map(args => JSON.stringify(planned(metric, args, null, STATES[0]))))
      expect([words, statements.size]).toEqual([words, 1])
    }
  })

  test('rejects every dimension it does not allow, in one sentence', async () => {
    const refused = DIMENSIONS.filter(({ id: dimension }) => !allowedDimensions(metric).includes(dimension))
    for (const { id: dimension } of refused) {
      const response = await exports.default.fetch(
        `https://stats.example/api/v1/metrics/${id}?site=${tiny.domain}&by=${dimension}`,
        {
          headers: { authorization: `Bearer ${await keyToRead(tiny)}` },
        },
      )
      const { error } = await response.json<{ error: { code: string; message: string } }>()
      expect([response.status, error.code]).toEqual([400, 'impossible_breakdown'])
      expect(error.message).toMatch(/cannot be broken down by .*\.$/)
    }
  })

  test('rejects hours if it counts days, and every filter it does not take, in one sentence', async () => {
    const refusal = async (more: Omit<Question, 'site' | 'metrics'>) => {
      const response = await exports.default.fetch('https://stats.example/api/v1/query', {
        method: 'POST',
        headers: { authorization: `Bearer ${await keyToRead(tiny)}` },
        body: JSON.stringify({ site: tiny.domain, metrics: [id], period: '7d', ...more }),
      })
      const { error } = await response.json<{ error?: { code: string; message: string } }>()
      return [response.status, error?.code, /^[a-z_]+ .*\.$/.test(error?.message ?? '')]
    }
    if (metric.daily) expect(await refusal({ granularity: 'hour' })).toEqual([400, 'impossible_granularity', true])
    for (const dimension of DIMENSIONS.filter(dimension => !takesFilter(metric, dimension))) {
      expect(await refusal({ filters: [['is', dimension.id, ['x']]] })).toEqual([400, 'impossible_filter', true])
    }
  })

  test('never scans a table again for every row of another', { timeout: 60_000 }, async () => {
    const parameters = Object.fromEntries(metric.parameters.map(parameter => [parameter.name, parameter.default]))
    const found: [string | null, string[]][] = []
    for (const dimension of [null, ...namedDimensions(metric)]) {
      for (const states of STATES) {
        for (const { sql, values } of planned(metric, parameters, dimension, states)) {
          const plan = await env.DB.prepare(`explain query plan ${sql}`)
            .bind(...values)
            .all<PlanRow>()
          found.push([dimension, nestedScans(plan.results)])
        }
      }
    }
    expect(found.filter(([, scans]) => scans.length > 0)).toEqual([])
  })
})

const ALL_DIMENSIONS = [...new Set(TESTED.flatMap(namedDimensions))]

/** Metrics that are asked for together: those with a filter on the dimension, and those that take none. */
const byFilter = (dimension: string): [boolean, Metric[]][] => {
  const on = dimensionOf(dimension)
  const allowing = TESTED.filter(metric => namedDimensions(metric).includes(dimension))
  return [...Map.groupBy(allowing, metric => on !== undefined && takesFilter(metric, on))]
}

test.each(ALL_DIMENSIONS)('every metric that allows %s answers by it', { timeout: 120_000 }, async dimension => {
  for (const [hasFilter, metrics] of byFilter(dimension)) {
    const { rows } = await query(simulated, {
      metrics: metrics.map(({ id }) => id),
      period: '7d',
      granularity: 'day',
      dimensions: [dimension],
      filters: hasFilter ? [['is_not', dimension, ['x']]] : [],
    })
    const wrong = rows.flatMap(row => metrics.filter(metric => !isWellFormed(metric, row.metrics[metric.id])))
    expect(wrong.map(({ id }) => id)).toEqual([])
  }
})

/** Site shapes, which change SQLite's estimates. */
const STATES = [
  { removed: null, added: null, hasIdentities: false },
  { removed: null, added: null, hasIdentities: true },
  { removed: null, added: ['[]'], hasIdentities: false },
  { removed: ['[]'], added: ['[]'], hasIdentities: true },
] as const

interface PlanRow {
  readonly id: number
  readonly parent: number
  readonly detail: string
}

const planned = (
  metric: Metric,
  parameters: Parameters<Metric['measure']>[0],
  dimension: string | null,
  states: (typeof STATES)[number],
) => {
  const by = dimension === null ? undefined : dimensionOf(dimension)
  const day = Math.floor(Date.now() / 86_400_000)
  const scope: Scope = {
    site: 1,
    zone: 'UTC',
    now: Date.now(),
    range: { from: (day - 30) * 86_400_000, to: day * 86_400_000, firstDay: day - 30, lastDay: day - 1 },
    granularity: null,
    dimensions: by ? [by] : [],
    filters: [],
    ...states,
    customEvents: new Map(),
    formerEvents: new Map(),
    currencies: new Map(),
    settings: SETTINGS,
    users: new Map(),
    ends: [{ key: 0, from: (day - 30) * 86_400_000, to: day * 86_400_000, lastDay: day - 1, days: 30 }],
  }
  return compileMeasures(scope, measuresOf(metric, parameters, SETTINGS))
}

/** Inner loops over a whole table: a JSON list is short, and an index search is not a loop. */
const nestedScans = (rows: readonly PlanRow[]): string[] =>
  [...Map.groupBy(rows, row => row.parent).values()].flatMap(siblings => {
    const loops = siblings.filter(({ detail }) => /^(SCAN|SEARCH) /.test(detail))
    return loops
      .slice(1)
      .map(({ detail }) => detail)
      .filter(detail => /^SCAN /.test(detail) && !/VIRTUAL TABLE/.test(detail))
  })

test('a cart as a shopping episode does not split by page', async () => {
  const ask = (by: string) =>
    exports.default.fetch(
      `https://stats.example/api/v1/metrics/cart_abandonment_rate?site=${tiny.domain}&scope=cart&by=${by}`,
      { headers: { authorization: `Bearer ${tiny.read}` } },
    )
  expect((await ask('page')).status).toBe(400)
  expect((await ask('device')).status).toBe(200)
})

test('the list of site tables matches the schema', async () => {
  const { results } = await env.DB.prepare(
    "select name from sqlite_schema where type = 'table' and sql like '%  site integer%'",
  ).all<{ name: string }>()
  expect(results.map(({ name }) => name).sort()).toEqual([...SITE_TABLES].sort())
})

test('a deleted site leaves no row', async () => {
  const site = await createSite()
  await send(site, browser(1), { i: 1, t: Date.now() })
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
  })
  expect(response.status).toBe(204)
  const ids = await env.DB.prepare('select id from sites').all<{ id: number }>()
  for (const table of SITE_TABLES) {
    const { results } = await env.DB.prepare(`select distinct site from ${table} where site > 0`).all<{
      site: number
    }>()
    expect(results.filter(row => !ids.results.some(({ id }) => id === row.site))).toEqual([])
  }
})

test('CSV holds the rows of the answer, and no formula', async () => {
  await send(tiny, browser(7), { i: 70, t: Date.now(), k: '=HYPERLINK("https://evil.example")', o: {} })
  const response = await exports.default.fetch(
    `https://stats.example/api/v1/metrics/events?site=${tiny.domain}&period=today&by=event&format=csv`,
    { headers: { authorization: `Bearer ${tiny.read}` } },
  )
  expect(response.headers.get('content-type')).toContain('text/csv')
  const lines = (await response.text()).trim().split('\r\n')
  expect(lines[0]).toBe('event,events')
  expect(lines).toContain(`"'=HYPERLINK(""https://evil.example"")",1`)
})

test('purchases without a cart are counted separately', async () => {
  const site = await createSite()
  const at = (days: number, minutes = 0) => Date.now() - days * DAY + minutes * 60_000
  const event = (name: string, visitor_id: string, time: number, more = {}) => ({ name, visitor_id, time, ...more })
  await post(site, [
    event('add_to_cart', 'a', at(20)),
    event('purchase', 'a', at(20, 5), { transaction_id: 'A1' }),
    event('purchase', 'a', at(19), { transaction_id: 'A2' }),
    event('add_to_cart', 'b', at(20)),
    event('purchase', 'b', at(18), { transaction_id: 'B1' }),
    event('purchase', 'b', at(17), { transaction_id: 'B2' }),
    event('add_to_cart', 'c', at(20)),
    event('remove_from_cart', 'c', at(20, 1)),
    event('add_to_cart', 'd', at(20)),
    event('purchase', 'e', at(20), { transaction_id: 'E1' }),
  ])
  const parameters = { cart_abandonment_rate: { scope: 'cart' } }
  const { rows } = await query(site, { metrics: ['cart_abandonment_rate'], period: '30d', parameters })
  expect(rows[0]?.metrics.cart_abandonment_rate).toMatchObject({
    value: 0.5,
    numerator: 2,
    denominator: 4,
    parts: { converted: 1, emptied: 1, abandoned: 2, recovered: 1, bought_without_cart: 3 },
  })
})
