import type { Dice } from '../dice.ts'
import { CART, FORM, RECEIPT } from '../pageTypes.ts'
import type { DemoSession } from '../session.ts'
import type { ShopProduct } from './world.ts'

/** One of an event's `items`. */
export type Item = Omit<ShopProduct, 'weight'> & { readonly quantity: number }

export interface Order {
  readonly id: string
  readonly time: number
  readonly items: readonly Item[]
}

const SHIPPING = 5.9
const FREE_SHIPPING_FROM = 75
const VAT = 0.25

const totalOf = (items: readonly Item[]): number =>
  items.reduce((sum, { price, quantity }) => sum + price * quantity, 0)

/** Parameters of an event about items. */
export const goods = (items: readonly Item[]) => ({ currency: 'EUR', value: totalOf(items), items })

export const itemOf = ({ weight: _, ...product }: ShopProduct, dice: Dice): Item => ({
  ...product,
  quantity: product.price < 40 && dice.chance(0.22) ? 2 : 1,
})

/** How likely each step of the checkout leads to the next, from the cart on. Small screens lose more. */
const STEPS = {
  mobile: { start: 0.56, shipping: 0.72, payment: 0.83, pay: 0.85 },
  tablet: { start: 0.62, shipping: 0.8, payment: 0.87, pay: 0.9 },
  desktop: { start: 0.66, shipping: 0.84, payment: 0.9, pay: 0.92 },
} as const

/**
 * Goes from the cart through the checkout.
 * @param resolve how determined the visitor is, with 1 for the average
 * @returns the order, or null when the visitor gave up on the way
 */
export const checkOut = (session: DemoSession, items: readonly Item[], id: string, resolve = 1): Order | null => {
  const { dice, person } = session
  const steps = STEPS[person.device]
  const goesOn = (probability: number): boolean => dice.chance(probability ** (1 / resolve))
  session.view('/cart', CART).send('view_cart', goods(items))
  if (!goesOn(steps.start)) return null
  session.view('/checkout', FORM).send('begin_checkout', goods(items))
  if (!goesOn(steps.shipping)) return null
  session.click('add_shipping_info', goods(items), 24)
  if (!goesOn(steps.payment)) return null
  session.click('add_payment_info', goods(items), 28)
  if (!goesOn(steps.pay)) return null
  return pay(session, items, id)
}

/** Places the order. */
export const pay = (session: DemoSession, items: readonly Item[], id: string): Order => {
  const value = totalOf(items)
  const shipping = value >= FREE_SHIPPING_FROM ? 0 : SHIPPING
  session.view('/checkout/thanks', RECEIPT)
  session.send('purchase', { transaction_id: id, tax: Math.round(value * VAT * 100) / 100, shipping, ...goods(items) })
  return { id, time: session.time, items }
}
