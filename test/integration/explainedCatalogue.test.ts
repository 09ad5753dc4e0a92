import { beforeAll, describe, expect, test } from 'vitest'
import type { MetricValue, Parameters, ParameterValue, Row } from '../../shared/question'
import { EMPTY_SETTINGS, type SiteSettings } from '../../shared/settings'
import { defaultsOf } from '../../worker/metrics/allowed'
import { METRICS } from '../../worker/metrics/definitions'
import type { Metric, Parameter } from '../../worker/metrics/metric'
import { importRows } from './delivery'
import { createSite, migrate, post, query, type TestSite } from './setup'

const DAY = 86_400_000
const PEOPLE = 12
/** A visitor returns every third day from a number of days ago. */
const FIRST_DAY = 300
/** Metrics of customers at the start need a period that begins after them; windowed ones need one that began long ago. */
const PERIODS = ['all', '90d'] as const

const now = Date.now()
const at = (days: number, minutes = 0): number => now - days * DAY + minutes * 60_000

const isEven = (n: number): boolean => n % 2 === 0

/** One person's actions, by minutes after the first session. */
const lifeOf = (n: number): readonly object[] => {
  const began = FIRST_DAY - 3 * n
  const id = { visitor_id: `v${n}`, user_id: `u${n}` }
  const event = (minutes: number, name: string, more: object = {}) => ({
    ...id,
    name,
    time: at(began, minutes),
    ...more,
  })
  const view = (days: number, minutes: number) => ({
    ...id,
    name: 'page_view',
    time: at(days, minutes),
    url: `https://shop.example/${n % 3}`,
    engaged_seconds: 5 * n,
    scroll_depth: 40 + n,
    lcp: 2 + n / 10,
    inp: 0.1,
    cls: 0.05,
    clicks: n,
  })
  const order = {
    transaction_id: `T${n}`,
    currency: 'USD',
    value: 40,
    items: [{ item_id: 'A', price: 20, quantity: 2 }],
  }
  const guide = { guide_id: 'welcome' }
  const bought = [
    event(8, 'purchase', order),
    event(9, 'purchase', { ...order, transaction_id: `S${n}`, value: 10 + n }),
    { ...id, name: 'purchase', time: at(40), ...order, transaction_id: `L${n}` },
    { ...id, name: 'refund', time: at(began - 1), transaction_id: `S${n}`, value: 5, currency: 'USD' },
  ]
  return [
    ...[0, 1, 7, 14, 30, 60, 150].map(later => view(began - later, 0)),
    view(n % 20, 1),
    event(1, 'sign_up'),
    event(1, 'generate_lead'),
    event(1, 'trial_start'),
    event(2, 'view_item', order),
    event(2, 'add_to_cart', order),
    event(3, 'begin_checkout', order),
    event(4, 'feature_used', { feature: 'Export' }),
    event(4, 'file_download'),
    event(5, 'guide_step', { ...guide, step: 1, step_count: 3 }),
    event(6, 'guide_step', { ...guide, step: isEven(n) ? 3 : 1, step_count: 3 }),
    event(7, isEven(n) ? 'guide_complete' : 'guide_dismiss', guide),
    event(7, 'survey_response', { survey_id: 'a', kind: 'nps', score: n % 11 }),
    event(7, 'survey_response', { survey_id: 'b', kind: 'csat', score: 1 + (n % 5) }),
    event(7, 'project_created'),
    event(7, 'lead_qualified'),
    event(7, 'email_delivered', { email_id: 'e' }),
    event(8, 'email_open', { email_id: 'e' }),
    event(9, 'email_click', { email_id: 'e' }),
    ...(isEven(n) ? bought : []),
    event(10, 'subscription_start', { price: 20, currency: 'USD', interval: 'month' }),
    // The first two are lost long after their first session.
    ...(n < 2 ? [{ ...id, name: 'subscription_cancel', time: at(20) }] : []),
  ]
}

const dayOf = (days: number): string => new Date(at(days)).toISOString().slice(0, 10)

const IMPORTED = {
  costs: [
    { day: dayOf(30), amount: 100, currency: 'USD' },
    { day: dayOf(FIRST_DAY), amount: 20, currency: 'USD' },
  ],
  email: [{ day: dayOf(30), campaign: 'spring', delivered: 100, opens: 40, clicks: 5 }],
  social: [{ day: dayOf(30), source: 'LinkedIn', impressions: 1000, engagements: 30 }],
  ai_fetches: [{ day: dayOf(30), page: '/', crawler: 'GPTBot', fetches: 3 }],
  served_pages: [{ day: dayOf(30), browser: 'Chrome', pages: 1000, sampled: 100 }],
  market: [{ day: dayOf(30), own_units: 3, market_units: 40, own_revenue: 60, market_revenue: 900, currency: 'USD' }],
}

const SETTINGS: Partial<SiteSettings> = {
  value_event: { event: 'project_created' },
  product_qualified: [{ event: 'project_created', times: 1 }],
  features: [{ name: 'Export', feature: 'Export' }],
  goals: [{ id: 'order', name: 'Order', event: 'purchase', value: 5 }],
  funnels: [
    {
      id: 'buy',
      name: 'Buy',
      steps: [
        { name: 'Cart', event: 'add_to_cart' },
        { name: 'Order', event: 'purchase' },
      ],
      order: 'sequential',
      window: 7,
      scope: 'visitor',
    },
  ],
}
const ALL_SETTINGS: SiteSettings = { ...EMPTY_SETTINGS, ...SETTINGS }

/** A known value for each parameter that takes any string. */
const SOME: Readonly<Record<string, ParameterValue>> = {
  event: 'purchase',
  feature: 'Export',
  user: 'u2',
  goal: 'order',
  funnel: 'buy',
  page: '/0',
}
/** A window of a year stays wide: on a single day there may be no order. */
const another = ({ name, from, default: usual }: Parameter): ParameterValue | null =>
  typeof usual === 'number' && usual > 180 ? usual - 1 : (from ?? SOME[name] ?? null)

/** All values of an enumeration; otherwise the default and another one. */
const valuesOf = (parameter: Parameter): readonly (ParameterValue | null)[] =>
  parameter.values ?? [parameter.default, another(parameter)]

/** Every combination of a metric's parameters that says enough: a path needs a beginning. */
const combinations = (metric: Metric): Parameters[] =>
  metric.parameters
    .reduce<Parameters[]>(
      (all, parameter) =>
        all.flatMap(one =>
          valuesOf(parameter).map(value => (value === null ? one : { ...one, [parameter.name]: value })),
        ),
      [{}],
    )
    .filter(args => !metric.lacks?.(ALL_SETTINGS, { ...defaultsOf(metric), ...args }))

const ASKED = new Map(METRICS.map(metric => [metric.id, combinations(metric)]))

/** By metric: the answers to each combination, in each period. */
const answered = new Map<string, { readonly parameters: Parameters; readonly values: MetricValue[] }[]>()

const ask = async (site: TestSite, place: number): Promise<readonly (Row | undefined)[]> => {
  const metrics = METRICS.filter(({ id }) => ASKED.get(id)?.[place])
  const parameters = Object.fromEntries(metrics.map(({ id }) => [id, ASKED.get(id)?.[place] as Parameters]))
  const answers = await Promise.all(
    PERIODS.map(period => query(site, { metrics: metrics.map(({ id }) => id), parameters, period, explain: true })),
  )
  for (const { id } of metrics) {
    const values = answers.map(({ rows }) => rows[0]?.metrics[id] as MetricValue)
    answered.set(id, [...(answered.get(id) ?? []), { parameters: parameters[id] as Parameters, values }])
  }
  return answers.map(({ rows }) => rows[0])
}

beforeAll(async () => {
  await migrate()
  const site = await createSite({ settings: SETTINGS })
  const lives = Array.from({ length: PEOPLE }, (_, n) => lifeOf(n)).flat()
  expect(await post(site, lives)).toEqual({ accepted: lives.length, duplicates: 0, refused: [] })
  await importRows(site, IMPORTED as never)
  const most = Math.max(...[...ASKED.values()].map(list => list.length))
  for (let place = 0; place < most; place++) await ask(site, place)
}, 120_000)

describe.each(METRICS.map(metric => [metric.id, metric] as const))('%s', (id, metric) => {
  test('has a value for every combination of its parameters', () => {
    const lacking = (answered.get(id) ?? []).filter(({ values }) => values.every(({ value }) => value === null))
    expect(lacking.map(({ parameters, values }) => [parameters, values[0]?.reason])).toEqual([])
    expect(answered.get(id)?.length).toBe(ASKED.get(id)?.length)
  })

  test('divides its stated parts, and omits a missing part', () => {
    for (const { parameters, values } of answered.get(id) ?? []) {
      for (const { value, numerator, denominator, explanation } of values) {
        if (value === null || !explanation) continue
        const where = `${id} ${JSON.stringify(parameters)}`
        expect([where, explanation.numerator === null]).toEqual([where, numerator === null])
        expect([where, explanation.denominator === null]).toEqual([where, denominator === null])
        for (const text of [explanation.formula, explanation.numerator, explanation.denominator])
          expect([where, text?.trim()]).not.toEqual([where, ''])
        if (numerator === null) continue
        expect([where, (explanation.factor * numerator) / (denominator ?? 1)]).toEqual([
          where,
          expect.closeTo(value, 9),
        ])
      }
    }
  })

  test('has no numerator only if it is a median or a difference of shares', () => {
    const undivided = (answered.get(id) ?? []).filter(({ values }) =>
      values.some(({ explanation }) => explanation?.numerator === null),
    )
    const isNeverDivided = ['quantile', 'duration'].includes(metric.kind) || id === 'guide_effect'
    const medians = (answered.get(id) ?? []).filter(
      ({ parameters }) => isNeverDivided || parameters.statistic === 'median',
    )
    expect(undivided).toEqual(medians)
  })
})
