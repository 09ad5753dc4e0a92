import { toMajor } from '../../lib/money'
import { cartsOf } from '../../relations/carts'
import { orders, ordersOfCurrency } from '../../relations/money'
import { orderLines, ordersWithRefunds } from '../../relations/orders'
import { SESSIONS } from '../../relations/sessions'
import type { Terms } from '../../relations/terms'
import { formula } from '../kinds/formula'
import { get } from '../kinds/get'
import { mean } from '../kinds/mean'
import { meanSums } from '../kinds/meanSums'
import { noData } from '../kinds/noData'
import { share } from '../kinds/share'
import type { Arguments, SumsMeasure } from '../metric'
import { plural } from '../plural'
import { BELIEVED, believedOf, believedWords } from './believed'

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
  sums: {
    numerator: of => `sum(${of('cart')} and not ${of('bought')})`,
    denominator: of => `sum(${of('cart')})`,
    pending: of => `sum(${of('cart')} and ${of('open')})`,
  },
})

const inHours = (hours: unknown): number => Number(hours) * 3_600_000

/** Shopping episodes that ended, those of them left with goods in the cart. */
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

/** By scope: what a cart is, and which are abandoned, in words. */
const CARTS: Readonly<Record<string, { readonly all: string; abandoned(window: unknown): string }>> = {
  session: {
    all: 'sessions with an add_to_cart',
    abandoned: () => 'sessions with an add_to_cart and no purchase',
  },
  visitor: {
    all: 'visitors with an add_to_cart',
    abandoned: () => 'visitors with an add_to_cart and no purchase',
  },
  cart: { all: 'carts that ended', abandoned: window => `carts left with goods in them for ${plural(window, 'hour')}` },
}

const cartsBy = ({ scope }: Arguments) => CARTS[String(scope)] as (typeof CARTS)[string]

/** What became of carts, and the purchases that had none, which are no part of the rate. */
const OUTCOMES = ['converted', 'emptied', 'abandoned', 'recovered', 'bought_without_cart'] as const

/** Carts, checkouts and orders. */
export const COMMERCE = [
  share({
    id: 'cart_abandonment_rate',
    name: 'Cart abandonment',
    help: 'The share of carts that were not bought.',
    numerator: args => cartsBy(args).abandoned(args.window),
    denominator: args => cartsBy(args).all,
    events: ['add_to_cart', 'purchase'],
    unit: 'ratio',
    better: 'down',
    breakdown: ALL,
    settings: ['purchases'],
    parameters: [
      {
        name: 'scope',
        help: 'A cart is a session with an add_to_cart, a visitor with one, or a shopping episode of its own.',
        values: ['session', 'visitor', 'cart'],
        default: 'session',
      },
      {
        name: 'window',
        help: 'After how many hours without shopping a cart of scope=cart is abandoned.',
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
    help: 'What an order is worth on average, without tax and shipping.',
    numerator: believedWords('gross revenue'),
    denominator: 'orders',
    events: ['purchase'],
    unit: 'currency',
    better: 'up',
    breakdown: ALL,
    except: ['item', 'item_category'],
    money: ['orders'],
    parameters: [BELIEVED],
    of: (_terms, args) => meanSums(ordersOfCurrency(['orders'], believedOf(args)), 'value'),
    whole: 'orders',
    scale: (amount, { currency }) => toMajor(amount, currency),
  }),
  share({
    id: 'repeat_purchase_rate',
    name: 'Repeat purchases',
    help: 'The share of customers with two orders or more in the period, of those with a lasting id.',
    numerator: believedWords('people with two orders or more'),
    denominator: 'people with an order',
    events: ['purchase'],
    unit: 'ratio',
    better: 'up',
    needs: ['lasting_id'],
    breakdown: ALL,
    parameters: [BELIEVED],
    of: (_terms, args) => ({
      form: 'sums',
      relation: orders(believedOf(args)),
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
    help: 'The share of abandoned carts that were bought within 30 days after all.',
    numerator: 'abandoned carts bought within 30 days',
    denominator: 'abandoned carts whose 30 days are over',
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
    id: 'return_rate',
    name: 'Returns',
    help: 'The share of units sold that were given back, counted at the date of their order.',
    numerator: believedWords('units returned'),
    denominator: 'units sold',
    events: ['purchase', 'refund'],
    unit: 'ratio',
    better: 'down',
    needs: ['server_events'],
    send: 'refund with a transaction_id, and items when not everything comes back',
    breakdown: ALL,
    parameters: [BELIEVED],
    of: (_terms, args) => ({
      form: 'sums',
      relation: orderLines(believedOf(args)),
      sums: { numerator: 'sum(returned)', denominator: 'sum(sold)' },
    }),
    whole: 'units sold',
  }),
  formula({
    id: 'refund_rate',
    name: 'Refund rate',
    help: 'The part of the value of orders that was given back, counted at the date of the order.',
    numerator: believedWords('refunds of orders'),
    denominator: 'gross revenue',
    events: ['purchase', 'refund'],
    unit: 'ratio',
    better: 'down',
    needs: ['server_events'],
    send: 'refund with a transaction_id',
    money: ['orders'],
    breakdown: 'start',
    intervalBy: 'none',
    change: 'difference',
    parameters: [BELIEVED],
    of: (_terms, args) => [
      {
        form: 'sums',
        relation: ordersWithRefunds(believedOf(args)),
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
