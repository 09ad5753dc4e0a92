import { jsonChunks } from '../store/chunks'
import type { Site } from '../store/sites'
import type { Trace } from './store'

/**
 * A message of the queue: what occurrences will leave in the store, made when they came. It holds what the
 * tables will hold: no address and no User-Agent.
 */
export interface Queued {
  readonly site: number
  readonly domain: string
  readonly traces: readonly Trace[]
}

/**
 * A message may have 128 KB, and every 64 KB of it are billed as another.
 * @see https://developers.cloudflare.com/queues/platform/limits/
 */
const BYTES = 64_000

/** Puts traces on the queue, in as many messages as their size takes; when it resolves, they are safe. */
export const enqueue = async (queue: Queue<Queued>, site: Site, traces: readonly Trace[]): Promise<void> => {
  const messages = jsonChunks(traces, BYTES).map(chunk => ({
    site: site.id,
    domain: site.domain,
    traces: JSON.parse(chunk),
  }))
  await Promise.all(messages.map(message => queue.send(message, { contentType: 'json' })))
}
