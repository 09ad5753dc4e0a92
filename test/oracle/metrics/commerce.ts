import { type Cart, cartsOf, RECOVERY } from '../carts.ts'
import type { Session } from '../fact.ts'
import { leftOf } from '../money.ts'
import { unitsOf } from '../returns.ts'
import {
  begun,
  happened,
  holds,
  inBucket,
  type Metric,
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

const refundRate: Metric = scope =>
  inCurrency(scope, currency => {
    const own = ofBucket(scope, orders(scope), currency)
    const [sold, left] = [totalIn(currency, own), totalIn(currency, leftOf(own, believedWorld(scope)))]
    return ratio(sold - left, sold)
  })

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
  return_rate: returnRate,
  refund_rate: refundRate,
  cart_to_view_rate: cartToView,
} as const satisfies Record<string, Metric>
