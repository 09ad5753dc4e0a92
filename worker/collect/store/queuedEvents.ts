import { jsonChunks } from '../../storage/chunks'
import type { SiteConfig } from '../../storage/siteConfig'
import type { EnrichedEvent } from './storeEvents'

/**
 * A message of the queue: the rows of events, made when they arrived. It holds what the tables hold: no address and no
 * User-Agent. The names outlive a release, since messages wait during an upgrade.
 */
export interface QueuedEvents {
  readonly site: number
  readonly domain: string
  readonly traces: readonly EnrichedEvent[]
}

/**
 * A message may have 128 KB, and every 64 KB of it are billed as another.
 * @see https://developers.cloudflare.com/queues/platform/limits/
 */
const BYTES = 64_000

/** Puts events on the queue, in as many messages as their size takes. Once it resolves, they are safe. */
export const enqueue = async (
  queue: Queue<QueuedEvents>,
  site: SiteConfig,
  enriched: readonly EnrichedEvent[],
): Promise<void> => {
  const messages = jsonChunks(enriched, BYTES).map(chunk => ({
    site: site.id,
    domain: site.domain,
    traces: JSON.parse(chunk),
  }))
  await Promise.all(messages.map(message => queue.send(message, { contentType: 'json' })))
}
