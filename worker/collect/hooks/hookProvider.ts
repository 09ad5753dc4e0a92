import type { WebhookProvider } from '../../../shared/webhookProviders'
import type { Fields } from '../parse/fields'
import type { HookResult } from './hookResult'
import type { Signature } from './signature'

/** What a provider's webhooks look like. */
export interface HookProvider {
  readonly id: WebhookProvider
  /** As the provider calls itself. */
  readonly name: string
  /** The header with the signature. */
  readonly signatureHeader: string
  /** Reads that header. The body is as it was sent. */
  readonly signatureOf: (header: string | null, body: string) => Signature | null
  /** The header that names the topic, where the body does not. */
  readonly topicHeader?: string
  /** The header that is "true" when the owner sends a test from the provider's settings. */
  readonly testHeader?: string
  /** Whether a body only tests that the address answers. It has no signature and says nothing. */
  readonly isPing?: (body: string) => boolean
  /** What a webhook reports. It depends on nothing else, so that deliveries may be repeated and come in any order. */
  readonly read: (body: Fields, topic: string) => HookResult
}
