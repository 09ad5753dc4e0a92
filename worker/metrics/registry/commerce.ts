import { toMajor } from '../../money'
import { ORDERS, ORDERS_OF_CURRENCY } from '../compile/relations/money'
import { SESSIONS } from '../compile/relations/sessions'
import { mean, meanSums, share } from '../kinds'
import type { Metric, SumsMeasure, Terms } from '../metric'

const ALL = 'session_and_event'

/** Sessions with one event, those of them without a purchase. */
const abandonedSessions = (terms: Terms, event: string): SumsMeasure => {
  const whole = terms.sessionMeets({ event: event })
  return {
    form: 'sums',
    relation: SESSIONS,
    sums: {
      numerator: `sum(${whole} and not ${terms.sessionMeets({ event: 'purchase' })})`,
      denominator: `sum(${whole})`,
      pending: `sum(${whole} and open)`,
    },
  }
}

/** Visitors with an add_to_cart in a session of the period, those without a purchase in any of them. */
const abandonedVisitors = (terms: Terms): SumsMeasure => ({
  form: 'sums',
  relation: SESSIONS,
  perPerson: {
    cart: `max(${terms.sessionMeets({ event: 'add_to_cart' })})`,
    bought: `max(${terms.sessionMeets({ event: 'purchase' })})`,
    open: 'max(open)',
  },
  sums: { numerator: 'sum(cart and not bought)', denominator: 'sum(cart)', pending: 'sum(cart and open)' },
})

/** Carts, checkouts and orders. */
export const COMMERCE: readonly Metric[] = [
  share({
    id: 'cart_abandonment_rate',
    name: 'Cart abandonment',
    help: 'The share of carts that were not bought.',
    formula: 'carts without a purchase / carts',
    unit: 'ratio',
    better: 'down',
    breakdown: ALL,
    parameters: [
      {
        name: 'scope',
        help: 'A cart is a session with an add_to_cart, or a visitor with one.',
        values: ['session', 'visitor'],
        default: 'session',
      },
    ],
    of: (terms, { scope }) =>
      scope === 'visitor' ? abandonedVisitors(terms) : abandonedSessions(terms, 'add_to_cart'),
    whole: 'carts',
  }),
  share({
    id: 'checkout_abandonment_rate',
    name: 'Checkout abandonment',
    help: 'The share of sessions that began a checkout and bought nothing.',
    formula: 'sessions with begin_checkout and no purchase / sessions with begin_checkout',
    unit: 'ratio',
    better: 'down',
    breakdown: ALL,
    of: terms => abandonedSessions(terms, 'begin_checkout'),
    whole: 'checkouts',
  }),
  mean({
    id: 'average_order_value',
    name: 'Average order value',
    help: 'What an order is worth on average, without tax and shipping.',
    formula: 'gross_revenue / orders',
    unit: 'currency',
    better: 'up',
    breakdown: ALL,
    except: ['item', 'item_category'],
    money: ['orders'],
    of: () => meanSums(ORDERS_OF_CURRENCY, 'value'),
    whole: 'orders',
    scale: (amount, { currency }) => toMajor(amount, currency),
  }),
  share({
    id: 'repeat_purchase_rate',
    name: 'Repeat purchases',
    help: 'The share of customers with two orders or more in the period, of those with a lasting id.',
    formula: 'customers with ≥ 2 orders / customers',
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: ALL,
    of: () => ({
      form: 'sums',
      relation: ORDERS,
      perPerson: { orders: 'count(*)' },
      sums: {
        numerator: 'sum(person < 0 and orders >= 2)',
        denominator: 'sum(person < 0)',
        lasting: 'sum(person < 0)',
        others: 'sum(person > 0)',
      },
    }),
    whole: 'customers',
  }),
]
