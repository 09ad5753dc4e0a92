import type { Interval } from '../../shared/question.ts'
import { activeByDay } from './activity.ts'
import type { Session } from './fact.ts'
import { isPersistent } from './identity.ts'
import { type Amounts, currencyIn, net, ofBucket, orders, refunds } from './metrics/amounts.ts'
import { isAbandoned, isRecovered, valuesOfCarts } from './metrics/commerce.ts'
import { secondsOfCompleted } from './metrics/guides.ts'
import { secondsOnPages } from './metrics/pages.ts'
import { actionsOf, clickedSessions, clicksOf, depthsOf, secondsOf, seenIn, viewsOf } from './metrics/sessions.ts'
import { vitalsOf } from './metrics/speed.ts'
import { answersOf } from './metrics/surveys.ts'
import { daysBegun, scoreOf, scoresOf, sharesOfDays } from './metrics/users.ts'
import type { MetricId } from './metrics.ts'
import { minorUnits } from './money.ts'
import { begun, happened, peopleOf, type Scope, sum, type Truth, visitorsOf } from './scope.ts'
import {
  around,
  countInterval,
  mean,
  meanInterval,
  medianInterval,
  percentile75Interval,
  ratioInterval,
  shareInterval,
  varianceIn,
} from './statistics.ts'
import { scoreOf as answerScore } from './surveys.ts'

/** The distance of a value from its estimate. */
export interface Spread {
  readonly interval: Interval | null
  readonly variance: number | null
  /** For a share, the numerator and the denominator. */
  readonly share?: readonly [number, number]
}

/** `null` if no document defines it. */
type Spreading = (scope: Scope, truth: Truth) => Spread | null

const NONE: Spread = { interval: null, variance: null }

const within = (interval: Interval | null, least: number, most = Infinity): Interval | null =>
  interval && [Math.max(least, interval[0]), Math.min(most, interval[1])]

const none: Spreading = () => NONE

const count: Spreading = (_scope, { value }) => ({ interval: countInterval(value ?? 0), variance: value })

const share: Spreading = (_scope, { numerator, denominator = 0 }) => ({
  interval: shareInterval(numerator ?? 0, denominator),
  variance: null,
  share: [numerator ?? 0, denominator],
})

/** Each request was counted with the same probability: the number of counted ones is binomial. */
const pagesServed: Spreading = ({ world, bucket: { days } }, { value }) => {
  const rows = world.imports.served_pages.filter(({ day }) => days.from <= day && day <= days.to)
  const variances = rows.map(({ pages, sampled }) => {
    const probability = (sampled ?? pages) / pages
    return probability > 0 ? (pages * (1 - probability)) / probability : 0
  })
  return { interval: within(around(value ?? 0, sum(variances)), 0), variance: null }
}

const ofMean = (interval: Interval | null, least: number, most?: number): Spread => ({
  interval: within(interval, least, most),
  variance: varianceIn(interval),
})

const meanOf =
  (values: (scope: Scope) => readonly number[], least = 0, most = Infinity): Spreading =>
  scope =>
    ofMean(meanInterval(values(scope)), least, most)

const medianOf =
  (values: (scope: Scope) => readonly number[]): Spreading =>
  scope => ({ interval: medianInterval(values(scope)), variance: null })

const percentile75Of =
  (values: (scope: Scope) => readonly number[]): Spreading =>
  scope => ({ interval: percentile75Interval(values(scope)), variance: null })

/** The amounts of the bucket, in the currency of the answer. */
const majorOf =
  (amounts: (scope: Scope) => Amounts) =>
  (scope: Scope): number[] => {
    const currency = currencyIn(scope) ?? scope.world.site.currency
    return ofBucket(scope, amounts(scope), currency).map(({ minor }) => minor / minorUnits(currency))
  }

const totalOf =
  (amounts: (scope: Scope) => Amounts, least: number): Spreading =>
  (scope, truth) => {
    const variance = sum(majorOf(amounts)(scope).map(amount => amount ** 2))
    return { interval: within(around(truth.value ?? 0, variance), least), variance }
  }

const cartValueOf =
  (counts: Parameters<typeof valuesOfCarts>[1]): Spreading =>
  (scope, truth) => {
    const variance = sum(valuesOfCarts(scope, counts).map(amount => amount ** 2))
    return { interval: within(around(truth.value ?? 0, variance), 0), variance }
  }

/** Money per person, with a Poisson number of people. */
const costOf: Spreading = (_scope, { numerator, denominator = 0 }) => {
  const [low, high] = countInterval(denominator)
  const spent = numerator ?? 0
  return { interval: [spent / high, spent / low], variance: (spent / denominator) ** 2 / denominator }
}

const ofSessions =
  (amount: (session: Session) => number): ((scope: Scope) => number[]) =>
  scope =>
    begun(scope).map(amount)

/** Sessions of one visitor are alike: visitors are the sample. */
const perSessionOf =
  (amount: (session: Session) => number, sessions = begun): Spreading =>
  scope => {
    const visitors = Map.groupBy(sessions(scope), ({ person }) => person)
    return ofMean(ratioInterval([...visitors.values()].map(own => [sum(own.map(amount)), own.length] as const)), 0)
  }

const pagesPerVisitor: Spreading = scope => {
  const visitors = Map.groupBy(happened(scope), ({ person }) => person)
  const pairs = [...visitors.values()].map(own => {
    const isActive = own.some(({ isActivity }) => isActivity)
    return [own.filter(({ isView }) => isView).length, isActive ? 1 : 0] as const
  })
  // The documents do not say whether a person without activity and page views belongs to the sample.
  return pairs.some(([views, active]) => views + active === 0) ? null : ofMean(ratioInterval(pairs), 0)
}

const dailyVisitors: Spreading = scope => {
  const active = activeByDay(scope.selection.facts)
  return ofMean(meanInterval(daysBegun(scope).map(day => active.get(day)?.size ?? 0)), -Infinity)
}

/** The documents do not define the variance added by a person who spent and is not counted. */
const revenuePerUser: Spreading = scope => {
  const currency = currencyIn(scope) ?? scope.world.site.currency
  const inMajor = (amounts: Amounts) =>
    ofBucket(scope, amounts, currency).filter(({ fact }) => isPersistent(fact.person))
  const spent = inMajor(net(scope))
  const people =
    scope.parameters.of === 'paying' ? peopleOf(inMajor(orders(scope)).map(({ fact }) => fact)) : visitorsOf(scope)
  if (spent.some(({ fact }) => !people.has(fact.person))) return null
  const values = [...people]
    .filter(isPersistent)
    .map(person => sum(spent.filter(({ fact }) => fact.person === person).map(({ minor }) => minor)))
  return ofMean(meanInterval(values.map(minor => minor / minorUnits(currency))), -Infinity)
}

const promotion = (score: number) => (score >= 9 ? 100 : score <= 6 ? -100 : 0)

const promoters: Spreading = scope => {
  const answers = answersOf(scope, 'nps').map(answerScore).map(promotion)
  const middle = mean(answers)
  const variance = mean(answers.map(answer => (answer - middle) ** 2)) / answers.length
  return { interval: within(around(middle, variance), -100, 100), variance }
}

const lastingScores = (scope: Scope): number[] =>
  scoresOf(scope)
    .filter(({ person }) => isPersistent(person))
    .map(scoreOf)

/** The spread of each metric; `null` if its interval has separate tests. */
export const SPREADS: Readonly<Record<MetricId, Spreading | null>> = {
  visitors: count,
  new_visitors: count,
  sessions: count,
  pageviews: count,
  bounces: count,
  clicks: count,
  events: count,
  conversions: count,
  goal_conversions: count,
  carts: count,
  orders: count,
  leads: count,
  signups: count,
  trials: count,
  customers: count,
  new_customers: count,
  guide_views: count,
  guide_viewers: count,
  lifecycle: count,
  wau: count,
  mau: count,
  gross_revenue: totalOf(orders, 0),
  refunds: totalOf(refunds, 0),
  revenue: totalOf(net, -Infinity),
  session_duration: (scope, truth) =>
    (scope.parameters.statistic === 'median' ? medianOf : meanOf)(ofSessions(secondsOf))(scope, truth),
  engaged_time: meanOf(ofSessions(seenIn)),
  pages_per_session: perSessionOf(viewsOf),
  clicks_per_session: perSessionOf(({ facts }) => sum(clicksOf(facts)), clickedSessions),
  actions_per_session: perSessionOf(actionsOf),
  bounce_rate: share,
  engagement_rate: share,
  scroll_depth: meanOf(depthsOf),
  content_download_rate: share,
  content_pages_per_visitor: pagesPerVisitor,
  content_reading_time: medianOf(secondsOnPages),
  entries: count,
  exits: count,
  exit_rate: share,
  paths: count,
  time_on_page: meanOf(secondsOnPages),
  lcp: percentile75Of(vitalsOf('lcp')),
  inp: percentile75Of(vitalsOf('inp')),
  cls: percentile75Of(vitalsOf('cls')),
  conversion_rate: share,
  purchase_conversion_rate: share,
  goal_conversion_rate: share,
  funnel: share,
  visitor_to_trial_rate: share,
  lead_conversion_rate: share,
  visitor_to_sql_rate: share,
  trial_to_pql_rate: share,
  trial_to_paid_rate: share,
  activation_rate: share,
  time_to_value: null,
  guide_effect: null,
  product_adoption_rate: share,
  cost_per_lead: costOf,
  cac: costOf,
  romi: none,
  email_open_rate: share,
  email_click_rate: share,
  social_engagement_rate: none,
  market_share: none,
  ai_fetches: none,
  served_pages: pagesServed,
  cart_abandonment_rate: share,
  checkout_abandonment_rate: share,
  cart_recovery_rate: share,
  cart_to_view_rate: share,
  cart_value_abandoned: cartValueOf(isAbandoned),
  cart_value_recovered: cartValueOf(isRecovered),
  average_order_value: meanOf(majorOf(orders)),
  repeat_purchase_rate: share,
  order_coverage: share,
  return_rate: share,
  refund_rate: none,
  arpu: revenuePerUser,
  clv: null,
  mrr: none,
  arr: none,
  customer_retention_rate: share,
  churn_rate: share,
  dau: dailyVisitors,
  stickiness: meanOf(scope => [...sharesOfDays(scope)].filter(([person]) => isPersistent(person)).map(([, of]) => of)),
  retention_rate: share,
  early_churn_rate: share,
  feature_adoption_rate: share,
  engagement_score: (scope, truth) =>
    scope.parameters.user === undefined ? meanOf(lastingScores, 0, 100)(scope, truth) : NONE,
  guide_completion_rate: share,
  guide_dismiss_rate: share,
  guide_step_dropoff: share,
  guide_time_to_complete: medianOf(secondsOfCompleted),
  nps: promoters,
  nps_promoters: share,
  nps_passives: share,
  nps_detractors: share,
  csat: share,
}
