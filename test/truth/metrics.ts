import { eventDefinition } from '../../shared/events.ts'
import { addDays, daysOf } from './calendar.ts'
import type { Fact } from './facts.ts'
import { type GuideRun, guideRuns, lastStepOf } from './guides.ts'
import { isLasting } from './identity.ts'
import { type Amount, currencyOf, minorUnits, ordersOf, refundsOf } from './money.ts'
import {
  begun,
  count,
  happened,
  holds,
  inBucket,
  named,
  peopleOf,
  ratio,
  type Scope,
  shareOfSessions,
  sum,
  type Truth,
  visitorsOf,
} from './scope.ts'
import type { Session } from './sessions.ts'

type Metric = (scope: Scope) => Truth

const isConversion = ({ event }: Fact) => eventDefinition(event.name)?.conversion === true
const seen = ({ isView, event }: Fact) => (isView ? (event.engaged_seconds ?? 0) : 0)
const lasting = (people: Iterable<Fact['person']>) => [...people].filter(isLasting)

/** Whether there were visitors and none had an id that lasts. */
const nobodyLasts = (visitors: ReadonlySet<Fact['person']>) => visitors.size > 0 && lasting(visitors).length === 0

const secondsOf = ({ begin, end }: Session) => (end - begin) / 1000
const seenIn = ({ facts }: Session) => sum(facts.map(seen))
const viewsOf = ({ facts }: Session) => facts.filter(({ isView }) => isView).length
const actionsOf = ({ facts }: Session) => facts.filter(({ isView, isActivity }) => isActivity && !isView).length

const bounces: Record<string, (session: Session) => boolean> = {
  single_interaction: session => viewsOf(session) === 1 && actionsOf(session) === 0,
  single_page: session => viewsOf(session) === 1,
  engaged: session => seenIn(session) < 10 && viewsOf(session) < 2 && !holds(session, isConversion),
}

const bounced = (session: Session, rule: unknown = 'single_interaction') => bounces[String(rule)]?.(session) === true

const perSession =
  (amount: (session: Session) => number): Metric =>
  scope =>
    ratio(sum(begun(scope).map(amount)), begun(scope).length)

const median = (numbers: readonly number[]): number | null => {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return sorted.length === 0 ? null : sum(middle as number[]) / 2
}

const conversionRate: Metric = scope => {
  const { event, scope: of } = scope.parameters
  const wanted = event === undefined ? isConversion : named(String(event))
  if (of === 'session') return shareOfSessions(scope, begun(scope), session => holds(session, wanted))
  const visitors = visitorsOf(scope)
  const converting = peopleOf(happened(scope).filter(wanted))
  return ratio([...converting].filter(person => visitors.has(person)).length, visitors.size)
}

const abandonment =
  (begins: string): Metric =>
  scope => {
    const sessions = begun(scope)
    const holding = sessions.filter(session => holds(session, named(begins)))
    const bought = (session: Session) => holds(session, named('purchase'))
    if (scope.parameters.scope !== 'visitor') return shareOfSessions(scope, holding, session => !bought(session))
    const carts = new Set(holding.map(({ person }) => person))
    const buyers = new Set(sessions.filter(bought).map(({ person }) => person))
    return ratio([...carts].filter(person => !buyers.has(person)).length, carts.size)
  }

const orders = (scope: Scope) => (facts: readonly Fact[]) => ordersOf(facts, scope.world)
const refunds = (scope: Scope) => (facts: readonly Fact[]) => refundsOf(facts, scope.world)
const net = (scope: Scope) => (facts: readonly Fact[]) => [
  ...orders(scope)(facts),
  ...refunds(scope)(facts).map(refund => ({ ...refund, minor: -refund.minor })),
]

/** Amounts of the bucket in the one currency that all money of the period is told in. */
const money = (scope: Scope, amounts: (facts: readonly Fact[]) => Amount[]) => {
  const currency = currencyOf(net(scope)(scope.whole), scope.world.site.currency)
  if (currency === undefined) return undefined
  const own = amounts(happened(scope)).filter(amount => amount.currency === currency)
  return { total: sum(own.map(({ minor }) => minor)) / minorUnits(currency), amounts: own.length }
}

const total =
  (amounts: (scope: Scope) => (facts: readonly Fact[]) => Amount[]): Metric =>
  scope => {
    const found = money(scope, amounts(scope))
    return found ? count(found.total) : { value: null, status: 'needs_input' }
  }

const averageOrder: Metric = scope => {
  const found = money(scope, orders(scope))
  return found ? ratio(found.total, found.amounts) : { value: null, status: 'needs_input' }
}

const repeatPurchases: Metric = scope => {
  const purchases = happened(scope).filter(named('purchase'))
  if (nobodyLasts(peopleOf(purchases))) return { value: null, status: 'needs_identity' }
  const buyers = lasting(peopleOf(purchases))
  const twice = buyers.filter(buyer => purchases.filter(({ person }) => person === buyer).length >= 2)
  return ratio(twice.length, buyers.length)
}

/** The people active on each day, whatever the bucket. */
const activeByDay = ({ selection }: Scope) => {
  const days = new Map<string, Set<Fact['person']>>()
  for (const { day, person, isActivity } of selection.facts) {
    if (!isActivity) continue
    const people = days.get(day) ?? new Set()
    days.set(day, people.add(person))
  }
  return days
}

const dailyVisitors: Metric = scope => {
  const begunDays = daysOf(scope.bucket.days).filter(day => day <= scope.today)
  const active = activeByDay(scope)
  return ratio(sum(begunDays.map(day => active.get(day)?.size ?? 0)), begunDays.length)
}

const visitorsOfLast =
  (days: number): Metric =>
  scope => {
    const to = scope.bucket.days.to < scope.today ? scope.bucket.days.to : scope.today
    const active = activeByDay(scope)
    const all = new Set(daysOf({ from: addDays(to, 1 - days), to }).flatMap(day => [...(active.get(day) ?? [])]))
    return nobodyLasts(all) ? { value: null, status: 'needs_identity' } : count(lasting(all).length)
  }

const newVisitors: Metric = scope => {
  const visitors = visitorsOf(scope)
  if (nobodyLasts(visitors)) return { value: null, status: 'needs_identity' }
  const firstTime = (person: Fact['person']) => scope.world.firstActivity.get(person)?.time ?? 0
  return count(lasting(visitors).filter(person => inBucket(scope, firstTime(person))).length)
}

const retention: Metric = scope => {
  const { world, bucket, period, today } = scope
  if (nobodyLasts(visitorsOf(scope))) return { value: null, status: 'needs_identity' }
  const n = Number(scope.parameters.day ?? 7)
  const active = activeByDay(scope)
  const cohort = [...world.firstActivity]
    .filter(([person, { day }]) => isLasting(person) && bucket.days.from <= day && day <= bucket.days.to)
    .filter(([, { day }]) => addDays(day, n) <= period.to && addDays(day, n) < today)
  const returned = cohort.filter(([person, { day }]) => {
    const from = addDays(day, n)
    const to = scope.parameters.on === 'on_or_after' ? period.to : from
    return daysOf({ from, to }).some(one => active.get(one)?.has(person))
  })
  return ratio(returned.length, cohort.length)
}

const isOfPeriod = ({ period }: Scope, day = '') => period.from <= day && day <= period.to

const runsOf = (scope: Scope): GuideRun[] =>
  guideRuns(scope.selection.facts, scope.now).filter(({ begin }) => inBucket(scope, begin))

const shareOfRuns =
  (outcome: GuideRun['outcome']): Metric =>
  scope => {
    const runs = runsOf(scope)
    const settled = runs.filter(run => run.outcome !== 'open')
    return {
      ...ratio(settled.filter(run => run.outcome === outcome).length, settled.length),
      pending: runs.length - settled.length,
    }
  }

/**
 * By step, the runs that got no further of those that got there; all guides together. A guide has as
 * many steps as its runs of the whole period know of.
 */
export const dropoffBySteps = (scope: Scope): Map<number, Truth> => {
  const steps = new Map<number, { left: number; reached: number }>()
  const ofPeriod = guideRuns(scope.selection.facts, scope.now).filter(({ facts: [first] }) =>
    isOfPeriod(scope, first?.day),
  )
  for (const runs of Map.groupBy(ofPeriod, ({ guide }) => guide).values()) {
    const settled = runs.filter(({ outcome, begin }) => outcome !== 'open' && inBucket(scope, begin))
    for (let step = 1; step < lastStepOf(runs); step++) {
      const { left, reached } = steps.get(step) ?? { left: 0, reached: 0 }
      steps.set(step, {
        left: left + settled.filter(({ furthestStep }) => furthestStep === step).length,
        reached: reached + settled.filter(({ furthestStep }) => furthestStep >= step).length,
      })
    }
  }
  return new Map([...steps].map(([step, { left, reached }]) => [step, ratio(left, reached)]))
}

const dropoff: Metric = scope => {
  const steps = [...dropoffBySteps(scope).values()]
  return ratio(sum(steps.map(({ numerator = 0 }) => numerator)), sum(steps.map(({ denominator = 0 }) => denominator)))
}

/** Every metric as a plain function of the events: slow, and as close to its definition as can be. */
export const METRICS = {
  visitors: scope => count(visitorsOf(scope).size),
  new_visitors: newVisitors,
  sessions: scope => count(begun(scope).length),
  pageviews: scope => count(happened(scope).filter(({ isView }) => isView).length),
  bounces: scope => count(begun(scope).filter(session => bounced(session)).length),
  clicks: () => count(0),
  events: scope => count(happened(scope).filter(({ isView }) => !isView).length),
  session_duration: scope =>
    scope.parameters.statistic === 'median'
      ? { value: median(begun(scope).map(secondsOf)) }
      : perSession(secondsOf)(scope),
  engaged_time: perSession(seenIn),
  pages_per_session: perSession(viewsOf),
  clicks_per_session: perSession(() => 0),
  actions_per_session: perSession(actionsOf),
  bounce_rate: scope => shareOfSessions(scope, begun(scope), session => bounced(session, scope.parameters.rule)),
  engagement_rate: scope => shareOfSessions(scope, begun(scope), session => !bounced(session, 'engaged')),
  conversions: scope => count(happened(scope).filter(isConversion).length),
  conversion_rate: conversionRate,
  carts: scope => count(begun(scope).filter(session => holds(session, named('add_to_cart'))).length),
  orders: scope => count(happened(scope).filter(named('purchase')).length),
  gross_revenue: total(orders),
  refunds: total(refunds),
  revenue: total(net),
  cart_abandonment_rate: abandonment('add_to_cart'),
  checkout_abandonment_rate: abandonment('begin_checkout'),
  average_order_value: averageOrder,
  repeat_purchase_rate: repeatPurchases,
  dau: dailyVisitors,
  wau: visitorsOfLast(7),
  mau: visitorsOfLast(30),
  retention_rate: retention,
  guide_views: scope => count(runsOf(scope).length),
  guide_viewers: scope => count(new Set(runsOf(scope).map(({ person }) => person)).size),
  guide_completion_rate: shareOfRuns('completed'),
  guide_dismiss_rate: shareOfRuns('dismissed'),
  guide_step_dropoff: dropoff,
} as const satisfies Record<string, Metric>

export type MetricId = keyof typeof METRICS
