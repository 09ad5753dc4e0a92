import fc from 'fast-check'
import type { Filter, Parameters } from '../../shared/question.ts'
import { addDays } from './calendar.ts'
import { METRICS, type MetricId } from './metrics.ts'
import type { TruthQuestion } from './truth.ts'

export const ALL = Object.keys(METRICS) as MetricId[]

/** Metrics told in whole days. */
const OF_DAYS: readonly MetricId[] = ['dau', 'wau', 'mau', 'retention_rate']
/** Metrics that look at guide runs and not at sessions. */
const OF_GUIDES: readonly MetricId[] = [
  'guide_views',
  'guide_viewers',
  'guide_completion_rate',
  'guide_dismiss_rate',
  'guide_step_dropoff',
]
/** Metrics of what somebody ever did, which a filter would have to look for outside the period too. */
const OF_HISTORY: readonly MetricId[] = ['new_visitors', 'retention_rate']
/** Metrics of whole orders, which have no part for one item. */
const OF_ORDERS: readonly MetricId[] = ['gross_revenue', 'refunds', 'revenue', 'average_order_value']

const without = (...left: readonly MetricId[]) => ALL.filter(id => !left.includes(id))
const OF_SESSIONS_AND_EVENTS = without(...OF_GUIDES, ...OF_HISTORY)
const OF_EVENTS_ALONE = without(...OF_GUIDES, ...OF_HISTORY, ...OF_DAYS)

const PARAMETERS: readonly Partial<Record<MetricId, Parameters>>[] = [
  {},
  {
    bounce_rate: { rule: 'single_page' },
    conversion_rate: { scope: 'session' },
    cart_abandonment_rate: { scope: 'visitor' },
    session_duration: { statistic: 'median' },
    retention_rate: { day: 1 },
  },
  {
    bounce_rate: { rule: 'engaged' },
    conversion_rate: { event: 'purchase' },
    cart_abandonment_rate: { scope: 'session' },
    retention_rate: { day: 2, on: 'on_or_after' },
  },
  {
    bounce_rate: { rule: 'single_interaction' },
    conversion_rate: { event: 'chat_opened', scope: 'session' },
    session_duration: { statistic: 'mean' },
    retention_rate: { day: 3, on: 'on' },
  },
]

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

const plain = fc.record({
  metrics: fc.constant(ALL),
  parameters: fc.constantFrom(...PARAMETERS),
})

const inBuckets = fc.record({
  granularity: fc.constantFrom('day', 'week', 'month'),
  metrics: fc.constant(ALL),
  parameters: fc.constantFrom(...PARAMETERS),
})

const inHours = fc.record({
  granularity: fc.constant('hour' as const),
  metrics: fc.constant(without(...OF_DAYS)),
  parameters: fc.constantFrom(...PARAMETERS),
})

const narrowedTo = (filters: fc.Arbitrary<readonly Filter[]>, metrics: readonly MetricId[]) =>
  fc.record({
    filters,
    metrics: fc.constant(metrics),
    granularity: fc.constantFrom(undefined, undefined, 'day', 'week'),
    parameters: fc.constantFrom(...PARAMETERS),
  })

const narrowed = fc.oneof(
  narrowedTo(fc.tuple(fc.constantFrom(...OF_SESSION)), OF_SESSIONS_AND_EVENTS),
  narrowedTo(fc.tuple(fc.constantFrom(...OF_EVENT)), OF_EVENTS_ALONE),
  narrowedTo(fc.tuple(fc.constantFrom(...OF_SESSION), fc.constantFrom(...OF_EVENT)), OF_EVENTS_ALONE),
)

const splitInto = (dimensions: readonly string[], metrics: readonly MetricId[]) =>
  fc.record({
    dimensions: fc.constantFrom(...dimensions).map(dimension => [dimension]),
    metrics: fc.constant(metrics),
    granularity: fc.constantFrom(undefined, undefined, 'day', 'month'),
    parameters: fc.constantFrom(...PARAMETERS),
  })

const split = fc.oneof(
  splitInto(['entry_page', 'exit_page', 'country', 'visitor_type'], OF_SESSIONS_AND_EVENTS),
  splitInto(['page', 'hostname', 'event', 'property:plan'], OF_EVENTS_ALONE),
  splitInto(
    ['item'],
    OF_EVENTS_ALONE.filter(id => !OF_ORDERS.includes(id)),
  ),
  splitInto(['guide'], OF_GUIDES),
)

/** What may be asked about ten days: all metrics, with any parameters, in buckets, narrowed or split. */
export const question = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(anyPeriod, fc.oneof(plain, inBuckets, narrowed, split)) },
  { weight: 1, arbitrary: fc.tuple(fewDays, inHours) },
)
export type PlannedQuestion = typeof question extends fc.Arbitrary<infer T> ? T : never

/** A question about the ten days from `firstDay` on. */
export const askedFrom = (firstDay: string, [period, { parameters, ...asked }]: PlannedQuestion): TruthQuestion => ({
  ...asked,
  period:
    typeof period === 'object' ? { from: addDays(firstDay, period.from), to: addDays(firstDay, period.to) } : period,
  parameters: Object.fromEntries(asked.metrics.flatMap(id => (parameters[id] ? [[id, parameters[id]]] : []))),
})
