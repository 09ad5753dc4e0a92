import { EMPTY_SETTINGS, type SiteSettings } from '../../../shared/settings'
import type { WireEvent } from '../../../shared/wire'
import type { SimulatedRecord } from '../simulate'

/** What the owner of a shop sets: goals, and a page that counts as a conversion. */
export const SHOP_SETTINGS: SiteSettings = {
  ...EMPTY_SETTINGS,
  conversions: [{ page: '/articles/7/*' }],
  goals: [
    { id: 'bought', name: 'Bought', event: 'purchase' },
    { id: 'compared', name: 'Compared', page: '/articles/11/*' },
  ],
}

/** One page view in so many leads into the cart: one session in twenty. */
const PAGE_VIEWS_PER_CART = 50
const CARTS_PER_ORDER = 3
/** Ids of page views are below this. */
const FIRST_EVENT = 2 ** 31

/** What is sent with a record in a shop: a product put into the cart, and a third of the carts bought. */
export const shopEventsOf = (record: SimulatedRecord): Pick<WireEvent, 'i' | 'k' | 'o'>[] => {
  if (!record.left || record.id % PAGE_VIEWS_PER_CART > 0) return []
  const value = 20 + (record.id % 80)
  const goods = { currency: 'EUR', value, items: [{ item_id: `SKU${record.path}`, price: value, quantity: 1 }] }
  const added = { i: record.id + FIRST_EVENT, k: 'add_to_cart', o: goods }
  if (record.id % (PAGE_VIEWS_PER_CART * CARTS_PER_ORDER) > 0) return [added]
  const order = { ...goods, transaction_id: `${record.visitor}-${record.id}` }
  return [added, { i: record.id + 2 * FIRST_EVENT, k: 'purchase', o: order }]
}
