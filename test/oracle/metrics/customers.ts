import { addDays, daysOf, startOfDay } from '../calendar.ts'
import { customersAt, firstPaying, isPaying } from '../customers.ts'
import type { Fact } from '../fact.ts'
import { isPersistent } from '../identity.ts'
import { type Amount, currencyOf, minorUnits } from '../money.ts'
import { type Metric, NEEDS_INPUT, peopleOf, ratio, type Scope, sum, visitorsOf } from '../scope.ts'
import { pricesUntil, subscriptionsAt } from '../subscriptions.ts'
import { inCurrency, net, ofBucket, orders, totalIn } from './amounts.ts'
import { ofPersistentPeople } from './people.ts'

/** Days after which a purchase no longer makes a customer. */
const LAPSE = 365

const isOfPersistentPerson = ({ fact }: { readonly fact: Fact }) => isPersistent(fact.person)

const endOfPeriod = ({ period, world }: Scope) => startOfDay(addDays(period.to, 1), world.site.timezone)

const buyersOf = (amounts: readonly Amount[]) => peopleOf(amounts.map(({ fact }) => fact))

const arpu: Metric = scope =>
  inCurrency(scope, currency => {
    const people =
      scope.parameters.of === 'paying' ? buyersOf(ofBucket(scope, orders(scope), currency)) : visitorsOf(scope)
    return ofPersistentPeople(people, own => {
      const total = totalIn(currency, ofBucket(scope, net(scope), currency).filter(isOfPersistentPerson))
      return own.length === 0 ? { value: null, denominator: 0 } : ratio(total, own.length)
    })
  })

/** The share of customers at the start of the bucket who are (or are not) customers at its end. */
const shareOfCustomers =
  (stay: boolean): Metric =>
  ({ world, bucket, now, parameters }) => {
    const lapse = Number(parameters.lapse ?? LAPSE)
    const end = customersAt(world, bucket.end, now, lapse)
    return ofPersistentPeople(customersAt(world, bucket.start, now, lapse), start =>
      ratio(start.filter(person => end.has(person) === stay).length, start.length),
    )
  }

const churn = shareOfCustomers(false)

const YEAR = 365.25 * 86_400_000

/** Covers the days that end with the bucket or with today, however long the bucket is. */
const predictive: Metric = scope => {
  const { world, bucket, now, today, parameters } = scope
  const before = world.facts.filter(({ time }) => time < endOfPeriod(scope))
  const currency = currencyOf(net(scope)(before), world.site.currency)
  if (currency === undefined) return NEEDS_INPUT
  const last = daysOf(bucket.days).findLast(day => day <= today)
  if (last === undefined) return { value: null }
  const start = startOfDay(addDays(last, 1 - Number(parameters.window ?? 365)), world.site.timezone)
  const end = startOfDay(addDays(last, 1), world.site.timezone)
  const inWindow = world.facts.filter(({ time }) => start <= time && time < end)
  const people = new Set([...customersAt(world, start, now, LAPSE), ...peopleOf(inWindow.filter(isPaying))])
  const first = firstPaying(world)
  const bought = orders(scope)(inWindow).filter(one => isOfPersistentPerson(one) && one.currency === currency)
  const revenue = totalIn(currency, bought)
  const stays = customersAt(world, end, now, LAPSE)
  return ofPersistentPeople(people, own => {
    const since = own.map(person => Math.max(start, first.get(person)?.time ?? end))
    const years = sum(since.map(time => Math.max(0, Math.min(end, now) - time))) / YEAR
    const lost = own.filter(person => !stays.has(person)).length
    if (lost === 0 || bought.length === 0) return { value: null }
    const averageOrder = revenue / bought.length
    const ordersAYear = bought.length / years
    const lifetime = 1 / (lost / years)
    return {
      // Without any lifetime each factor is unknown, but their product is not.
      value: years === 0 ? revenue / lost : averageOrder * ordersAYear * lifetime,
      denominator: years,
    }
  })
}

const historical: Metric = scope => {
  const { world, bucket } = scope
  const until = (end: number) => world.facts.filter(({ time }) => time < end)
  const currency = currencyOf(net(scope)(until(endOfPeriod(scope))), world.site.currency)
  if (currency === undefined) return NEEDS_INPUT
  const before = until(bucket.end)
  const paid = orders(scope)(before).filter(order => order.currency === currency)
  return ofPersistentPeople(buyersOf(paid), buyers =>
    ratio(totalIn(currency, net(scope)(before).filter(isOfPersistentPerson)), buyers.length),
  )
}

/** In the one currency of all prices up to the period's end. */
const monthlyRevenue =
  (months: number): Metric =>
  scope => {
    const { world, bucket } = scope
    const currency = currencyOf(pricesUntil(world, endOfPeriod(scope)), world.site.currency)
    if (currency === undefined) return NEEDS_INPUT
    const active = subscriptionsAt(world, bucket.end).filter(({ status }) => status === 'active')
    const prices = active.flatMap(({ monthly }) => monthly ?? []).filter(price => price.currency === currency)
    return { value: (months * sum(prices.map(({ minor }) => minor))) / minorUnits(currency), currency }
  }

export const CUSTOMERS = {
  arpu,
  clv: scope => (scope.parameters.method === 'historical' ? historical : predictive)(scope),
  mrr: monthlyRevenue(1),
  arr: monthlyRevenue(12),
  customer_retention_rate: shareOfCustomers(true),
  churn_rate: churn,
} as const satisfies Record<string, Metric>
