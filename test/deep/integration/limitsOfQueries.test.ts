import { beforeAll, expect, test } from 'vitest'
import { LIMITS } from '../../../shared/limits'
import type { Answer, Filter, Granularity, Question, ValueFilter } from '../../../shared/question'
import { EMPTY_SETTINGS, type Funnel, type Goal, type Rule } from '../../../shared/settings'
import { allowedDimensions, defaultsOf, takesFilter } from '../../../worker/metrics/allowed'
import { ATTRIBUTION_MODELS } from '../../../worker/metrics/attributionModels'
import { METRICS } from '../../../worker/metrics/definitions'
import { DIMENSIONS, dimensionOf } from '../../../worker/metrics/dimensions'
import type { Metric } from '../../../worker/metrics/metric'
import { QUERIES } from '../../integration/d1Limits'
import { request, runCron } from '../../integration/invocation'
import { createSite, migrate, post, type TestSite } from '../../integration/setup'

const DAY = 86_400_000
const FILTERS = 20
/** Maximum of `has_done` filters. */
const BEHAVIORS = 4
/** Maximum levels of nested filters. */
const LEVELS = 8

const list = <T>(count: number, item: (n: number) => T): T[] => Array.from({ length: count }, (_, n) => item(n))

const padded = (text: string, length: number): string => text.padEnd(length, 'x')

const RULES: readonly Rule[] = list(LIMITS.entriesPerSetting, n => {
  if (n % 3 === 0) return { event: padded(`event${n}`, LIMITS.eventName) }
  return n % 3 === 1 ? { page: padded(`/page${n}`, 45) } : { feature: padded(`feature${n}`, 200) }
})

/** Each with as many filters, and these as long, as they may be. */
const GOALS: readonly Goal[] = list(50, n => ({
  id: padded(`goal${n}`, 60),
  name: 'Goal',
  ...(n % 2 === 0 ? { event: padded(`event${n}`, LIMITS.eventName) } : { page: padded(`/page${n}`, 45) }),
  where: [
    ['matches', `property:p${n}`, [padded(`a${n}`, 45)]],
    ['is_not', `property:q${n}`, list(20, value => `${n} ${value}`)],
    ['contains', 'country', [padded(`c${n}`, 200)]],
  ],
  value: n,
}))

/** The most steps, in the order whose SQL is the longest. */
const FUNNEL: Funnel = {
  id: 'funnel',
  name: 'Funnel',
  steps: GOALS.slice(0, 8).map(({ id, name: _, value: __, ...step }) => ({ ...step, name: id })) as Funnel['steps'],
  order: 'any',
  window: 365,
  scope: 'visitor',
}

/** The largest settings, and a person who did a little of everything on each of some days. */
const largestSite = async (): Promise<TestSite> => {
  const site = await createSite({
    currency: 'EUR',
    timezone: 'America/New_York',
    settings: {
      conversions: RULES,
      value_event: RULES[1],
      product_qualified: RULES.map(rule => ({ ...rule, times: 1 })),
      features: RULES.map((rule, n) => ({ ...rule, name: padded(`name${n}`, 200) })),
      purchases: 'server',
    },
  })
  const events = [0, 1, 2, 40, 65].flatMap(day => {
    const base = { user_id: 'u', visitor_id: 'v', time: Date.now() - day * DAY - 3_600_000 }
    return [
      { ...base, name: 'page_view', url: 'https://shop.example/page1', referrer: 'https://www.bing.com/' },
      { ...base, name: RULES.flatMap(rule => ('event' in rule ? rule.event : []))[0], plan: 'pro' },
      { ...base, name: 'add_to_cart', value: 5, items: [{ item_id: 'A', item_category: 'C', price: 5 }] },
      { ...base, name: 'purchase', value: 5, transaction_id: `T${day}`, items: [{ item_id: 'A', price: 5 }] },
    ]
  })
  await post(site, events)
  return site
}

const ask = async (site: TestSite, questions: readonly Omit<Question, 'site'>[]): Promise<void> => {
  const body = JSON.stringify(questions.map(question => ({ site: site.domain, ...question })))
  const init = { method: 'POST', headers: { authorization: `Bearer ${site.read}` }, body }
  // A list of queries can exceed the statements of the free plan, but not its calls, where a batch is one.
  const limits = questions.length > 1 ? { calls: QUERIES.free } : { statements: QUERIES.free }
  const { status, body: answer, usage } = await request('/api/v1/query', init, limits)
  const answers = status === 200 ? (JSON.parse(answer) as Answer[]) : []
  expect([status, usage.errors, answers.flatMap(({ meta }) => meta?.warnings ?? ['no answer'])]).toEqual([200, [], []])
}

/** Different filters, as many as a query may have, each with many values. */
const filtersOn = (dimensions: readonly string[]): ValueFilter[] =>
  list(FILTERS, n => {
    const dimension = dimensions[n % dimensions.length] ?? ''
    const operator = (['is_not', 'contains', 'matches'] as const)[n % 3] ?? 'is'
    return [operator, dimension === 'property:p' ? `property:p${n}` : dimension, list(40, value => `${n} ${value}`)]
  })

const takes = (metric: Metric, dimensions: readonly string[], filters: readonly ValueFilter[]): boolean => {
  const allowed = allowedDimensions(metric).map(id => id.replace('<name>', 'plan'))
  const on = filters.flatMap(([, id]) => dimensionOf(id) ?? [])
  return (
    dimensions.every(id => allowed.includes(id)) &&
    on.every(one => takesFilter(metric, one) && metric.allows?.(defaultsOf(metric), one, 'filter') !== false)
  )
}

const GRANULARITIES: readonly (Granularity | null)[] = [null, 'hour', 'day', 'week', 'month']

type Asked = Omit<Question, 'site'>

type Combine = (filters: readonly ValueFilter[]) => readonly Filter[]

const single: Combine = filters => filters

/** As many as a query may have, each with as many filters as the limit allows. */
const done: Combine = filters =>
  filters
    .slice(0, BEHAVIORS)
    .map(filter => ['has_done', { event: 'page_view', where: list(FILTERS / BEHAVIORS - 1, () => filter) }])

/** As deep as filters may be nested, with all of them at the bottom. */
const nested: Combine = filters => [
  list(LEVELS - 1, n => n).reduce<Filter>(
    (inner, n) => (n % 2 === 0 ? ['not', inner] : ['and', inner]),
    ['or', ...filters],
  ),
]

/** Everything that can be asked like this at once, compared with the previous period where that is possible. */
const questionBy = (
  dimensions: readonly string[],
  filters: readonly ValueFilter[],
  granularity: Granularity | null,
  combine: Combine = single,
): Asked[] => {
  const metrics = METRICS.filter(
    metric => takes(metric, dimensions, filters) && !(granularity === 'hour' && metric.daily),
  ).map(({ id }) => id)
  if (metrics.length === 0) return []
  const more = granularity ? { granularity } : { compare: 'previous_period' as const }
  return [{ metrics, dimensions, filters: combine(filters), period: '30d', ...more }]
}

const EACH = [...DIMENSIONS.map(({ id }) => id), 'property:plan']
const ROLLED = DIMENSIONS.flatMap(({ id, rolled }) => (rolled ? [id] : []))

/** One dimension at a time, and as many as a query may have. */
const BREAKDOWNS: readonly (readonly string[])[] = [
  [],
  ...EACH.map(id => [id]),
  ['page', 'event', 'channel', 'property:plan'],
  ['channel', 'visitor_type', 'entry_page', 'exit_page'],
  ['item', 'item_category', 'page', 'country'],
]

/** In turn, as filters change no more of a statement than its conditions. */
const inTurn = (filters: readonly ValueFilter[], combine: Combine): Asked[] =>
  BREAKDOWNS.flatMap((dimensions, n) =>
    questionBy(dimensions, filters, GRANULARITIES[n % GRANULARITIES.length] ?? null, combine),
  )

let site: TestSite

beforeAll(async () => {
  await migrate()
  site = await largestSite()
})

test('every metric answers over time, and by every dimension', async () => {
  for (const granularity of GRANULARITIES) {
    for (const question of questionBy([], [], granularity)) await ask(site, [question])
  }
  for (const question of inTurn([], single)) await ask(site, [question])
  for (const dimensions of BREAKDOWNS) {
    for (const question of questionBy(dimensions, [], null)) await ask(site, [question])
  }
})

test.each([
  ['sessions', ['channel', 'entry_page', 'device', 'country', 'visitor_type'], single],
  ['events', ['property:p', 'page', 'event', 'item'], single],
  ['visitors who did something', ['channel', 'entry_page', 'device', 'country'], done],
  ['events and sessions, in one that is nested', ['property:p', 'page', 'event', 'item', 'channel'], nested],
])('every metric answers by every dimension, with the most filters of %s', async (_name, filtered, combine) => {
  for (const question of inTurn(filtersOn(filtered), combine)) await ask(site, [question])
})

test('every attribution model answers, with the most filters', async () => {
  const ids = ['conversions', 'orders', 'revenue']
  const filtered = filtersOn(['channel', 'entry_page', 'device', 'country'])
  for (const [n, { id: model }] of ATTRIBUTION_MODELS.entries()) {
    const parameters = Object.fromEntries(ids.map(id => [id, { model }]))
    const filters = [single, done, nested][n % 3]?.(filtered) ?? []
    const dimensions = ['channel', 'source', 'medium', 'campaign']
    await ask(site, [{ metrics: ids, parameters, dimensions, filters, period: '30d', compare: 'previous_period' }])
  }
})

test('the largest call answers: every metric in each of its queries, which no others share statements with', async () => {
  const metrics = METRICS.filter(metric => takes(metric, [], [['is', 'channel', ['']]])).map(({ id }) => id)
  const questions = list(LIMITS.questionsPerCall, n => ({
    metrics,
    period: '30d' as const,
    compare: 'previous_period' as const,
    filters: [['is_not', 'channel', [`${n}`]] as const],
  }))
  await ask(site, questions)
})

test('every metric answers by every dimension of the rollups', async () => {
  expect((await runCron('none')).errors).toEqual([])
  for (const dimensions of [[], ...ROLLED.map(id => [id])]) {
    for (const granularity of [null, 'day'] as const) {
      for (const question of questionBy(dimensions, [], granularity)) await ask(site, [question])
    }
  }
})

test('the most goals and the longest funnel answer by every dimension, with the most filters', async () => {
  const site = await createSite({ settings: { goals: GOALS, funnels: [FUNNEL] } })
  const event = GOALS.flatMap(goal => ('event' in goal ? goal.event : []))[0]
  const url = 'https://shop.example/page1'
  // Comparisons need data before both periods.
  await post(
    site,
    [1, 65].flatMap(day =>
      ['page_view', event].map(name => ({ name, url, visitor_id: 'v', time: Date.now() - day * DAY })),
    ),
  )
  const metrics = METRICS.filter(({ lacks }) => lacks?.(EMPTY_SETTINGS)?.match(/goals|funnels/)).map(({ id }) => id)
  expect(metrics).toEqual(['goal_conversions', 'goal_conversion_rate', 'funnel'])
  const filtered = filtersOn(['property:p', 'page', 'event', 'item', 'channel'])
  for (const [n, dimensions] of BREAKDOWNS.entries()) {
    const able = metrics.filter(id => METRICS.some(one => one.id === id && takes(one, dimensions, [])))
    const filters = [[], single(filtered), done(filtersOn(['channel', 'device'])), nested(filtered)][n % 4] ?? []
    if (able.length > 0)
      await ask(site, [{ metrics: able, dimensions, filters, period: '30d', compare: 'previous_period' }])
  }
})

test('what moved is answered on the free plan', async () => {
  const init = { headers: { authorization: `Bearer ${site.read}` } }
  const { status, usage } = await request(`/api/v1/sites/${site.domain}/changes`, init, { calls: QUERIES.free })
  expect([status, usage.errors]).toEqual([200, []])
})
