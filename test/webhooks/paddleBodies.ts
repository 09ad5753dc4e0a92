type Fields = Readonly<Record<string, unknown>>

export const paddleBody = (id: string, type: string, data: Fields, time = '2026-03-10T12:00:00.123456Z') => ({
  event_id: id,
  event_type: type,
  occurred_at: time,
  notification_id: 'ntf_01hv8x2hp5k9r5m1v9dhd5c1ks',
  data,
})

/** The subscription's first payment in Paddle's fixture: 652.15 dollars, 53.15 of which are tax. */
export const paddleTransaction = (more: Fields = {}) => ({
  id: 'txn_01hv8wptq8987qeep44cyrewp9',
  status: 'completed',
  origin: 'web',
  currency_code: 'USD',
  customer_id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4',
  custom_data: null,
  subscription_id: 'sub_01hv8x29kz0t586xy6zn1a62ny',
  details: {
    totals: { fee: '3311', tax: '5315', total: '65215', discount: '0', subtotal: '59900', currency_code: 'USD' },
    line_items: [
      {
        price_id: 'pri_01gsz8x8sawmvhz1pv30nge1ke',
        quantity: 10,
        totals: { tax: '2662', total: '32662', discount: '0', subtotal: '30000' },
        product: { id: 'pro_01gsz4t5hdjse780zja8vvr7jg', name: 'AeroEdit Pro' },
      },
      {
        price_id: 'pri_01h1vjfevh5etwq3rb416a23h2',
        quantity: 1,
        totals: { tax: '887', total: '10887', discount: '0', subtotal: '10000' },
        product: { id: 'pro_01h1vjes1y163xfj1rh1tkfb65', name: 'Analytics addon' },
      },
      {
        price_id: 'pri_01gsz98e27ak2tyhexptwc58yk',
        quantity: 1,
        totals: { tax: '1766', total: '21666', discount: '0', subtotal: '19900' },
        product: { id: 'pro_01gsz97mq9pa4fkyy0wqenepkz', name: 'Custom domains' },
      },
    ],
  },
  payments: [
    { amount: '65215', status: 'captured', method_details: { card: { cardholder_name: 'Michael McGovern' } } },
  ],
  ...more,
})

export const paddleAdjustment = (more: Fields = {}) => ({
  id: 'adj_01hvgf2s84dr6reszzg29zbvcm',
  action: 'refund',
  status: 'approved',
  currency_code: 'USD',
  customer_id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4',
  transaction_id: 'txn_01hv8wptq8987qeep44cyrewp9',
  totals: { fee: '5', tax: '8', total: '100', earnings: '87', subtotal: '92', currency_code: 'USD' },
  ...more,
})

interface PaddlePrice {
  readonly amount: string
  readonly quantity?: number
  readonly interval?: string
  readonly frequency?: number
  readonly recurring?: boolean
}

const item = ({ amount, quantity = 1, interval = 'month', frequency = 1, recurring = true }: PaddlePrice) => ({
  status: 'active',
  quantity,
  recurring,
  price: {
    id: 'pri_01gsz8x8sawmvhz1pv30nge1ke',
    unit_price: { amount, currency_code: 'USD' },
    billing_cycle: { interval, frequency },
  },
})

export const paddleSubscriptionObject = (more: Fields = {}, ...prices: readonly PaddlePrice[]) => ({
  id: 'sub_01hv8x29kz0t586xy6zn1a62ny',
  status: 'active',
  currency_code: 'USD',
  customer_id: 'ctm_01hv6y1jedq4p1n0yqn5ba3ky4',
  custom_data: null,
  items: (prices.length > 0 ? prices : [{ amount: '3000', quantity: 10 }, { amount: '10000' }]).map(item),
  ...more,
})
