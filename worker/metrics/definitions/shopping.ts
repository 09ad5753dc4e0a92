import { SESSIONS_OF_ITEMS } from '../../relations/sessions'
import { share } from '../kinds/share'

/** What becomes of items and carts. */
export const SHOPPING = [
  share({
    id: 'cart_to_view_rate',
    name: 'Cart-to-view rate',
    help: 'The share of sessions with a view of the item that also added it to the cart.',
    numerator: 'sessions that viewed and added the item',
    denominator: 'sessions that viewed the item',
    glossary: ['session'],
    events: ['view_item', 'add_to_cart'],
    unit: 'ratio',
    better: 'up',
    breakdown: 'item',
    of: () => ({
      form: 'sums',
      relation: SESSIONS_OF_ITEMS,
      sums: { numerator: 'sum(viewed and added)', denominator: 'sum(viewed)', pending: 'sum(viewed and open)' },
    }),
    whole: 'sessions with a view_item',
  }),
] as const
