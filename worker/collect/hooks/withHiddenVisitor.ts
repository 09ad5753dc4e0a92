import type { WebhookProvider } from '../../../shared/webhookProviders'
import { hmacKey, keyedHash47 } from '../../lib/hash'
import type { SiteConfig } from '../../storage/siteConfig'
import type { HookEvent } from './hookResult'

/**
 * An event with a keyed hash in place of the provider's id of the customer. A visitor_id is stored as it is sent, and the
 * provider's would lead to the customer's account.
 */
export const withHiddenVisitor = async (
  event: HookEvent,
  provider: WebhookProvider,
  { secret }: SiteConfig,
): Promise<HookEvent> => {
  const { visitor_id: visitor } = event
  if (visitor === undefined) return event
  const hidden = await keyedHash47(await hmacKey(secret), `${provider}\n${visitor}`)
  return { ...event, visitor_id: `${provider}:${hidden}` }
}
