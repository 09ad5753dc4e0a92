import fc from 'fast-check'
import type { SentWebhook } from './deliver'
import { paddleAdjustment, paddleBody, paddleSubscriptionObject, paddleTransaction } from './paddleBodies'
import { shopifyCart, shopifyOrder, shopifyRefund } from './shopifyBodies'
import { NOON, stripeBody, stripeCharge, stripeSession, stripeSubscriptionObject } from './stripeBodies'
import { woocommerceOrder } from './woocommerceBodies'

/** What must come out of webhooks, in cents. */
interface Outcome {
  readonly orders: number
  readonly gross: number
  readonly refunded: number
  readonly mrr: number
  readonly trials: number
  /** The value of carts that were left. */
  readonly left: number
}

/** Everything that a customer did at one provider, as its webhooks and as numbers. */
export interface WebhookStory {
  readonly webhooks: readonly SentWebhook[]
  readonly outcome: Partial<Outcome>
}

/** A customer's order: the price of its goods, tax and shipping in cents, and the shares of it that were refunded. */
const sale = fc.record({
  goods: fc.integer({ min: 100, max: 100_000 }),
  tax: fc.integer({ min: 0, max: 999 }),
  shipping: fc.integer({ min: 0, max: 999 }),
  parts: fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 3 }),
})

/** What a subscription went through after it was created, each time with the cents of a month. */
const life = fc.record({
  first: fc.constantFrom('active', 'trialing', 'incomplete'),
  cents: fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 4 }),
  isYearly: fc.boolean(),
  end: fc.constantFrom('stays', 'paused', 'ends'),
})

const major = (cents: number): string => (cents / 100).toFixed(2)
const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()
const isoPlain = (seconds: number): string => iso(seconds).slice(0, 19)
const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0)
/** The last of all prices, each of which is one the subscription had. */
const lastOf = (amounts: readonly number[]): number => amounts.at(-1) ?? 0

const partsOf = (whole: number, shares: readonly number[]): number[] =>
  shares.map(share => Math.max(1, Math.floor((whole * share) / 100)))

export const stripeSale = (n: number) =>
  sale.map(({ goods, tax, shipping, parts }): WebhookStory => {
    const total = goods + tax + shipping
    const charge = { id: `ch_${n}`, payment_intent: `pi_${n}`, amount: total, customer: `cus_${n}` }
    const refunds = partsOf(total, parts)
    const refunded = (amount: number, index: number): SentWebhook => {
      const before = sum(refunds.slice(0, index))
      const told = { type: 'charge.refunded', seconds: NOON + 60 * (index + 1) }
      const previous = { amount_refunded: before }
      const object = stripeCharge({ ...charge, amount_refunded: before + amount })
      return { provider: 'stripe', body: stripeBody({ id: `evt_c_${n}_${index}`, previous, ...told }, object) }
    }
    const details = { total_details: { amount_tax: tax, amount_shipping: shipping, amount_discount: 0 } }
    const session = stripeSession({ id: `cs_${n}`, payment_intent: `pi_${n}`, amount_total: total, ...details })
    const paid = ['checkout.session.completed', 'checkout.session.async_payment_succeeded'].map(
      (type): SentWebhook => ({ provider: 'stripe', body: stripeBody({ id: `evt_${type}_${n}`, type }, session) }),
    )
    return {
      webhooks: [...paid, ...refunds.map(refunded)],
      outcome: { orders: 1, gross: goods, refunded: sum(refunds) },
    }
  })

export const stripeLife = (n: number) =>
  life.map(({ first, cents, isYearly, end }): WebhookStory => {
    const states = [first, ...cents.slice(1).map(() => 'active'), ...(end === 'stays' ? [] : [end])]
    const webhooks = states.map((state, index): SentWebhook => {
      const kind = index === 0 ? 'created' : state === 'ends' ? 'deleted' : 'updated'
      const price = cents[index] ?? lastOf(cents)
      const unit = isYearly ? { cents: price * 12, interval: 'year' } : { cents: price }
      const status = { ends: 'canceled', paused: 'unpaid' }[state] ?? state
      const previous = { status: states[index - 1], items: {} }
      const event = { id: `evt_s_${n}_${index}`, type: `customer.subscription.${kind}`, seconds: NOON + index }
      const object = stripeSubscriptionObject({ id: `sub_${n}`, customer: `cus_${n}`, status }, unit)
      return { provider: 'stripe', body: stripeBody({ ...event, ...(index > 0 && { previous }) }, object) }
    })
    const isActive = states.at(-1) === 'active'
    return { webhooks, outcome: { mrr: isActive ? lastOf(cents) : 0, trials: first === 'trialing' ? 1 : 0 } }
  })

export const paddleSale = (n: number) =>
  sale.map(({ goods, tax, parts }): WebhookStory => {
    const totals = { subtotal: String(goods), tax: String(tax), total: String(goods + tax) }
    const transaction = paddleTransaction({ id: `txn_${n}`, customer_id: `ctm_${n}`, details: { totals } })
    const refunds = partsOf(goods, parts)
    const adjustments = refunds.flatMap((amount, index) =>
      ['pending_approval', 'approved', 'approved'].map((status, step): SentWebhook => {
        const totals = { subtotal: String(amount), tax: '0', total: String(amount) }
        const data = paddleAdjustment({ id: `adj_${n}_${index}`, transaction_id: `txn_${n}`, status, totals })
        const type = step === 0 ? 'adjustment.created' : 'adjustment.updated'
        const time = iso(NOON + 60 * (3 * index + step))
        return { provider: 'paddle', body: paddleBody(`evt_a_${n}_${index}_${step}`, type, data, time) }
      }),
    )
    const completed = paddleBody(`evt_t_${n}`, 'transaction.completed', transaction)
    const renewal = { ...transaction, id: `txn_r_${n}`, origin: 'subscription_recurring' }
    const renewed = paddleBody(`evt_u_${n}`, 'transaction.completed', renewal, iso(NOON + 60))
    return {
      webhooks: [{ provider: 'paddle', body: completed }, { provider: 'paddle', body: renewed }, ...adjustments],
      outcome: { orders: 1, gross: goods, refunded: sum(refunds) },
    }
  })

export const paddleLife = (n: number) =>
  life.map(({ first, cents, isYearly, end }): WebhookStory => {
    const begins = first === 'trialing' ? 'trialing' : 'active'
    const states = [begins, ...cents.slice(1).map(() => 'active'), ...(end === 'stays' ? [] : [end])]
    const webhooks = states.map((state, index): SentWebhook => {
      const later =
        { ends: 'canceled', paused: 'paused' }[state] ?? (states[index - 1] === 'trialing' ? 'activated' : 'updated')
      const price = cents[index] ?? lastOf(cents)
      const unit = isYearly ? { amount: String(price * 12), interval: 'year' } : { amount: String(price) }
      const status = state === 'ends' ? 'canceled' : state
      const data = paddleSubscriptionObject({ id: `sub_${n}`, customer_id: `ctm_${n}`, status }, unit)
      const type = `subscription.${index === 0 ? 'created' : later}`
      return { provider: 'paddle', body: paddleBody(`evt_s_${n}_${index}`, type, data, iso(NOON + index)) }
    })
    const isActive = states.at(-1) === 'active'
    return { webhooks, outcome: { mrr: isActive ? lastOf(cents) : 0, trials: begins === 'trialing' ? 1 : 0 } }
  })

const snapshots = fc.array(
  fc.uniqueArray(fc.record({ variant: fc.integer({ min: 1, max: 4 }), quantity: fc.integer({ min: 1, max: 9 }) }), {
    selector: ({ variant }) => variant,
    maxLength: 3,
  }),
  { minLength: 1, maxLength: 4 },
)

/** Carts grow and shrink; some are bought. */
export const shopifyVisit = (n: number) =>
  fc.tuple(sale, snapshots, fc.boolean()).map(([{ goods, parts }, carts, isBought]): WebhookStory => {
    const token = `cart_${n}`
    const quantities = new Map<number, number>()
    const webhooks = carts.map((lines, index): SentWebhook => {
      for (const { variant, quantity } of lines) {
        if (!quantities.has(variant)) quantities.set(variant, quantity)
      }
      const body = { ...shopifyCart(iso(NOON - 600 + index), ...lines), token }
      return { provider: 'shopify', topic: index === 0 ? 'carts/create' : 'carts/update', body }
    })
    if (!isBought) return { webhooks, outcome: { left: sum([...quantities.values()]) * 2_000 } }
    const refunds = partsOf(goods, parts)
    const plain = {
      total_shipping_price: undefined,
      subtotal_price_set: undefined,
      total_price_set: undefined,
      total_tax_set: undefined,
      total_shipping_price_set: undefined,
    }
    const order = shopifyOrder({
      ...plain,
      id: 1_000_000 + n,
      cart_token: token,
      customer: { id: n },
      subtotal_price: major(goods),
      total_price: major(goods),
      total_tax: '0.00',
      shipping_lines: [],
    })
    const ordered = ['orders/create', 'orders/paid'].map(
      (topic): SentWebhook => ({ provider: 'shopify', topic, body: order }),
    )
    const refunded = refunds.map((amount, index): SentWebhook => {
      const transactions = [{ kind: 'refund', status: 'success', amount: major(amount), currency: 'USD' }]
      const lines = { refund_line_items: [], order_adjustments: [], created_at: iso(NOON + 60 * index) }
      const body = shopifyRefund({ id: 10 * n + index, order_id: 1_000_000 + n, transactions, ...lines })
      return { provider: 'shopify', topic: 'refunds/create', body }
    })
    return {
      webhooks: [...webhooks, ...ordered, ...refunded],
      outcome: { orders: 1, gross: goods, refunded: sum(refunds) },
    }
  })

/** Every webhook of an order holds all its refunds so far. */
export const woocommerceSale = (n: number) =>
  sale.map(({ goods, tax, shipping, parts }): WebhookStory => {
    const total = goods + tax + shipping
    // Half a cent would be rounded as it is written in binary.
    const isHalf = (amount: number): boolean => (2 * amount * goods) % (2 * total) === total
    const refunds = partsOf(total, parts).map(amount => (isHalf(amount) ? amount + 1 : amount))
    const statuses = ['pending', 'processing', ...refunds.map(() => 'processing'), 'completed']
    const webhooks = statuses.map((status, index): SentWebhook => {
      const so_far = refunds.slice(0, Math.max(0, index - 1)).map((amount, place) => ({
        id: 10 * n + place,
        total: `-${major(amount)}`,
      }))
      const body = woocommerceOrder({
        id: n,
        status,
        customer_id: n,
        date_modified_gmt: isoPlain(NOON + index),
        total: major(total),
        total_tax: major(tax),
        shipping_total: major(shipping),
        refunds: so_far,
      })
      return { provider: 'woocommerce', topic: index === 0 ? 'order.created' : 'order.updated', body }
    })
    return {
      webhooks,
      outcome: { orders: 1, gross: goods, refunded: sum(refunds.map(amount => Math.round((amount * goods) / total))) },
    }
  })
