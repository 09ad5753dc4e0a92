import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EMPTY_SETTINGS } from '../../../shared/settings'
import { WEBHOOK_PROVIDERS } from '../../../shared/webhookProviders'
import { paddleBody, paddleSubscriptionObject, paddleTransaction } from '../../../test/webhooks/paddleBodies'
import { shopifyCart, shopifyCheckout, shopifyOrder, shopifyRefund } from '../../../test/webhooks/shopifyBodies'
import { stripeBody, stripeCharge, stripeSession, stripeSubscriptionObject } from '../../../test/webhooks/stripeBodies'
import { woocommerceOrder } from '../../../test/webhooks/woocommerceBodies'
import { Problem } from '../../lib/problem'
import { isFields } from '../parse/fields'
import { parseEvent } from '../parse/parseEvent'
import { HOOK_PROVIDERS, hookProviderOf } from './hookProviders'

test('every provider has an address', () => {
  expect(WEBHOOK_PROVIDERS.map(id => hookProviderOf(id)?.id)).toEqual(WEBHOOK_PROVIDERS)
  expect(['', 'Stripe', 'constructor', '__proto__'].map(hookProviderOf)).toEqual([null, null, null, null])
})

const SITE = {
  id: 1,
  domain: 'shop.example',
  name: 'Shop',
  timezone: 'UTC',
  currency: 'EUR',
  settings: EMPTY_SETTINGS,
  secret: '',
  created: 0,
  keptFrom: 0,
  keptDay: 0,
  store: 'd1',
  imported: null,
} as const

const stripeOf = (type: string, object: Record<string, unknown>) =>
  ['stripe', '', stripeBody({ id: 'evt_1', type, previous: { items: {} } }, object)] as const
const paddleOf = (type: string, data: Record<string, unknown>) =>
  ['paddle', '', paddleBody('evt_1', type, data)] as const

const WEBHOOKS = [
  stripeOf('checkout.session.completed', stripeSession()),
  stripeOf('charge.refunded', stripeCharge({ amount_refunded: 10 })),
  stripeOf('customer.subscription.updated', stripeSubscriptionObject()),
  paddleOf('transaction.completed', paddleTransaction()),
  paddleOf('subscription.updated', paddleSubscriptionObject()),
  ['shopify', 'orders/paid', shopifyOrder()],
  ['shopify', 'refunds/create', shopifyRefund()],
  ['shopify', 'checkouts/create', shopifyCheckout()],
  ['shopify', 'carts/update', shopifyCart('2026-03-10T11:45:00.000Z', { variant: 1, quantity: 2 })],
  ['woocommerce', 'order.updated', woocommerceOrder({ refunds: [{ id: 1, total: '-1.00' }] })],
] as const

/** The body with some of its values, at any depth, replaced. */
const spoiled = (body: unknown): fc.Arbitrary<unknown> => {
  const kept = (): fc.Arbitrary<unknown> => {
    if (Array.isArray(body)) return fc.tuple(...body.map(spoiled))
    if (!isFields(body)) return fc.constant(body)
    return fc.record(Object.fromEntries(Object.entries(body).map(([name, value]) => [name, spoiled(value)])))
  }
  return fc.oneof({ weight: 14, arbitrary: kept() }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) })
}

test.each(WEBHOOKS)(
  'a spoiled webhook of %s %s is ignored with a sentence, or its events are valid or refused with a problem',
  (provider, topic, body) => {
    fc.assert(
      fc.property(spoiled(body), sent => {
        const result = HOOK_PROVIDERS[provider].read(isFields(sent) ? sent : {}, topic)
        if ('ignored' in result) expect(result.ignored).toMatch(/\.$/)
        for (const event of 'events' in result ? result.events : []) {
          try {
            parseEvent(event, SITE, Date.UTC(2026, 2, 20))
          } catch (error) {
            expect(error).toBeInstanceOf(Problem)
          }
        }
      }),
      { numRuns: 100, seed: 1 },
    )
  },
)
