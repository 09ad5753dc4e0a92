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

const fewDaysFrom = (firstDay: string) =>
  fc
    .tuple(fc.nat({ max: 9 }), fc.nat({ max: 6 }))
    .map(([from, length]) => ({ from: addDays(firstDay, from), to: addDays(firstDay, from + length) }))

const periodFrom = (firstDay: string) =>
  fc.oneof(
    fc.constant({ from: addDays(firstDay, -1), to: addDays(firstDay, 12) }),
    fewDaysFrom(firstDay),
    fc.constantFrom(...NAMED_PERIODS),
  )

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

const narrowed = fc
  .record({
    filter: fc.oneof(
      fc.constantFrom(...OF_SESSION).map(filter => [filter]),
      fc.constantFrom(...OF_EVENT).map(filter => [filter]),
      fc.tuple(fc.constantFrom(...OF_SESSION), fc.constantFrom(...OF_EVENT)),
    ),
    granularity: fc.constantFrom(undefined, undefined, 'day', 'week'),
    parameters: fc.constantFrom(...PARAMETERS),
  })
  .map(({ filter: filters, ...question }) => ({ ...question, filters, metrics: OF_SESSIONS_AND_EVENTS }))

const split = fc
  .record({
    dimension: fc.constantFrom(
      'entry_page',
      'exit_page',
      'country',
      'visitor_type',
      'page',
      'hostname',
      'event',
      'item',
      'property:plan',
      'guide',
    ),
    granularity: fc.constantFrom(undefined, undefined, 'day', 'month'),
    parameters: fc.constantFrom(...PARAMETERS),
  })
  .map(({ dimension, ...question }) => ({
    ...question,
    dimensions: [dimension],
    metrics:
      dimension === 'guide'
        ? OF_GUIDES
        : OF_SESSIONS_AND_EVENTS.filter(id => dimension !== 'item' || !OF_ORDERS.includes(id)),
  }))

/** What may be asked about ten days: all metrics, with any parameters, in buckets, narrowed or split. */
export const question = (firstDay: string): fc.Arbitrary<TruthQuestion> =>
  fc
    .oneof(
      { weight: 5, arbitrary: fc.tuple(periodFrom(firstDay), fc.oneof(plain, inBuckets, narrowed, split)) },
      { weight: 1, arbitrary: fc.tuple(fewDaysFrom(firstDay), inHours) },
    )
    .map(([period, asked]): TruthQuestion => ({ period, ...asked }))
