import { DAY } from '../../../shared/time'
import { cartsOf } from '../../relations/carts'
import { SESSIONS_WITH_FACTS } from '../../relations/sessions'
import { orderTotal } from '../kinds/orderTotal'
import { share } from '../kinds/share'

/** Time without shopping activity after which a cart is abandoned. */
const ABANDONED_AFTER = DAY

/** Items added to carts, and the value of abandoned and recovered carts. */
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
      relation: SESSIONS_WITH_FACTS,
      sums: { numerator: 'sum(viewed and added)', denominator: 'sum(viewed)', pending: 'sum(viewed and open)' },
    }),
    whole: 'sessions with a view_item',
  }),
  orderTotal({
    id: 'cart_value_abandoned',
    name: 'Abandoned cart value',
    help: 'The value of goods in abandoned carts: carts without shopping activity for 24 hours.',
    numerator: 'Σ value of the goods in abandoned carts',
    glossary: ['cart'],
    events: ['add_to_cart', 'purchase'],
    unit: 'currency',
    better: 'down',
    breakdown: 'start',
    money: ['carts'],
    relation: () => cartsOf(ABANDONED_AFTER),
    amount: 'iif(abandoned, worth, 0)',
    sums: { pending: 'sum(open)' },
  }),
  orderTotal({
    id: 'cart_value_recovered',
    name: 'Recovered cart value',
    help: 'The value of goods in abandoned carts that were purchased within 30 days.',
    numerator: 'Σ value of the goods in abandoned carts bought within 30 days',
    glossary: ['cart'],
    events: ['add_to_cart', 'purchase'],
    unit: 'currency',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'start',
    money: ['carts'],
    relation: () => cartsOf(ABANDONED_AFTER),
    amount: 'iif(person < 0 and recovered, worth, 0)',
    sums: {
      pending: 'sum(person < 0 and (open or (abandoned and not recovered and not decided)))',
      lasting: 'sum(person < 0 and is_cart)',
      others: 'sum(person > 0 and is_cart)',
    },
  }),
] as const
