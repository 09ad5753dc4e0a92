import { jsonChunks } from '../../storage/chunks'
import type { Site } from '../../storage/sites'
import type { EnrichedEvent } from './storeEvents'

/**
 * A message of the queue: what occurrences will leave in the store, made when they came. It holds what the
 * tables will hold: no address and no User-Agent.
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

/** Puts traces on the queue, in as many messages as their size takes; when it resolves, they are safe. */
export const enqueue = async (
  queue: Queue<QueuedEvents>,
  site: Site,
  traces: readonly EnrichedEvent[],
): Promise<void> => {
  const messages = jsonChunks(traces, BYTES).map(chunk => ({
    site: site.id,
    domain: site.domain,
    traces: JSON.parse(chunk),
  }))
  await Promise.all(messages.map(message => queue.send(message, { contentType: 'json' })))
}
