import { customersAt, firstPaying } from '../customers.ts'
import { LEFT_OUT } from '../facts.ts'
import { isConversion } from '../rules.ts'
import {
  begun,
  count,
  happened,
  holds,
  inBucket,
  type Metric,
  NEEDS_INPUT,
  named,
  ofPersistent,
  peopleOf,
  sum,
  visitorsOf,
} from '../scope.ts'
import { type Amounts, believed, inCurrency, net, ofBucket, orders, refunds, totalIn } from './amounts.ts'
import { ofPersistentPeople } from './people.ts'
import { bounced, clicksOf } from './sessions.ts'

const newVisitors: Metric = scope =>
  ofPersistentPeople(visitorsOf(scope), visitors => {
    const firstTime = (person: (typeof visitors)[number]) => scope.world.firstActivity.get(person)?.time ?? 0
    return count(visitors.filter(person => inBucket(scope, firstTime(person))).length)
  })

const total =
  (amounts: (scope: Parameters<Metric>[0]) => Amounts): Metric =>
  scope =>
    inCurrency(scope, currency => count(totalIn(currency, ofBucket(scope, amounts(scope), currency))))

/** Distinct people with an event in the bucket, activity or not. */
const whoDid =
  (name: string): Metric =>
  scope =>
    count(peopleOf(happened(scope).filter(named(name))).size)

const customers: Metric = ({ world, bucket, now, parameters }) =>
  ofPersistentPeople(customersAt(world, bucket.end, now, Number(parameters.lapse ?? 365)), own => count(own.length))

const newCustomers: Metric = scope => {
  const first = firstPaying(scope.world)
  return ofPersistent(
    happened(scope).filter(fact => first.get(fact.person) === fact),
    own => count(own.length),
  )
}

const clicks: Metric = scope => {
  const facts = happened(scope)
  const reported = clicksOf(facts)
  return facts.some(({ isView }) => isView) && reported.length === 0 ? NEEDS_INPUT : count(sum(reported))
}

export const COUNTS = {
  visitors: scope => count(visitorsOf(scope).size),
  new_visitors: newVisitors,
  sessions: scope => count(begun(scope).length),
  pageviews: scope => count(happened(scope).filter(({ isView }) => isView).length),
  bounces: scope => count(begun(scope).filter(session => bounced(session, scope.world)).length),
  clicks,
  events: scope => count(happened(scope).filter(({ isView, event }) => !isView && event.name !== LEFT_OUT).length),
  conversions: scope => count(happened(scope).filter(isConversion(scope.world)).length),
  carts: scope => count(begun(scope).filter(session => holds(session, named('add_to_cart'))).length),
  orders: scope => count(believed(scope)(happened(scope)).filter(named('purchase')).length),
  gross_revenue: total(orders),
  refunds: total(refunds),
  revenue: total(net),
  leads: whoDid('generate_lead'),
  signups: whoDid('sign_up'),
  trials: whoDid('trial_start'),
  customers,
  new_customers: newCustomers,
} as const satisfies Record<string, Metric>
