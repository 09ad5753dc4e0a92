import type { Fact } from './fact.ts'
import type { World } from './facts.ts'
import type { PersonKey } from './identity.ts'

const HOUR = 3_600_000

/** How long after its abandonment a cart can be recovered, milliseconds. */
export const RECOVERY = 30 * 24 * HOUR

/** Shopping events, in their order at one moment. */
const SHOPPING = [
  'add_to_cart',
  'remove_from_cart',
  'view_cart',
  'begin_checkout',
  'add_shipping_info',
  'add_payment_info',
  'purchase',
]

/** One person's shopping, from the first item in an empty cart to its outcome. */
export interface Cart {
  readonly person: PersonKey
  readonly opening: Fact
  pieces: number
  /** The events that put goods in and took some out. */
  readonly changes: Fact[]
  /** The person's last shopping event while it was open. */
  last: number
  outcome: 'open' | 'converted' | 'emptied' | 'abandoned'
  /** For an abandoned one: when it was abandoned, and whether it was recovered. */
  abandonedAt?: number
  recovered?: boolean
}

const piecesOf = ({ event: { items = [] } }: Fact) =>
  items.reduce((total, { quantity = 1 }) => total + quantity, 0) || 1

const abandon = (cart: Cart, window: number): Cart => {
  cart.outcome = 'abandoned'
  cart.abandonedAt = cart.last + window
  cart.recovered = false
  return cart
}

/** The carts of one person's shopping events, in order. */
const cartsOfOne = (events: readonly Fact[], window: number, now: number): Cart[] => {
  const carts: Cart[] = []
  let open: Cart | undefined
  /** The abandoned cart that no purchase and no new cart followed. */
  let awaited: Cart | undefined
  for (const fact of events) {
    if (open && fact.time > open.last + window) {
      awaited = abandon(open, window)
      open = undefined
    }
    if (open) open.last = fact.time
    switch (fact.event.name) {
      case 'add_to_cart':
        if (!open) {
          open = { person: fact.person, opening: fact, pieces: 0, changes: [], last: fact.time, outcome: 'open' }
          carts.push(open)
          awaited = undefined
        }
        open.pieces += piecesOf(fact)
        open.changes.push(fact)
        break
      case 'remove_from_cart':
        if (!open) break
        open.pieces = Math.max(0, open.pieces - piecesOf(fact))
        open.changes.push(fact)
        if (open.pieces === 0) {
          open.outcome = 'emptied'
          open = undefined
        }
        break
      case 'purchase':
        if (open) open.outcome = 'converted'
        else if (awaited) awaited.recovered = fact.time <= (awaited.abandonedAt ?? 0) + RECOVERY
        open = undefined
        awaited = undefined
        break
    }
  }
  if (open && now > open.last + window) abandon(open, window)
  return carts
}

/**
 * All carts, as they stand now.
 * @param hours without shopping after which a cart is abandoned
 */
export const cartsOf = (world: World, now: number, hours = 24): Cart[] => {
  const shopping = world.facts
    .filter(({ event }) => SHOPPING.includes(event.name))
    .sort((a, b) => a.time - b.time || SHOPPING.indexOf(a.event.name) - SHOPPING.indexOf(b.event.name))
  return [...Map.groupBy(shopping, ({ person }) => person).values()].flatMap(own => cartsOfOne(own, hours * HOUR, now))
}
