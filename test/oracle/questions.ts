import fc from 'fast-check'
import type { BehaviorFilter, Combination, Granularity, Parameters, ValueFilter } from '../../shared/question.ts'
import { addDays } from './calendar.ts'
import { type AskedFilter, EVENT_DIMENSIONS, SESSION_DIMENSIONS, valuesOf } from './dimensions.ts'
import type { World } from './facts.ts'
import { METRICS, type MetricId } from './metrics.ts'
import { settingsOf } from './rules.ts'
import type { TruthQuestion } from './truth.ts'

export const ALL = Object.keys(METRICS) as MetricId[]

/** Metrics of imported rows, which have days but no sessions. */
const OF_ROWS: readonly MetricId[] = [
  'cost_per_lead',
  'cac',
  'romi',
  'email_open_rate',
  'email_click_rate',
  'social_engagement_rate',
  'market_share',
  'ai_fetches',
  'served_pages',
]
/** Metrics of states at the ends of buckets, for all people together. */
const OF_ENDS: readonly MetricId[] = [
  'lifecycle',
  'customers',
  'churn_rate',
  'customer_retention_rate',
  'mrr',
  'arr',
  'clv',
]
/** Metrics of whole days. */
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
/** Metrics of guide runs, not sessions. */
const OF_GUIDES: readonly MetricId[] = [
  'guide_views',
  'guide_viewers',
  'guide_completion_rate',
  'guide_dismiss_rate',
  'guide_step_dropoff',
  'guide_time_to_complete',
]
/** Metrics of pages in sessions, which know no other dimension of events. */
const OF_PAGES: readonly MetricId[] = ['entries', 'exits', 'exit_rate']
const PAGE_DIMENSIONS = ['page', 'hostname']
/** Metrics of items in sessions. */
const OF_VIEWED_ITEMS: readonly MetricId[] = ['cart_to_view_rate']
/** Metrics of people's whole history, for which a filter would have to look outside the period. */
const OF_HISTORY: readonly MetricId[] = ['new_visitors']
/** Metrics of whole orders, which do not split by item. */
const OF_ORDERS: readonly MetricId[] = ['gross_revenue', 'refunds', 'revenue', 'average_order_value']
/** Metrics of people and their outcomes, which know the session of the beginning but no single event. */
const OF_STARTS: readonly MetricId[] = [
  'paths',
  'new_customers',
  'lead_conversion_rate',
  'visitor_to_sql_rate',
  'trial_to_pql_rate',
  'trial_to_paid_rate',
  'activation_rate',
  'time_to_value',
  'guide_effect',
  'product_adoption_rate',
  'cart_recovery_rate',
  'cart_value_abandoned',
  'cart_value_recovered',
  'refund_rate',
  'arpu',
  'feature_adoption_rate',
]
/** Dimensions with several values per event. */
const OF_ITEMS = ['item', 'item_category']
/** Each scope supports different queries. */
const CART = 'cart_abandonment_rate'

/** Steps of a question, with an event that no setting names. */
const STEPS = [
  { name: 'Page', page: '/*' },
  { name: 'Searched', event: 'search', where: [['is_not', 'country', ['NO']]] },
]

const PARAMETERS: readonly Partial<Record<MetricId, Parameters>>[] = [
  {},
  {
    bounce_rate: { rule: 'single_page' },
    conversion_rate: { scope: 'session' },
    purchase_conversion_rate: { scope: 'session' },
    goal_conversions: { goal: 'chat' },
    funnel: { funnel: 'strict' },
    goal_conversion_rate: { scope: 'session' },
    cart_abandonment_rate: { scope: 'visitor' },
    session_duration: { statistic: 'median' },
    retention_rate: { day: 1 },
    early_churn_rate: { day: 1 },
    lead_conversion_rate: { window: 1 },
    visitor_to_sql_rate: { window: 1 },
    trial_to_pql_rate: { window: 1 },
    trial_to_paid_rate: { window: 1 },
    activation_rate: { window: 1 },
    guide_effect: { window: 1 },
    product_adoption_rate: { window: 2, days: 1 },
    customers: { lapse: 1 },
    churn_rate: { lapse: 1 },
    customer_retention_rate: { lapse: 1 },
    arpu: { of: 'paying' },
    lifecycle: { state: 'dormant' },
    paths: { page: '/a' },
    feature_adoption_rate: { feature: 'export' },
    market_share: { measure: 'units' },
  },
  {
    orders: { source: 'confirmed' },
    gross_revenue: { source: 'confirmed' },
    refunds: { source: 'confirmed' },
    revenue: { source: 'confirmed' },
    average_order_value: { source: 'confirmed' },
    repeat_purchase_rate: { source: 'confirmed' },
    return_rate: { source: 'confirmed' },
    refund_rate: { source: 'confirmed' },
    bounce_rate: { rule: 'engaged' },
    conversion_rate: { event: 'purchase' },
    goal_conversions: { goal: 'deep' },
    funnel: { funnel: 'any', window: 1, scope: 'session' },
    goal_conversion_rate: { goal: 'bought' },
    cart_abandonment_rate: { scope: 'session' },
    retention_rate: { day: 2, on: 'on_or_after', first: 'purchase' },
    early_churn_rate: { day: 2 },
    lead_conversion_rate: { window: 2 },
    visitor_to_sql_rate: { window: 3 },
    trial_to_pql_rate: { window: 3 },
    trial_to_paid_rate: { window: 2 },
    activation_rate: { window: 3 },
    guide_effect: { window: 3, guide: 'welcome' },
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
    goal_conversions: { goal: 'bought' },
    funnel: { steps: JSON.stringify(STEPS), order: 'strict', window: 1.5 },
    goal_conversion_rate: { goal: 'read', scope: 'session' },
    session_duration: { statistic: 'mean' },
    retention_rate: { day: 1, on: 'on', first: 'page_view', return: 'add_to_cart' },
    lead_conversion_rate: { window: 4 },
    visitor_to_sql_rate: { window: 2 },
    trial_to_paid_rate: { window: 5 },
    product_adoption_rate: { window: 4, days: 2 },
    customers: { lapse: 2 },
    churn_rate: { lapse: 2 },
    clv: { method: 'predictive', window: 3 },
    arpu: { of: 'active' },
    lifecycle: { state: 'resurrected' },
    paths: { event: 'chat_opened', show: 'events', direction: 'before', steps: 1 },
    engagement_score: { user: 'v2' },
  },
]

/** Parameters of carts as shopping episodes, which have no single event. */
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

const NAMED_PERIODS = [
  'today',
  'yesterday',
  '7d',
  '28d',
  '30d',
  'month',
  'last_month',
  'quarter',
  'last_quarter',
  '12mo',
  'year',
  'last_year',
] as const

/** Picks one of some values, if there are any. */
const pick = fc.nat({ max: 10_000 })

/** A range of days: its first one, picked from the days with events, and the number of days after it. */
interface PlannedDays {
  readonly first: number
  readonly length: number
}

const fewDays: fc.Arbitrary<PlannedDays> = fc.record({ first: pick, length: fc.constantFrom(0, 1, 2, 3, 6) })

/** A chain of sessions can go on for months. */
const MOST_DAYS = 13

/** The days with events, with one before and one after. */
export const EVERY_DAY = 'every day'

const anyPeriod = fc.oneof(
  { weight: 4, arbitrary: fc.constant(EVERY_DAY) },
  { weight: 4, arbitrary: fewDays },
  { weight: 1, arbitrary: fc.constantFrom(...NAMED_PERIODS) },
)

/** A filter with values taken from the scenario. */
interface PlannedValues {
  readonly operator: ValueFilter[0]
  readonly dimension: string
  readonly picks: readonly number[]
}

const filterOn = (dimensions: readonly string[]): fc.Arbitrary<PlannedValues> =>
  fc.record({
    operator: fc.constantFrom('is', 'is', 'is', 'is_not', 'contains', 'does_not_contain', 'matches'),
    dimension: fc.constantFrom(...dimensions),
    picks: fc.array(pick, { minLength: 1, maxLength: 2 }),
  })

interface PlannedCombination {
  readonly combined: Combination
  readonly parts: readonly PlannedFilter[]
}

/** A `has_done` filter: an event, a page or a goal of the scenario, sometimes with `where`. */
interface PlannedBehavior {
  readonly did: 'event' | 'page' | 'goal'
  readonly pick: number
  readonly where: readonly PlannedValues[]
}

type PlannedFilter = PlannedValues | PlannedBehavior | PlannedCombination

const behavior: fc.Arbitrary<PlannedBehavior> = fc.record({
  did: fc.constantFrom('event', 'page', 'goal'),
  pick,
  where: fc.oneof(fc.constant([]), fc.tuple(filterOn(['property:plan', 'hostname', 'country', 'device']))),
})

/** A filter of two levels, like `["or", filter, ["not", filter]]`. */
const combinationOf = (given: fc.Arbitrary<PlannedValues>): fc.Arbitrary<PlannedCombination> => {
  const one: fc.Arbitrary<PlannedFilter> = fc.oneof({ weight: 4, arbitrary: given }, { weight: 1, arbitrary: behavior })
  const negated = one.map((part): PlannedFilter => ({ combined: 'not', parts: [part] }))
  const part = fc.oneof({ weight: 2, arbitrary: one }, { weight: 1, arbitrary: negated })
  return fc.record({
    combined: fc.constantFrom('and', 'or', 'or'),
    parts: fc.array(part, { minLength: 1, maxLength: 3 }),
  })
}

/** Pages are the most common filter. */
const EVENT_FILTERS = ['page', 'page', 'page', ...EVENT_DIMENSIONS, 'property:plan']

/** A combination of filters does not select single items of an order. */
const COMBINED_FILTERS = [...SESSION_DIMENSIONS, ...EVENT_FILTERS.filter(id => !OF_ITEMS.includes(id))]

/** A value for an operator: whole, without its ends, or with a pattern for its end. */
const WRITTEN: Readonly<Record<ValueFilter[0], (value: string) => string>> = {
  is: value => value,
  is_not: value => value,
  does_not_contain: value => value.slice(value.length > 2 ? 1 : 0, 4),
  contains: value => value.slice(value.length > 2 ? 1 : 0, 4),
  matches: value => `${value.slice(0, 2)}*`,
}

const NOWHERE = '/nowhere'

const valuesFrom = (world: World, { operator, dimension, picks }: PlannedValues): ValueFilter => {
  const values = [...valuesOf(world.facts, dimension), ...(picks[0] === 0 ? [NOWHERE] : [])]
  const picked = picks.map(one => values[one % values.length] ?? NOWHERE)
  return [operator, dimension, [...new Set(picked.map(WRITTEN[operator]))]]
}

const behaviorFrom = (world: World, { did, pick, where }: PlannedBehavior): BehaviorFilter => {
  const more = where.length > 0 && { where: where.map(one => valuesFrom(world, one)) }
  const goals = settingsOf(world).goals.map(({ id }) => id)
  if (did === 'goal' && goals.length > 0) return ['has_done', { goal: goals[pick % goals.length] ?? '', ...more }]
  const values = valuesOf(world.facts, did === 'goal' ? 'event' : did)
  const value = values[pick % values.length] ?? NOWHERE
  return ['has_done', did === 'page' ? { page: value, ...more } : { event: value, ...more }]
}

const filterFrom = (world: World, planned: PlannedFilter): AskedFilter => {
  if ('parts' in planned) return [planned.combined, ...planned.parts.map(part => filterFrom(world, part))]
  return 'did' in planned ? behaviorFrom(world, planned) : valuesFrom(world, planned)
}

const split = (dimensions: readonly string[]) => fc.constantFrom(...dimensions.map(dimension => [dimension]))
const often = (...granularities: readonly Granularity[]) => fc.constantFrom(undefined, ...granularities)
const rarely = (...granularities: readonly Granularity[]) => fc.constantFrom(undefined, undefined, ...granularities)

/** A query whose period and filters are taken from the events. */
export type PlannedQuestion = readonly [period: PlannedDays | string, asked: PlannedAsk]

interface PlannedAsk {
  readonly metrics: readonly MetricId[]
  readonly parameters: Partial<Record<MetricId, Parameters>>
  readonly granularity?: Granularity | undefined
  readonly dimensions?: readonly string[]
  readonly filters?: readonly PlannedFilter[]
}

/**
 * Possible queries about the days of a scenario: metrics, with any parameters, in buckets, filtered or broken down.
 * @param known the metrics to query
 */
export const questionAbout = (known: readonly MetricId[]): fc.Arbitrary<PlannedQuestion> => {
  const without = (...left: readonly (readonly MetricId[])[]) => known.filter(id => !left.flat().includes(id))
  const ofSessions = fc.constant(without(OF_GUIDES, OF_HISTORY, OF_ROWS, OF_ENDS))
  const ofEvents = without(OF_GUIDES, OF_HISTORY, OF_ROWS, OF_ENDS, OF_DAYS, OF_STARTS, OF_PAGES, OF_VIEWED_ITEMS)
  const ofPages = OF_PAGES.filter(id => known.includes(id))
  const ofViewedItems = OF_VIEWED_ITEMS.filter(id => known.includes(id))
  const narrowed = fc.oneof(
    fc.record({
      filters: fc.tuple(
        fc.oneof(
          filterOn(SESSION_DIMENSIONS),
          filterOn(SESSION_DIMENSIONS),
          combinationOf(filterOn(SESSION_DIMENSIONS)),
        ),
      ),
      metrics: ofSessions,
      granularity: often('day', 'week'),
      parameters: parametersWithCarts,
    }),
    fc.record({
      filters: fc.oneof(
        fc.tuple(filterOn(EVENT_FILTERS)),
        fc.tuple(filterOn(SESSION_DIMENSIONS), filterOn(EVENT_FILTERS)),
        fc.tuple(combinationOf(filterOn(COMBINED_FILTERS))),
      ),
      metrics: fc.constant(ofEvents),
      granularity: often('day', 'week'),
      parameters,
    }),
    fc.record({
      filters: fc.tuple(fc.oneof(filterOn(PAGE_DIMENSIONS), combinationOf(filterOn(PAGE_DIMENSIONS)))),
      metrics: fc.constant(ofPages),
      granularity: often('day', 'week'),
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
      dimensions: split(SESSION_DIMENSIONS),
      metrics: ofSessions,
      granularity: rarely('day', 'month'),
      parameters: parametersWithCarts,
    }),
    splitInto([...EVENT_DIMENSIONS.filter(id => !OF_ITEMS.includes(id)), 'property:plan'], ofEvents),
    splitInto(PAGE_DIMENSIONS, ofPages),
    splitInto(OF_ITEMS, [...ofEvents.filter(id => !OF_ORDERS.includes(id)), ...ofViewedItems]),
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
    { weight: 5, arbitrary: fc.tuple(anyPeriod, fc.oneof(everything, narrowed, narrowed, grouped)) },
    { weight: 1, arbitrary: fc.tuple(fewDays, byHour) },
  )
}

/** The local days with events, in order. */
const daysWithEvents = ({ facts }: World): string[] => [...new Set(facts.map(({ day }) => day))].sort()

const earlier = (one: string, other: string): string => (one < other ? one : other)

const periodFrom = (world: World, period: PlannedQuestion[0]): TruthQuestion['period'] => {
  if (NAMED_PERIODS.some(name => name === period)) return period as TruthQuestion['period']
  const days = daysWithEvents(world)
  const [first = '2026-01-01', last = first] = [days[0], days.at(-1)]
  if (typeof period === 'string')
    return { from: addDays(first, -1), to: earlier(addDays(last, 1), addDays(first, MOST_DAYS)) }
  const from = days[period.first % days.length] ?? first
  return { from, to: addDays(from, period.length) }
}

/** The parameters of a metric, unless they name a goal or a funnel of another site. */
const parametersFrom = (world: World, given: Parameters | undefined): Parameters | undefined =>
  (given?.goal ?? given?.funnel) !== undefined && settingsOf(world).goals.length === 0 ? undefined : given

/** A planned query about a world. */
export const askedFrom = (
  world: World,
  [period, { parameters, filters, ...asked }]: PlannedQuestion,
): TruthQuestion => ({
  ...asked,
  ...(filters && { filters: filters.map(one => filterFrom(world, one)) }),
  period: periodFrom(world, period),
  parameters: Object.fromEntries(
    asked.metrics.flatMap(id => {
      const own = parametersFrom(world, parameters[id])
      return own ? [[id, own]] : []
    }),
  ),
})
