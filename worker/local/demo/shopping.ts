import type { Dice } from './dice.ts'
import type { Visit } from './visit.ts'
import { CURRENCY, PRODUCTS, type Product } from './world.ts'

/** Something in a cart, as an event's `items` say it. */
type Item = Omit<Product, 'weight'> & { readonly quantity: number }

/** An order, for what becomes of it. */
export interface Order {
  readonly id: string
  readonly time: number
  readonly items: readonly Item[]
}

/** What is left in the cart when a visit ends. */
export interface Shopping {
  readonly left: readonly Item[]
  readonly order: Order | null
}

const worthOf = (items: readonly Item[]): number =>
  items.reduce((sum, { price, quantity }) => sum + price * quantity, 0)

const goods = (items: readonly Item[]) => ({ currency: CURRENCY, value: worthOf(items), items })

const itemOf = ({ weight: _, ...product }: Product, dice: Dice): Item => ({
  ...product,
  quantity: dice.chance(0.25) ? 2 : 1,
})

const SHIPPING = 5
const VAT = 0.25

/** Goes to the checkout with a cart; some turn round on the way. */
const checkOut = (visit: Visit, items: readonly Item[], id: string, eager: number): Order | null => {
  const { dice } = visit
  visit.look('/cart', 15).act('view_cart', goods(items), 1)
  if (!dice.chance(0.6 * eager)) return null
  visit.look('/checkout', 40).act('begin_checkout', goods(items), 1)
  if (!dice.chance(0.8)) return null
  visit.act('add_shipping_info', goods(items), 20)
  if (!dice.chance(0.88)) return null
  visit.act('add_payment_info', goods(items), 25)
  if (!dice.chance(0.92)) return null
  const value = worthOf(items)
  visit.look('/thanks', 12)
  const order = { transaction_id: id, tax: value * VAT, shipping: value > 60 ? 0 : SHIPPING, ...goods(items) }
  visit.act('purchase', order, 1)
  return { id, time: visit.time, items }
}

/** Comes back to a cart that was left. */
export const comeBack = (visit: Visit, left: readonly Item[], id: string): Shopping => {
  const order = checkOut(visit, left, id, 1.6)
  return { left: order ? [] : left, order }
}

/** Looks round the shop, and perhaps buys. */
export const shop = (visit: Visit, id: string, eager: number): Shopping => {
  const { dice } = visit
  const items: Item[] = []
  visit.look(dice.chance(0.5) ? '/' : '/products', 14)
  if (dice.chance(0.2)) visit.act('search', { search_term: dice.pick(['mug', 'socks', 'compass', 'gift']) })
  for (let looks = dice.whole(1, 4); looks > 0; looks--) {
    const item = itemOf(
      dice.pick(PRODUCTS, ({ weight }) => weight),
      dice,
    )
    visit.look(`/product/${item.item_id}`, 28).act('view_item', goods([item]), 1)
    if (!dice.chance(0.36)) continue
    visit.act('add_to_cart', goods([item]))
    items.push(item)
  }
  const [first, ...rest] = items
  if (!first) return { left: [], order: null }
  if (rest.length > 0 && dice.chance(0.12)) {
    visit.act('remove_from_cart', goods([first]))
    items.shift()
  }
  if (!dice.chance(0.75)) return { left: items, order: null }
  const order = checkOut(visit, items, id, eager)
  return { left: order ? [] : items, order }
}
