import { env, exports } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { LIMITS } from '../../shared/limits'
import { deliver, WEBHOOK_SECRETS } from '../webhooks/deliver'
import { paddleAdjustment, paddleBody, paddleSubscriptionObject, paddleTransaction } from '../webhooks/paddleBodies'
import { shopifyCart, shopifyCheckout, shopifyOrder, shopifyRefund } from '../webhooks/shopifyBodies'
import { stripeBody, stripeCharge, stripeSession, stripeSubscriptionObject } from '../webhooks/stripeBodies'
import { woocommerceOrder } from '../webhooks/woocommerceBodies'
import { backup } from './backups'
import { browser, send } from './beacons'
import { clockByHand } from './clockByHand'
import { createSite, patchSite, post, query, type TestSite } from './setup'

const NOON = Date.UTC(2026, 2, 10, 12)
clockByHand(NOON)

let site: TestSite
let clients = 0
beforeEach(async () => {
  vi.setSystemTime(NOON)
  site = await createSite({ currency: 'EUR', settings: { webhook_secrets: WEBHOOK_SECRETS } })
})

const MONTH = { from: '2026-03-01', to: '2026-03-31' }

const values = async (...metrics: string[]): Promise<unknown[]> => {
  const { rows } = await query(site, { metrics, period: MONTH })
  return metrics.map(id => rows[0]?.metrics[id]?.value)
}

const CHECKOUT = stripeBody({ id: 'evt_1', type: 'checkout.session.completed' }, stripeSession())

/** A webhook of each provider that counts one order. */
const ORDERS = [
  { provider: 'stripe', body: CHECKOUT },
  { provider: 'paddle', body: paddleBody('evt_1', 'transaction.completed', paddleTransaction()) },
  { provider: 'shopify', body: shopifyOrder(), topic: 'orders/paid' },
  { provider: 'woocommerce', body: woocommerceOrder(), topic: 'order.updated' },
] as const

const ONE = { status: 200, body: { accepted: 1, duplicates: 0, refused: [] } }
const AGAIN = { status: 200, body: { accepted: 0, duplicates: 1, refused: [] } }

const refused = (status: number, code: string) => ({
  status,
  body: { error: { code, message: expect.stringMatching(/^[A-Z"].*\.$/) } },
})

const raw = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const response = await exports.default.fetch(`https://stats.example/hooks/${path}`, { method: 'POST', headers, body })
  return { status: response.status, body: await response.json() }
}

describe.each(ORDERS)('a webhook of $provider', webhook => {
  test('is stored once, however often it comes', async () => {
    expect(await deliver(site, webhook)).toEqual(ONE)
    expect(await deliver(site, webhook)).toEqual(AGAIN)
    expect(await values('orders')).toEqual([1])
  })

  test('is rejected without its signature, or with another', async () => {
    expect(await deliver(site, webhook, {})).toEqual(refused(401, 'missing_signature'))
    await patchSite(site, { settings: { webhook_secrets: { [webhook.provider]: 'another' } } })
    expect(await deliver(site, webhook)).toEqual(refused(401, 'wrong_signature'))
    await patchSite(site, { settings: { webhook_secrets: { [webhook.provider]: null } } })
    expect(await deliver(site, webhook)).toEqual(refused(403, 'no_webhook_secret'))
    expect(await values('orders')).toEqual([0])
  })
})

/** Made with `openssl dgst -sha256 -hmac`, of the body `{"id":1}` and, where it is signed, this time. */
const SIGNED_AT = 1_767_268_800
const STRIPE = '47e6af0b4cb71426fd8ad759a62f6cf3c5bb8c1d20e3ee9a079be5caa8cfe5a4'
const PADDLE = '76acb9db6fc4e19c8ccc092ed63216a9154603760922aa11de3ab25028e46439'
const ZEROS = '0'.repeat(64)

describe('a signature', () => {
  const asked = async (provider: string, headers: Record<string, string>, body = '{"id":1}') => {
    const answer = await raw(`${site.domain}/${provider}`, body, headers)
    return answer.status === 200 ? 'passes' : (answer.body as { error: { code: string } }).error.code
  }
  const stripe = (header: string, body?: string) => asked('stripe', { 'stripe-signature': header }, body)
  const paddle = (header: string) => asked('paddle', { 'paddle-signature': header })

  test('is the one that openssl makes', async () => {
    vi.setSystemTime(SIGNED_AT * 1000)
    expect(await stripe(`t=${SIGNED_AT},v1=${STRIPE}`)).toBe('passes')
    expect(await stripe(`t=${SIGNED_AT},v1=${ZEROS},v1=${STRIPE},v0=${ZEROS}`)).toBe('passes')
    expect(await paddle(`ts=${SIGNED_AT};h1=${PADDLE}`)).toBe('passes')
    expect(await paddle(`ts=${SIGNED_AT};h1=${ZEROS};h1=${PADDLE}`)).toBe('passes')
    const shopify = { 'x-shopify-hmac-sha256': '1GxccvotnkOedTjSm8S0m/VA3yAUKshyqT52ccNYHj4=' }
    expect(await asked('shopify', shopify)).toBe('passes')
    const woocommerce = { 'x-wc-webhook-signature': 'J0D731T10W9j8Q73immsKf8Qvc0X+EMdsbQdx1eJ5Zw=' }
    expect(await asked('woocommerce', woocommerce)).toBe('passes')
  })

  test('is of this body, this time and the scheme in use', async () => {
    vi.setSystemTime(SIGNED_AT * 1000)
    expect(await stripe(`t=${SIGNED_AT},v1=${STRIPE}`, '{"id":2}')).toBe('wrong_signature')
    expect(await stripe(`t=${SIGNED_AT + 1},v1=${STRIPE}`)).toBe('wrong_signature')
    const unreadable = [
      `t=${SIGNED_AT},v0=${STRIPE}`,
      `v1=${STRIPE}`,
      `t=x,v1=${STRIPE}`,
      `t=${SIGNED_AT},v1=`,
      `t=${SIGNED_AT},v1=${STRIPE.slice(2)}`,
      't',
      '=',
    ]
    for (const header of unreadable) expect([header, await stripe(header)]).toEqual([header, 'missing_signature'])
    expect(await asked('shopify', { 'x-shopify-hmac-sha256': '!' })).toBe('missing_signature')
  })

  test('is at most five minutes old or ahead', async () => {
    const at = async (seconds: number) => {
      vi.setSystemTime((SIGNED_AT + seconds) * 1000)
      return [await stripe(`t=${SIGNED_AT},v1=${STRIPE}`), await paddle(`ts=${SIGNED_AT};h1=${PADDLE}`)]
    }
    expect(await at(300)).toEqual(['passes', 'passes'])
    expect(await at(301)).toEqual(['outdated_signature', 'outdated_signature'])
    expect(await at(-300)).toEqual(['passes', 'passes'])
    expect(await at(-301)).toEqual(['outdated_signature', 'outdated_signature'])
  })
})

test('addresses, bodies and topics that are none are answered so', async () => {
  expect(await raw(`${site.domain}/square`, '{}')).toEqual(refused(404, 'unknown_provider'))
  expect(await raw(`${site.domain}/constructor`, '{}')).toEqual(refused(404, 'unknown_provider'))
  expect(await raw('nowhere.example/stripe', '{}')).toEqual(refused(404, 'unknown_site'))
  expect(await raw(`${site.domain}/stripe`, ' '.repeat(LIMITS.hookBytes + 1))).toEqual(refused(413, 'body_too_large'))
  for (const body of [null, [], 7]) {
    expect(await deliver(site, { provider: 'stripe', body })).toEqual(refused(400, 'bad_shape'))
  }
  for (const body of [{}, { type: 'customer.created' }, { type: {} }]) {
    expect(await deliver(site, { provider: 'stripe', body })).toMatchObject({
      status: 200,
      body: { accepted: 0, ignored: expect.stringMatching(/^Footfall ignores events of type ".*"\.$/) },
    })
  }
  // What can never be stored is not worth another delivery.
  const empty = { provider: 'stripe', body: { type: 'charge.refunded' } } as const
  expect(await deliver(site, empty)).toMatchObject({ status: 200, body: { accepted: 0, refused: [{ index: 0 }] } })
})

test("a test from Shopify's settings counts nothing", async () => {
  const ignored = { status: 200, body: { accepted: 0, ignored: expect.stringContaining('test') } }
  expect(await deliver(site, { ...ORDERS[2], isTest: true })).toMatchObject(ignored)
  expect(await deliver(site, ORDERS[2])).toEqual(ONE)
})

test("WooCommerce's test of the address passes, even before the secret is set", async () => {
  await patchSite(site, { settings: { webhook_secrets: null } })
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  expect(await raw(`${site.domain}/woocommerce`, 'webhook_id=25', form)).toMatchObject({ status: 200 })
  expect(await raw(`${site.domain}/stripe`, 'webhook_id=25', form)).toEqual(refused(403, 'no_webhook_secret'))
})

const asAdmin = async (method: string, body?: unknown) => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${site.domain}`, {
    method,
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}

test('answers say which secrets are set, and none of them', async () => {
  const shown = async (webhook_secrets: unknown) => {
    const { text } = await asAdmin('PATCH', { settings: { webhook_secrets } })
    const got = await asAdmin('GET')
    expect(JSON.parse(got.text)).toEqual(JSON.parse(text))
    for (const secret of Object.values(WEBHOOK_SECRETS)) expect(text).not.toContain(secret)
    return JSON.parse(text).settings.webhook_secrets
  }
  expect(await shown({})).toEqual({ stripe: true, paddle: true, shopify: true, woocommerce: true })
  expect(await shown({ stripe: true, paddle: true })).toMatchObject({ stripe: true, paddle: true })
  expect(await deliver(site, ORDERS[0])).toEqual(ONE)
  expect(await shown({ stripe: '', paddle: null, shopify: 'x' })).toEqual({ shopify: true, woocommerce: true })
  expect(await shown({ stripe: true })).toEqual({ shopify: true, woocommerce: true })
  expect(await shown(null)).toBeUndefined()
  for (const bad of [
    'x',
    [],
    { square: 'x' },
    { stripe: 7 },
    { stripe: false },
    { stripe: 'x'.repeat(501) },
    { stripe: ' ' },
  ]) {
    expect([bad, (await asAdmin('PATCH', { settings: { webhook_secrets: bad } })).status]).toEqual([bad, 400])
  }
})

test('the ids and addresses that providers send are not stored', async () => {
  for (const webhook of ORDERS) expect(await deliver(site, webhook)).toEqual(ONE)
  const text = (await backup(site)).join('')
  expect(text).toContain('pi_1MoS6fLgUG5tbmjca6AdBPsl')
  expect(
    ['cus_', 'ctm_', '@', 'Jenny', 'John', 'whsec_', '68778783ad298f1c'].filter(part => text.includes(part)),
  ).toEqual([])
})

test('an order that a browser sent too is one order, of its visit, with the amounts of the webhook', async () => {
  clients += 1
  const transaction_id = 'pi_1MoS6fLgUG5tbmjca6AdBPsl'
  await send(
    site,
    browser(clients),
    { i: 1, t: NOON },
    { i: 2, t: NOON, k: 'purchase', o: { transaction_id, value: 999, currency: 'USD' } },
  )
  await deliver(site, { provider: 'stripe', body: CHECKOUT })
  expect(await values('orders', 'revenue', 'sessions', 'visitors')).toEqual([1, 40, 1, 1])
  await deliver(site, ORDERS[3])
  const { rows } = await query(site, { metrics: ['order_coverage'], period: MONTH })
  expect(rows[0]?.metrics.order_coverage).toMatchObject({ value: 0.5, numerator: 1, denominator: 2 })
})

test('Stripe: orders, refunds and subscriptions', async () => {
  const stripe = (body: unknown) => deliver(site, { provider: 'stripe', body })
  const refunds = { type: 'charge.refunded', seconds: CHECKOUT.created + 60, previous: { amount_refunded: 0 } }
  expect(await stripe(stripeBody({ id: 'evt_2', ...refunds }, stripeCharge({ amount_refunded: 1000 })))).toMatchObject(
    ONE,
  )
  expect(await stripe(CHECKOUT)).toEqual(ONE)
  const subscription = stripeSubscriptionObject({}, { cents: 12_000, interval: 'year' })
  expect(await stripe(stripeBody({ id: 'evt_3', type: 'customer.subscription.created' }, subscription))).toEqual(ONE)
  expect(await values('orders', 'gross_revenue', 'refunds', 'mrr')).toEqual([1, 40, 10, 10])
})

test('Stripe: the trial, the subscription and the visit of a user belong to one person', async () => {
  const stripe = (body: unknown) => deliver(site, { provider: 'stripe', body })
  const trial = { mode: 'subscription', payment_status: 'no_payment_required', client_reference_id: 'u_42' }
  const subscription = (kind: string, status: string, seconds: number, previous?: object) =>
    stripeBody(
      {
        id: `evt_${kind}`,
        type: `customer.subscription.${kind}`,
        seconds,
        ...(previous && { previous: { ...previous } }),
      },
      stripeSubscriptionObject({ status }),
    )
  await stripe(subscription('updated', 'active', CHECKOUT.created + 60, { status: 'trialing' }))
  await stripe(subscription('created', 'trialing', CHECKOUT.created))
  await stripe(stripeBody({ id: 'evt_1', type: 'checkout.session.completed' }, stripeSession(trial)))
  await post(site, [{ name: 'page_view', user_id: 'u_42', time: NOON }])
  expect(await values('orders', 'visitors', 'sessions', 'trials', 'mrr', 'customers')).toEqual([0, 1, 1, 1, 20, 1])
})

test('Paddle: orders, refunds and subscriptions', async () => {
  const paddle = (type: string, data: Record<string, unknown>) =>
    deliver(site, { provider: 'paddle', body: paddleBody(`evt_${type}`, type, data) })
  await paddle('adjustment.updated', paddleAdjustment())
  await paddle('transaction.completed', paddleTransaction())
  await paddle('subscription.created', paddleSubscriptionObject())
  expect(await values('orders', 'gross_revenue', 'refunds', 'mrr')).toEqual([1, 599, 0.92, 400])
})

test('Shopify: carts, checkouts, orders and refunds of one customer', async () => {
  const shopify = (topic: string, body: unknown) => deliver(site, { provider: 'shopify', topic, body })
  const one = { variant: 1, quantity: 1 }
  vi.setSystemTime(NOON + 2 * 86_400_000)
  await shopify('refunds/create', shopifyRefund())
  await shopify('orders/paid', shopifyOrder())
  await shopify(
    'carts/update',
    shopifyCart('2026-03-10T11:45:00.000Z', { ...one, quantity: 5 }, { variant: 2, quantity: 1 }),
  )
  await shopify('carts/create', shopifyCart('2026-03-10T11:40:00.000Z', one))
  await shopify('checkouts/create', shopifyCheckout())
  expect(await values('orders', 'gross_revenue', 'refunds', 'visitors', 'cart_abandonment_rate')).toEqual([
    1, 40, 20, 1, 0,
  ])
})

test('WooCommerce: orders and refunds', async () => {
  const woocommerce = (more: Record<string, unknown>) =>
    deliver(site, { provider: 'woocommerce', topic: 'order.updated', body: woocommerceOrder(more) })
  const refunds = [{ id: 726, total: '-7.87' }]
  await woocommerce({ refunds, date_modified_gmt: '2026-03-10T12:30:00' })
  await woocommerce({})
  expect(await values('orders', 'gross_revenue', 'refunds')).toEqual([1, 28, 5.6])
})
