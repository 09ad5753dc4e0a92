import { toMajor } from '../../lib/money'
import { cartsOf } from '../../relations/carts'
import { orders, ordersOfCurrency, REPORTED_ORDERS } from '../../relations/money'
import { orderLines, ordersWithRefunds } from '../../relations/orders'
import { SESSIONS } from '../../relations/sessions'
import type { Terms } from '../../relations/terms'
import type { GlossaryTerm } from '../glossary'
import { formula } from '../kinds/formula'
import { get } from '../kinds/get'
import { mean } from '../kinds/mean'
import { meanSums } from '../kinds/meanSums'
import { noData } from '../kinds/noData'
import { share } from '../kinds/share'
import type { Arguments, SumsMeasure } from '../metric'
import { plural } from '../plural'
import { CONFIRMATION, confirmationOf, withConfirmation } from './confirmation'

const ALL = 'session_and_event'

/** Sessions with an event, and how many of them have no purchase. */
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

/** Visitors with an add_to_cart in a session of the period, and how many of them purchased in none. */
const abandonedVisitors = (terms: Terms): SumsMeasure => ({
  form: 'sums',
  relation: SESSIONS,
  perPerson: {
    cart: `max(${terms.sessionMeets({ event: 'add_to_cart' })})`,
    bought: `max(${terms.sessionMeets({ event: 'purchase' })})`,
    open: 'max(open)',
  },
  sums: {
    numerator: of => `sum(${of('cart')} and not ${of('bought')})`,
    denominator: of => `sum(${of('cart')})`,
    pending: of => `sum(${of('cart')} and ${of('open')})`,
  },
})

const inHours = (hours: unknown): number => Number(hours) * 3_600_000

/** Closed shopping carts, and how many of them were abandoned. */
const abandonedCarts = (window: number): SumsMeasure => ({
  form: 'sums',
  relation: cartsOf(window),
  sums: {
    numerator: 'sum(abandoned)',
    denominator: 'sum(ended)',
    pending: 'sum(open)',
    converted: 'sum(converted)',
    emptied: 'sum(emptied)',
    abandoned: 'sum(abandoned)',
    recovered: 'sum(recovered)',
    bought_without_cart: 'sum(bare)',
  },
})

interface CartWords {
  /** The glossary's word for what counts as a cart. */
  readonly term: GlossaryTerm
  readonly all: string
  abandoned(window: unknown): string
}

/** Carts and abandoned carts in words, by scope. */
const CARTS: Readonly<Record<string, CartWords>> = {
  session: {
    term: 'session',
    all: 'sessions with an add_to_cart',
    abandoned: () => 'sessions with an add_to_cart and no purchase',
  },
  visitor: {
    term: 'visitor',
    all: 'visitors with an add_to_cart',
    abandoned: () => 'visitors with an add_to_cart and no purchase',
  },
  cart: {
    term: 'cart',
    all: 'closed carts',
    abandoned: window => `carts with goods in them after ${plural(window, 'hour')} without shopping`,
  },
}

const cartsBy = ({ scope }: Arguments) => CARTS[String(scope)] as CartWords

/** Outcomes of carts, and purchases without a cart, which the rate does not count. */
const OUTCOMES = ['converted', 'emptied', 'abandoned', 'recovered', 'bought_without_cart'] as const

/** Carts, checkouts and orders. */
export const COMMERCE = [
  share({
    id: 'cart_abandonment_rate',
    name: 'Cart abandonment',
    help: 'The share of carts without a purchase.',
    numerator: args => cartsBy(args).abandoned(args.window),
    denominator: args => cartsBy(args).all,
    glossary: args => [cartsBy(args).term],
    events: ['add_to_cart', 'purchase'],
    unit: 'ratio',
    better: 'down',
    breakdown: ALL,
    settings: ['purchases'],
    parameters: [
      {
        name: 'scope',
        help: 'A cart is a session with an add_to_cart, a visitor with one, or a shopping cart that can span sessions.',
        values: ['session', 'visitor', 'cart'],
        default: 'session',
      },
      {
        name: 'window',
        help: 'Hours without shopping after which a cart is abandoned, with scope=cart.',
        from: 1,
        to: 720,
        default: 24,
      },
    ],
    of: (terms, { scope, window }) => {
      if (scope === 'cart') return abandonedCarts(inHours(window))
      return scope === 'visitor' ? abandonedVisitors(terms) : abandonedSessions(terms, 'add_to_cart')
    },
    parts: ({ scope }) => (scope === 'cart' ? OUTCOMES : []),
    allows: ({ scope }, { level }) => scope !== 'cart' || level === 'session',
    whole: 'carts',
  }),
  share({
    id: 'checkout_abandonment_rate',
    name: 'Checkout abandonment',
    help: 'The share of sessions that began a checkout and bought nothing.',
    numerator: 'sessions with a begin_checkout and no purchase',
    denominator: 'sessions with a begin_checkout',
    glossary: ['session'],
    events: ['begin_checkout', 'purchase'],
    unit: 'ratio',
    better: 'down',
    breakdown: ALL,
    settings: ['purchases'],
    of: terms => abandonedSessions(terms, 'begin_checkout'),
    whole: 'checkouts',
  }),
  mean({
    id: 'average_order_value',
    name: 'Average order value',
    help: 'Average value of an order, without tax and shipping.',
    numerator: withConfirmation('gross revenue'),
    denominator: 'orders',
    glossary: ['order', 'gross revenue'],
    events: ['purchase'],
    unit: 'currency',
    better: 'up',
    breakdown: ALL,
    except: ['item', 'item_category'],
    money: ['orders'],
    parameters: [CONFIRMATION],
    of: (_terms, args) => meanSums(ordersOfCurrency(['orders'], confirmationOf(args)), 'value'),
    whole: 'orders',
    scale: (amount, { currency }) => toMajor(amount, currency),
  }),
  share({
    id: 'repeat_purchase_rate',
    name: 'Repeat purchase rate',
    help: 'The share of customers with two or more orders in the period. Only customers with a persistent id are counted.',
    numerator: withConfirmation('people with two or more orders'),
    denominator: 'people with an order',
    glossary: ['order'],
    events: ['purchase'],
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: ALL,
    parameters: [CONFIRMATION],
    of: (_terms, args) => ({
      form: 'sums',
      relation: orders(confirmationOf(args)),
      perPerson: { orders: 'count(*)' },
      sums: {
        numerator: of => `sum(person < 0 and ${of('orders')} >= 2)`,
        denominator: 'sum(person < 0)',
        lasting: 'sum(person < 0)',
        others: 'sum(person > 0)',
      },
    }),
    whole: 'customers',
  }),
  share({
    id: 'cart_recovery_rate',
    name: 'Cart recovery',
    help: 'The share of abandoned carts that were bought within 30 days.',
    numerator: 'abandoned carts bought within 30 days',
    denominator: 'abandoned carts whose 30 days are over',
    glossary: ['cart'],
    events: ['add_to_cart', 'purchase'],
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: 'start',
    of: () => ({
      form: 'sums',
      relation: cartsOf(inHours(24)),
      sums: {
        numerator: 'sum(person < 0 and decided and recovered)',
        denominator: 'sum(person < 0 and decided)',
        pending: 'sum(person < 0 and (open or (abandoned and not decided)))',
        lasting: 'sum(person < 0 and is_cart)',
        others: 'sum(person > 0 and is_cart)',
      },
    }),
    whole: 'abandoned carts whose 30 days are over',
  }),
  share({
    id: 'order_coverage',
    name: 'Order coverage',
    help: 'Share of the orders reported by your server or shop that the tag also saw in the browser.',
    numerator: 'orders from a write key or a webhook that a browser sent, too',
    denominator: 'orders from a write key or a webhook',
    glossary: ['order'],
    events: ['purchase'],
    unit: 'ratio',
    better: 'up',
    needs: ['server_events'],
    send: 'purchase with one transaction_id from the page and from your server or a webhook',
    breakdown: ALL,
    of: () => ({
      form: 'sums',
      relation: REPORTED_ORDERS,
      sums: { numerator: 'sum(in_browser)', denominator: 'count(*)' },
    }),
    whole: 'orders from a write key or a webhook',
  }),
  share({
    id: 'return_rate',
    name: 'Return rate',
    help: 'The share of units sold that were returned, by the date of their order.',
    numerator: withConfirmation('units returned'),
    denominator: 'units sold',
    glossary: ['order'],
    events: ['purchase', 'refund'],
    unit: 'ratio',
    better: 'down',
    needs: ['server_events'],
    send: 'refund with a transaction_id, and items unless everything is returned',
    breakdown: ALL,
    parameters: [CONFIRMATION],
    of: (_terms, args) => ({
      form: 'sums',
      relation: orderLines(confirmationOf(args)),
      sums: { numerator: 'sum(returned)', denominator: 'sum(sold)' },
    }),
    whole: 'units sold',
  }),
  formula({
    id: 'refund_rate',
    name: 'Refund rate',
    help: 'The share of the value of orders that was refunded, by the date of the order.',
    numerator: withConfirmation('refunds of orders'),
    denominator: 'gross revenue',
    glossary: ['order', 'gross revenue', 'refund'],
    events: ['purchase', 'refund'],
    unit: 'ratio',
    better: 'down',
    needs: ['server_events'],
    send: 'refund with a transaction_id',
    money: ['orders'],
    breakdown: 'start',
    intervalBy: 'none',
    change: 'difference',
    parameters: [CONFIRMATION],
    of: (_terms, args) => [
      {
        form: 'sums',
        relation: ordersWithRefunds(confirmationOf(args)),
        sums: { refunded: 'sum(refunded)', gross: 'sum(value)' },
      },
    ],
    compute: (sums, { currency }) => {
      const [refunded, gross] = [toMajor(get(sums, 'refunded'), currency), toMajor(get(sums, 'gross'), currency)]
      if (gross === 0) return noData(0, 'orders above 0')
      return {
        value: refunded / gross,
        numerator: refunded,
        denominator: gross,
        interval: null,
        status: 'ok',
        pending: 0,
        currency,
      }
    },
  }),
] as const
