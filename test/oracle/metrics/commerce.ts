import { type Cart, cartsOf, RECOVERY } from '../carts.ts'
import type { Fact, Session } from '../fact.ts'
import { isPersistent } from '../identity.ts'
import { currencyOf, leftOf, minorUnits, worth } from '../money.ts'
import { unitsOf } from '../returns.ts'
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
  ratio,
  type Scope,
  shareOfSessions,
  sum,
  type Truth,
} from '../scope.ts'
import { believed, believedWorld, inCurrency, ofBucket, orders, totalIn } from './amounts.ts'
import { ofPersistentPeople } from './people.ts'

const bought = (session: Session) => holds(session, named('purchase'))

const abandonmentOf = (begins: string, scope: Scope): Truth => {
  const sessions = begun(scope)
  const holding = sessions.filter(session => holds(session, named(begins)))
  if (scope.parameters.scope !== 'visitor') return shareOfSessions(scope, holding, session => !bought(session))
  const carts = peopleOf(holding.flatMap(({ facts }) => facts))
  const buyers = peopleOf(sessions.filter(bought).flatMap(({ facts }) => facts))
  return ratio([...carts].filter(person => !buyers.has(person)).length, carts.size)
}

/** The carts opened in the bucket by a selected event. */
const cartsOpened = (scope: Scope): Cart[] => {
  const picked = new Set(scope.selection.facts)
  const hours = Number(scope.parameters.window ?? 24)
  return cartsOf(scope.world, scope.now, hours).filter(
    ({ opening }) => inBucket(scope, opening.time) && picked.has(opening),
  )
}

const cartsAbandoned = (scope: Scope): Truth => {
  const carts = cartsOpened(scope)
  const ended = carts.filter(({ outcome }) => outcome !== 'open')
  const abandoned = ended.filter(({ outcome }) => outcome === 'abandoned')
  return { ...ratio(abandoned.length, ended.length), pending: carts.length - ended.length }
}

const cartAbandonment: Metric = scope =>
  scope.parameters.scope === 'cart' ? cartsAbandoned(scope) : abandonmentOf('add_to_cart', scope)

const cartRecovery: Metric = scope =>
  ofPersistent(cartsOpened(scope), carts => {
    const abandoned = carts.filter(({ outcome }) => outcome === 'abandoned')
    const over = abandoned.filter(({ abandonedAt = 0 }) => abandonedAt + RECOVERY <= scope.now)
    const open = carts.filter(({ outcome }) => outcome === 'open').length
    return {
      ...ratio(over.filter(({ recovered }) => recovered).length, over.length),
      pending: open + abandoned.length - over.length,
    }
  })

const averageOrder: Metric = scope =>
  inCurrency(scope, currency => {
    const own = ofBucket(scope, orders(scope), currency)
    return ratio(totalIn(currency, own), own.length)
  })

const repeatPurchases: Metric = scope => {
  const purchases = believed(scope)(happened(scope)).filter(named('purchase'))
  return ofPersistentPeople(peopleOf(purchases), buyers => {
    const twice = buyers.filter(buyer => purchases.filter(({ person }) => person === buyer).length >= 2)
    return ratio(twice.length, buyers.length)
  })
}

const returnRate: Metric = scope => {
  const { selection } = scope
  const world = believedWorld(scope)
  const units = believed(scope)(selection.withItems)
    .filter(({ time }) => inBucket(scope, time))
    .filter(named('purchase'))
    .map(order => unitsOf(world, order, selection.pickedItem))
  return { ...ratio(sum(units.map(({ returned }) => returned)), sum(units.map(({ sold }) => sold))), pending: 0 }
}

const orderCoverage: Metric = scope => {
  const reported = happened(scope).filter(({ event }) => event.name === 'purchase' && !event.fromBrowser)
  return { ...ratio(reported.filter(({ event }) => event.seen).length, reported.length), pending: 0 }
}

const refundRate: Metric = scope =>
  inCurrency(scope, currency => {
    const own = ofBucket(scope, orders(scope), currency)
    const [sold, left] = [totalIn(currency, own), totalIn(currency, leftOf(own, believedWorld(scope)))]
    return ratio(sold - left, sold)
  })

/** The value that an event adds to a cart, in minor units. Without a value of its own, its items count in the answer's currency. */
const worthOf = ({ event }: Fact, currency: string, own: string): number => {
  const { value, items = [] } = event
  if (value === undefined) return Math.round(worth(items) * minorUnits(currency))
  return (event.currency ?? own) === currency ? Math.round(value * minorUnits(currency)) : 0
}

/** The currency of the values that carts have in the period. */
const currencyOfCarts = ({ whole, world: { site } }: Scope): string | undefined =>
  currencyOf(
    whole
      .filter(({ event }) => ['add_to_cart', 'remove_from_cart'].includes(event.name) && event.value !== undefined)
      .map(({ event }) => ({ currency: event.currency ?? site.currency })),
    site.currency,
  )

const cartValue = ({ changes }: Cart, currency: string, own: string): number =>
  Math.max(0, sum(changes.map(one => worthOf(one, currency, own) * (one.event.name === 'add_to_cart' ? 1 : -1))))

/** The value of each cart that counts, major units of the currency of the answer. */
export const valuesOfCarts = (scope: Scope, counts: (cart: Cart) => boolean): number[] => {
  const own = scope.world.site.currency
  const currency = currencyOfCarts(scope) ?? own
  return cartsOpened({ ...scope, parameters: {} })
    .filter(counts)
    .map(cart => cartValue(cart, currency, own) / minorUnits(currency))
}

export const isAbandoned = ({ outcome }: Cart): boolean => outcome === 'abandoned'
export const isRecovered = ({ person, recovered }: Cart): boolean => isPersistent(person) && recovered === true

const abandonedValue: Metric = scope =>
  currencyOfCarts(scope) === undefined ? NEEDS_INPUT : count(sum(valuesOfCarts(scope, isAbandoned)))

const recoveredValue: Metric = scope =>
  ofPersistent(cartsOpened(scope), () =>
    currencyOfCarts(scope) === undefined ? NEEDS_INPUT : count(sum(valuesOfCarts(scope, isRecovered))),
  )

/** By item, both events are about the item. */
const cartToView: Metric = scope => {
  const picked = new Set(scope.selection.facts)
  const did = (name: string) => (session: Session) =>
    holds(session, fact => picked.has(fact) && fact.event.name === name)
  return shareOfSessions(scope, begun(scope).filter(did('view_item')), did('add_to_cart'))
}

export const COMMERCE = {
  cart_abandonment_rate: cartAbandonment,
  checkout_abandonment_rate: scope => abandonmentOf('begin_checkout', scope),
  cart_recovery_rate: cartRecovery,
  average_order_value: averageOrder,
  repeat_purchase_rate: repeatPurchases,
  order_coverage: orderCoverage,
  return_rate: returnRate,
  refund_rate: refundRate,
  cart_to_view_rate: cartToView,
  cart_value_abandoned: abandonedValue,
  cart_value_recovered: recoveredValue,
} as const satisfies Record<string, Metric>
