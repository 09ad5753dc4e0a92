type Fields = Readonly<Record<string, unknown>>

/** 2026-03-10T12:00:00Z in seconds. */
export const NOON = 1_773_144_000

interface StripeTopic {
  readonly id: string
  readonly type: string
  readonly seconds?: number
  readonly previous?: Fields
}

export const stripeBody = ({ id, type, seconds = NOON, previous }: StripeTopic, object: Fields) => ({
  id,
  object: 'event',
  api_version: '2025-03-31.basil',
  created: seconds,
  data: { object, ...(previous && { previous_attributes: previous }) },
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
  type,
})

/** A checkout of 55 dollars, 10 of which are tax and 5 shipping. */
export const stripeSession = (more: Fields = {}) => ({
  id: 'cs_test_a1vvp1B50lYAE8U2KLu1lzd6US91IMmBfnLfDXmJiKOQIzXbgFKgxUviQu',
  object: 'checkout.session',
  amount_subtotal: 4000,
  amount_total: 5500,
  client_reference_id: null,
  created: NOON - 600,
  currency: 'usd',
  customer: 'cus_NZbFQAsc0ptasX',
  customer_details: { address: null, email: 'example@example.com', name: null, phone: null, tax_exempt: 'none' },
  invoice: null,
  metadata: {},
  mode: 'payment',
  payment_intent: 'pi_1MoS6fLgUG5tbmjca6AdBPsl',
  payment_status: 'paid',
  status: 'complete',
  subscription: null,
  total_details: { amount_discount: 0, amount_shipping: 500, amount_tax: 1000 },
  ...more,
})

export const stripeCharge = (more: Fields = {}) => ({
  id: 'ch_1MoS30LgUG5tbmjcjfsQqpHI',
  object: 'charge',
  amount: 5500,
  amount_captured: 5500,
  amount_refunded: 0,
  billing_details: { email: 'example@example.com', name: 'Jenny Rosen' },
  currency: 'usd',
  customer: 'cus_NZbFQAsc0ptasX',
  metadata: {},
  paid: true,
  payment_intent: 'pi_1MoS6fLgUG5tbmjca6AdBPsl',
  receipt_email: 'example@example.com',
  refunded: false,
  status: 'succeeded',
  ...more,
})

interface StripePrice {
  readonly cents: number
  readonly quantity?: number
  readonly interval?: string
  readonly count?: number
  readonly currency?: string
  readonly usage?: string
}

export const stripeItem = ({
  cents,
  quantity = 1,
  interval = 'month',
  count = 1,
  currency = 'usd',
  usage = 'licensed',
}: StripePrice) => ({
  id: 'si_NZbRnWNQCxAnKq',
  object: 'subscription_item',
  price: {
    id: 'price_1MoS1nLgUG5tbmjc7JZ4zXbE',
    object: 'price',
    currency,
    recurring: { interval, interval_count: count, usage_type: usage },
    type: 'recurring',
    unit_amount: cents,
    unit_amount_decimal: String(cents),
  },
  quantity,
})

export const stripeSubscriptionObject = (more: Fields = {}, ...prices: readonly StripePrice[]) => ({
  id: 'sub_1MoS6xLgUG5tbmjcLzOPGR7t',
  object: 'subscription',
  currency: 'usd',
  customer: 'cus_NZbFQAsc0ptasX',
  items: { object: 'list', data: (prices.length > 0 ? prices : [{ cents: 2000 }]).map(stripeItem), has_more: false },
  metadata: {},
  start_date: NOON,
  status: 'active',
  ...more,
})
