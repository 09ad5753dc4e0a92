import { logFailure } from '../../lib/log'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { Caches } from '../../storage/caches'
import { isTooBusy } from '../../storage/isTooBusy'
import type { SiteConfig } from '../../storage/siteConfig'
import type { IncomingEvent } from '../parse/incomingEvent'
import { REFUND } from '../validate/validateRefunds'
import { enqueue, type QueuedEvents } from './queuedEvents'
import { type EnrichedEvent, enrichEvents, storeBeacon, storeEvents } from './storeEvents'

/** How long a database that was too busy is left alone, milliseconds. Each isolate finds that out for itself. */
const REST = 5_000

const isResting = ({ busyUntil }: Caches, now: number): boolean => now < busyUntil && now > busyUntil - 2 * REST

/**
 * Stores a beacon's events or, where there is a queue, puts them on it when the database is too busy for them. In the next
 * seconds events go to the queue at once, so that a burst reaches the database in batches. Events that the queue does not
 * take are stored directly.
 * @throws Problem `refund_too_large`
 */
export const storeOrQueue = async (
  db: CachedDatabase,
  queue: Queue<QueuedEvents> | undefined,
  site: SiteConfig,
  events: readonly IncomingEvent[],
): Promise<void> => {
  // Refunds are validated against stored orders, which the queue cannot do.
  if (events.some(({ name }) => name === REFUND)) {
    await storeEvents(db, site, events)
    return
  }
  const enriched = await enrichEvents(db, site, events)
  if (queue) await storeOrEnqueue(db, queue, site, enriched)
  else await storeBeacon(db, site.id, enriched)
}

const storeOrEnqueue = async (
  db: CachedDatabase,
  queue: Queue<QueuedEvents>,
  site: SiteConfig,
  enriched: readonly EnrichedEvent[],
): Promise<void> => {
  if (isResting(db.caches, Date.now())) {
    try {
      return await enqueue(queue, site, enriched)
    } catch (error) {
      logFailure(error, { job: 'queue', site: site.domain })
    }
  }
  try {
    await storeBeacon(db, site.id, enriched)
  } catch (error) {
    if (!isTooBusy(error)) throw error
    db.caches.busyUntil = Date.now() + REST
    logFailure(error, { job: 'queue', site: site.domain })
    await enqueue(queue, site, enriched)
  }
}
