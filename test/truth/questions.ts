import fc from 'fast-check'
import type { Filter, Granularity, Parameters } from '../../shared/question.ts'
import { addDays } from './calendar.ts'
import { METRICS, type MetricId } from './metrics.ts'
import type { TruthQuestion } from './truth.ts'

export const ALL = Object.keys(METRICS) as MetricId[]

/** Metrics of imported rows, which know days and no sessions. */
const OF_ROWS: readonly MetricId[] = [
  'cost_per_lead',
  'cac',
  'romi',
  'email_open_rate',
  'email_click_rate',
  'social_engagement_rate',
  'market_share',
]
/** Metrics of how things stand at the ends of buckets, for everybody together. */
const OF_ENDS: readonly MetricId[] = ['customers', 'churn_rate', 'customer_retention_rate', 'mrr', 'arr', 'clv']
/** Metrics told in whole days. */
const OF_DAYS: readonly MetricId[] = [
  'dau',
  'wau',
  'mau',
  'stickiness',
  'retention_rate',
  'early_churn_rate',
  'product_adoption_rate',
  'engagement_score',
]
/** Metrics that look at guide runs and not at sessions. */
const OF_GUIDES: readonly MetricId[] = [
  'guide_views',
  'guide_viewers',
  'guide_completion_rate',
  'guide_dismiss_rate',
  'guide_step_dropoff',
  'guide_time_to_complete',
]
/** Metrics of what somebody ever did, which a filter would have to look for outside the period too. */
const OF_HISTORY: readonly MetricId[] = ['new_visitors', 'retention_rate', 'early_churn_rate']
/** Metrics of whole orders, which have no part for one item. */
const OF_ORDERS: readonly MetricId[] = ['gross_revenue', 'refunds', 'revenue', 'average_order_value']
/** Metrics of people and what they come to, which know the session it began in and no single event. */
const OF_STARTS: readonly MetricId[] = [
  'new_customers',
  'lead_conversion_rate',
  'visitor_to_sql_rate',
  'trial_to_pql_rate',
  'trial_to_paid_rate',
  'activation_rate',
  'time_to_value',
  'product_adoption_rate',
  'cart_recovery_rate',
  'refund_rate',
  'arpu',
  'feature_adoption_rate',
]
/** What each of its scopes can be asked with differs. */
const CART = 'cart_abandonment_rate'

const PARAMETERS: readonly Partial<Record<MetricId, Parameters>>[] = [
  {},
  {
    bounce_rate: { rule: 'single_page' },
    conversion_rate: { scope: 'session' },
    cart_abandonment_rate: { scope: 'visitor' },
    session_duration: { statistic: 'median' },
    retention_rate: { day: 1 },
    early_churn_rate: { day: 1 },
    lead_conversion_rate: { window: 1 },
    visitor_to_sql_rate: { window: 1 },
    trial_to_pql_rate: { window: 1 },
    trial_to_paid_rate: { window: 1 },
    activation_rate: { window: 1 },
    product_adoption_rate: { window: 2, days: 1 },
    customers: { lapse: 1 },
    churn_rate: { lapse: 1 },
    customer_retention_rate: { lapse: 1 },
    arpu: { of: 'paying' },
    feature_adoption_rate: { feature: 'export' },
    market_share: { measure: 'units' },
  },
  {
    bounce_rate: { rule: 'engaged' },
    conversion_rate: { event: 'purchase' },
    cart_abandonment_rate: { scope: 'session' },
    retention_rate: { day: 2, on: 'on_or_after' },
    early_churn_rate: { day: 2 },
    lead_conversion_rate: { window: 2 },
    visitor_to_sql_rate: { window: 3 },
    trial_to_pql_rate: { window: 3 },
    trial_to_paid_rate: { window: 2 },
    activation_rate: { window: 3 },
    product_adoption_rate: { window: 3, days: 2 },
    customers: { lapse: 3 },
    churn_rate: { lapse: 3 },
    customer_retention_rate: { lapse: 2 },
    clv: { method: 'historical' },
    market_share: { measure: 'revenue' },
    engagement_score: { user: 'u0' },
  },
  {
    bounce_rate: { rule: 'single_interaction' },
    conversion_rate: { event: 'chat_opened', scope: 'session' },
    session_duration: { statistic: 'mean' },
    retention_rate: { day: 3, on: 'on' },
    lead_conversion_rate: { window: 4 },
    visitor_to_sql_rate: { window: 2 },
    trial_to_paid_rate: { window: 5 },
    product_adoption_rate: { window: 4, days: 2 },
    customers: { lapse: 2 },
    churn_rate: { lapse: 2 },
    clv: { method: 'predictive' },
    arpu: { of: 'active' },
    engagement_score: { user: 'v2' },
  },
]

/** Parameters of carts as shopping episodes, which know no single event. */
const CARTS: readonly Partial<Record<MetricId, Parameters>>[] = [
  {},
  { [CART]: { scope: 'cart' } },
  { [CART]: { scope: 'cart', window: 1 } },
  { [CART]: { scope: 'cart', window: 5 } },
]

const parameters = fc.constantFrom(...PARAMETERS)
const parametersWithCarts = fc
  .tuple(parameters, fc.constantFrom(...CARTS))
  .map(([one, ofCarts]) => ({ ...one, ...ofCarts }))

const NAMED_PERIODS = ['today', 'yesterday', '7d', '30d', 'month', '12mo', 'year'] as const

/** Days counted from the first of a scenario. */
interface PlannedDays {
  readonly from: number
  readonly to: number
}

const fewDays: fc.Arbitrary<PlannedDays> = fc
  .tuple(fc.nat({ max: 9 }), fc.nat({ max: 6 }))
  .map(([from, length]) => ({ from, to: from + length }))

const anyPeriod = fc.oneof(fc.constant({ from: -1, to: 12 }), fewDays, fc.constantFrom(...NAMED_PERIODS))

const OF_SESSION: readonly Filter[] = [
  ['is', 'country', ['SE']],
  ['is', 'country', ['NO', 'SE']],
  ['is_not', 'country', ['SE']],
  ['is', 'entry_page', ['/', '/b/c']],
  ['is_not', 'exit_page', ['/a']],
  ['contains', 'entry_page', ['b']],
  ['matches', 'exit_page', ['/b/*']],
  ['is', 'visitor_type', ['new']],
  ['is', 'visitor_type', ['returning']],
]

const OF_EVENT: readonly Filter[] = [
  ['is', 'page', ['/a']],
  ['is_not', 'page', ['/']],
  ['contains', 'page', ['/b']],
  ['matches', 'page', ['/*/c', '/']],
  ['is', 'hostname', ['docs.example']],
  ['is', 'event', ['add_to_cart']],
  ['is', 'event', ['page_view', 'purchase']],
  ['is_not', 'event', ['page_view']],
  ['is', 'item', ['i1']],
  ['is', 'property:plan', ['pro']],
]

const split = (dimensions: readonly string[]) => fc.constantFrom(...dimensions.map(dimension => [dimension]))
const rarely = (...granularities: readonly Granularity[]) => fc.constantFrom(undefined, undefined, ...granularities)

/**
 * What may be asked about ten days: metrics, with any parameters, in buckets, narrowed or split.
 * @param known the metrics to ask for
 */
export const questionAbout = (known: readonly MetricId[]) => {
  const without = (...left: readonly (readonly MetricId[])[]) => known.filter(id => !left.flat().includes(id))
  const ofSessions = fc.constant(without(OF_GUIDES, OF_HISTORY, OF_ROWS, OF_ENDS))
  const ofEvents = without(OF_GUIDES, OF_HISTORY, OF_ROWS, OF_ENDS, OF_DAYS, OF_STARTS)
  const narrowed = fc.oneof(
    fc.record({
      filters: fc.tuple(fc.constantFrom(...OF_SESSION)),
      metrics: ofSessions,
      granularity: rarely('day', 'week'),
      parameters: parametersWithCarts,
    }),
    fc.record({
      filters: fc.oneof(
        fc.tuple(fc.constantFrom(...OF_EVENT)),
        fc.tuple(fc.constantFrom(...OF_SESSION), fc.constantFrom(...OF_EVENT)),
      ),
      metrics: fc.constant(ofEvents),
      granularity: rarely('day', 'week'),
      parameters,
    }),
  )
  const splitInto = (dimensions: readonly string[], metrics: readonly MetricId[]) =>
    fc.record({
      dimensions: split(dimensions),
      metrics: fc.constant(metrics),
      granularity: rarely('day', 'month'),
      parameters,
    })
  const grouped = fc.oneof(
    fc.record({
      dimensions: split(['entry_page', 'exit_page', 'country', 'visitor_type']),
      metrics: ofSessions,
      granularity: rarely('day', 'month'),
      parameters: parametersWithCarts,
    }),
    splitInto(['page', 'hostname', 'event', 'property:plan'], ofEvents),
    splitInto(
      ['item', 'item_category'],
      ofEvents.filter(id => !OF_ORDERS.includes(id)),
    ),
    splitInto(
      ['guide'],
      OF_GUIDES.filter(id => known.includes(id)),
    ),
  )
  const everything = fc.record({
    granularity: rarely('day', 'week', 'month'),
    metrics: fc.constant(known),
    parameters: parametersWithCarts,
  })
  const byHour = fc.record({
    granularity: fc.constant('hour' as const),
    metrics: fc.constant(without(OF_DAYS, OF_ROWS, OF_ENDS)),
    parameters: parametersWithCarts,
  })
  return fc.oneof(
    { weight: 5, arbitrary: fc.tuple(anyPeriod, fc.oneof(everything, everything, narrowed, grouped)) },
    { weight: 1, arbitrary: fc.tuple(fewDays, byHour) },
  )
}
export type PlannedQuestion = ReturnType<typeof questionAbout> extends fc.Arbitrary<infer T> ? T : never

/** A question about the ten days from `firstDay` on. */
export const askedFrom = (firstDay: string, [period, { parameters, ...asked }]: PlannedQuestion): TruthQuestion => ({
  ...asked,
  period:
    typeof period === 'object' ? { from: addDays(firstDay, period.from), to: addDays(firstDay, period.to) } : period,
  parameters: Object.fromEntries(asked.metrics.flatMap(id => (parameters[id] ? [[id, parameters[id]]] : []))),
})
