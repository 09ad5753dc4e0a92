import type { RawItem } from './event.ts'
import type { Fact, World } from './facts.ts'

/** An order's or a refund's worth in minor units (cents, yen). */
export interface Amount {
  readonly fact: Fact
  readonly currency: string
  readonly minor: number
}

/** How many minor units a currency's unit has. @example minorUnits('JPY') // 1 */
export const minorUnits = (currency: string): number =>
  10 ** (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2)

/** What items cost together. */
export const worth = (items: readonly RawItem[]): number =>
  items.reduce((sum, { price = 0, quantity = 1 }) => sum + price * quantity, 0)

const amountOf = (fact: Fact, value: number, world: World): Amount => {
  const currency = fact.event.currency ?? world.site.currency
  return { fact, currency, minor: Math.round(value * minorUnits(currency)) }
}

/** What the orders among these events are worth; without a value, the sum of the items. */
export const ordersOf = (facts: readonly Fact[], world: World): Amount[] =>
  facts
    .filter(({ event }) => event.name === 'purchase')
    .map(fact => amountOf(fact, fact.event.value ?? worth(fact.event.items ?? []), world))

/** Items at what they were sold for, as a part of what the whole order was sold for. */
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

/**
 * What the refunds among these events give back: their value, else the prices of their items when all have one,
 * else what the items were sold for, else the whole order.
 */
export const refundsOf = (facts: readonly Fact[], world: World): Amount[] => {
  const orders = ordersOf(world.facts, world)
  return facts
    .filter(({ event }) => event.name === 'refund')
    .flatMap(fact => {
      if (fact.event.value !== undefined) return [amountOf(fact, fact.event.value, world)]
      const { items } = fact.event
      if (items?.every(({ price }) => price !== undefined)) return [amountOf(fact, worth(items), world)]
      const order = orders.find(one => one.fact.event.transaction_id === fact.event.transaction_id)
      if (!order) return []
      const part = items ? partOf(items, order.fact.event.items ?? []) : 1
      return [{ ...order, minor: Math.round(order.minor * part), fact }]
    })
}

/** What is left of orders after all their refunds, of any time: never less than nothing. */
export const leftOf = (orders: readonly Amount[], world: World): Amount[] => {
  const refunds = refundsOf(world.facts, world)
  return orders.map(order => {
    const own = refunds.filter(({ fact }) => fact.event.transaction_id === order.fact.event.transaction_id)
    return { ...order, minor: Math.max(0, order.minor - own.reduce((sum, { minor }) => sum + minor, 0)) }
  })
}

/** The one currency amounts are added in: the site's if there is any, else the only one there is, else none. */
export const currencyOf = (amounts: readonly { readonly currency: string }[], site: string): string | undefined => {
  const all = new Set(amounts.map(({ currency }) => currency))
  if (all.has(site) || all.size === 0) return site
  return all.size === 1 ? [...all][0] : undefined
}
