import type { RawItem } from './event.ts'
import type { Fact } from './fact.ts'
import type { World } from './facts.ts'

/** The value of an order or a refund in minor units (cents, yen). */
export interface Amount {
  readonly fact: Fact
  readonly currency: string
  readonly minor: number
}

/** Minor units per unit of a currency. @example minorUnits('JPY') // 1 */
export const minorUnits = (currency: string): number =>
  10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)

/** The total price of items. */
export const worth = (items: readonly RawItem[]): number =>
  items.reduce((sum, { price = 0, quantity = 1 }) => sum + price * quantity, 0)

const amountOf = (fact: Fact, value: number, world: World): Amount => {
  const currency = fact.event.currency ?? world.site.currency
  return { fact, currency, minor: Math.round(value * minorUnits(currency)) }
}

/** The total of the orders among these events; without a value, the sum of the items. */
export const ordersOf = (facts: readonly Fact[], world: World): Amount[] =>
  facts
    .filter(({ event }) => event.name === 'purchase')
    .map(fact => amountOf(fact, fact.event.value ?? worth(fact.event.items ?? []), world))

/** The price at which items were sold, as a share of the whole order. */
const partOf = (back: readonly RawItem[], sold: readonly RawItem[]) => {
  const priced = (item: RawItem, quantity = 1) => (item.price ?? 1) * quantity
  const of = (items: readonly RawItem[]) =>
    items.reduce((sum, { item_id, quantity }) => {
      const item = sold.find(one => one.item_id === item_id)
      return item ? sum + priced(item, quantity) : sum
    }, 0)
  const whole = sold.reduce((sum, item) => sum + priced(item, item.quantity), 0)
  return whole === 0 ? 1 : Math.min(1, of(back) / whole)
}

/** The amount that a refund states: see `refundsOf`. */
const askedBack = (fact: Fact, order: Amount | undefined, world: World): Amount | undefined => {
  const { value, items } = fact.event
  if (value !== undefined) return amountOf(fact, value, world)
  if (items?.every(({ price }) => price !== undefined)) return amountOf(fact, worth(items), world)
  if (!order) return undefined
  const part = items ? partOf(items, order.fact.event.items ?? []) : 1
  return { ...order, minor: Math.round(order.minor * part), fact }
}

/** True if a refund can be compared with the payment for its order. */
const isComparable = (refund: Amount, order: Amount | undefined): order is Amount => order?.currency === refund.currency

/** Orders by transaction, among the events of a world. */
const known = new WeakMap<readonly Fact[], ReadonlyMap<string | undefined, Amount>>()

const ordersIn = (world: World): ReadonlyMap<string | undefined, Amount> => {
  const found = known.get(world.facts)
  if (found) return found
  const orders = new Map(ordersOf(world.facts, world).map(one => [one.fact.event.transaction_id, one]))
  known.set(world.facts, orders)
  return orders
}

const orderIn = (world: World, { event }: Fact): Amount | undefined =>
  event.transaction_id === undefined ? undefined : ordersIn(world).get(event.transaction_id)

/** True if a refund exceeds its whole order and so is a mistake. */
export const isTooLarge = (fact: Fact, world: World): boolean => {
  const order = orderIn(world, fact)
  const refund = askedBack(fact, order, world)
  return refund !== undefined && isComparable(refund, order) && refund.minor > order.minor
}

/** Amounts refunded for one transaction, the earliest first, until nothing is left. */
const givenBack = (refunds: readonly Fact[], world: World): Amount[] => {
  const [first] = refunds
  const order = first && orderIn(world, first)
  let left = order?.minor ?? 0
  return refunds
    .toSorted((a, b) => a.time - b.time)
    .flatMap(fact => {
      const refund = askedBack(fact, order, world)
      if (!refund) return []
      if (!isComparable(refund, order)) return [refund]
      if (refund.minor > order.minor) return [{ ...refund, minor: 0 }]
      const minor = Math.min(refund.minor, left)
      left -= minor
      return [{ ...refund, minor }]
    })
}

/**
 * The total refunded by these events: their value, else the prices of their items if all have one,
 * else the price the items were sold for, else the whole order. Together the refunds of an order never exceed the
 * payment for it; a single refund above it refunds nothing.
 */
export const refundsOf = (facts: readonly Fact[], world: World): Amount[] => {
  const wanted = new Set(facts)
  const isRefund = ({ event }: Fact) => event.name === 'refund'
  const transactions = new Set(facts.filter(isRefund).map(({ event }) => event.transaction_id))
  const all = world.facts.filter(fact => isRefund(fact) && transactions.has(fact.event.transaction_id))
  return [...Map.groupBy(all, ({ event }) => event.transaction_id)]
    .flatMap(([transaction, own]) =>
      transaction === undefined ? own.flatMap(one => givenBack([one], world)) : givenBack(own, world),
    )
    .filter(({ fact }) => wanted.has(fact))
}

/** The remainder of orders after all their refunds, at any time: never negative. */
export const leftOf = (orders: readonly Amount[], world: World): Amount[] => {
  const refunds = refundsOf(world.facts, world)
  return orders.map(order => {
    const own = refunds.filter(
      ({ fact, currency }) =>
        fact.event.transaction_id === order.fact.event.transaction_id && currency === order.currency,
    )
    return { ...order, minor: Math.max(0, order.minor - own.reduce((sum, { minor }) => sum + minor, 0)) }
  })
}

/** The one currency of a sum: the site's if any, else the only one there is, else none. */
export const currencyOf = (amounts: readonly { readonly currency: string }[], site: string): string | undefined => {
  const all = new Set(amounts.map(({ currency }) => currency))
  if (all.has(site) || all.size === 0) return site
  return all.size === 1 ? [...all][0] : undefined
}
