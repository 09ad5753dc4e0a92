import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clockByHand } from '../../integration/clockByHand'
import { runs } from '../../integration/runs'
import { createSite, deleteSite, query } from '../../integration/setup'
import { deliver, WEBHOOK_SECRETS } from '../../webhooks/deliver'
import {
  paddleLife,
  paddleSale,
  shopifyVisit,
  stripeLife,
  stripeSale,
  type WebhookStory,
  woocommerceSale,
} from '../../webhooks/webhookStory'

clockByHand(Date.UTC(2026, 2, 20, 12))

const PERIOD = { from: '2026-03-01', to: '2026-03-31' }
const METRICS = ['orders', 'gross_revenue', 'refunds', 'revenue', 'mrr', 'trials', 'cart_value_abandoned']

/** Each provider with two customers, or two subscriptions. */
const stories = fc.tuple(
  ...[stripeSale, stripeLife, paddleSale, paddleLife, shopifyVisit, woocommerceSale].flatMap((story, n) => [
    story(10 * n + 11),
    story(10 * n + 12),
  ]),
)

/** The webhooks in an order of their own, some of them repeated. */
const plan = stories.chain(stories => {
  const webhooks = stories.flatMap(({ webhooks }) => webhooks)
  const repeated = fc.subarray(webhooks, { maxLength: 10 })
  const sent = repeated.chain(again =>
    fc.shuffledSubarray([...webhooks, ...again], { minLength: webhooks.length + again.length }),
  )
  return fc.tuple(fc.constant(stories), sent)
})

const expected = (stories: readonly WebhookStory[]): number[] => {
  const total = (name: keyof WebhookStory['outcome']) =>
    stories.reduce((sum, { outcome }) => sum + (outcome[name] ?? 0), 0)
  const [orders, gross, refunded] = [total('orders'), total('gross'), total('refunded')]
  return [orders * 100, gross, refunded, gross - refunded, total('mrr'), total('trials') * 100, total('left')]
}

test('webhooks in any order, repeated, give the numbers of what happened', async () => {
  const property = fc.asyncProperty(plan, async ([stories, webhooks]) => {
    const site = await createSite({ currency: 'USD', settings: { webhook_secrets: WEBHOOK_SECRETS } })
    for (const webhook of webhooks) expect((await deliver(site, webhook)).status).toBe(200)
    const { rows } = await query(site, { metrics: METRICS, period: PERIOD })
    const cents = METRICS.map(id => Math.round(100 * (rows[0]?.metrics[id]?.value as number)))
    expect(Object.fromEntries(METRICS.map((id, n) => [id, cents[n]]))).toEqual(
      Object.fromEntries(METRICS.map((id, n) => [id, expected(stories)[n]])),
    )
    await deleteSite(site)
  })
  await fc.assert(property, { numRuns: runs(5), seed: env.TEST_SEED })
})
