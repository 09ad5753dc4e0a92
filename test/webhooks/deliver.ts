import { exports } from 'cloudflare:workers'
import type { WebhookProvider } from '../../shared/webhookProviders'
import type { TestSite } from '../integration/setup'

export const WEBHOOK_SECRETS: Readonly<Record<WebhookProvider, string>> = {
  stripe: 'whsec_test',
  paddle: 'pdl_ntfset_test',
  shopify: 'shpss_test',
  woocommerce: 'woo_test',
}

const encoder = new TextEncoder()

const sign = async (secret: string, text: string): Promise<Uint8Array> => {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text)))
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))

/** A webhook as a test sends it. */
export interface SentWebhook {
  readonly provider: WebhookProvider
  readonly body: unknown
  /** Of providers that name it in a header. */
  readonly topic?: string
  /** Whether the owner sends a test from the provider's settings. */
  readonly isTest?: boolean
}

/** The headers of a webhook, as its provider signs it. */
const headersOf = async (
  { provider, topic = '', isTest = false }: SentWebhook,
  text: string,
): Promise<Record<string, string>> => {
  const secret = WEBHOOK_SECRETS[provider]
  const seconds = Math.floor(Date.now() / 1000)
  switch (provider) {
    case 'stripe':
      return { 'stripe-signature': `t=${seconds},v1=${hex(await sign(secret, `${seconds}.${text}`))},v0=00` }
    case 'paddle':
      return { 'paddle-signature': `ts=${seconds};h1=${hex(await sign(secret, `${seconds}:${text}`))}` }
    case 'shopify':
      return {
        'x-shopify-hmac-sha256': base64(await sign(secret, text)),
        'x-shopify-topic': topic,
        ...(isTest && { 'x-shopify-test': 'true' }),
      }
    case 'woocommerce':
      return { 'x-wc-webhook-signature': base64(await sign(secret, text)), 'x-wc-webhook-topic': topic }
  }
}

/** Sends a webhook with its signature. */
export const deliver = async (
  { domain }: TestSite,
  webhook: SentWebhook,
  headers?: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> => {
  const text = JSON.stringify(webhook.body)
  const response = await exports.default.fetch(`https://stats.example/hooks/${domain}/${webhook.provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(headers ?? (await headersOf(webhook, text))) },
    body: text,
  })
  return { status: response.status, body: await response.json() }
}
