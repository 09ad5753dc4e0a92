import { logFailure } from '../../lib/log'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { Caches } from '../../storage/caches'
import { isTooBusy } from '../../storage/isTooBusy'
import type { Site } from '../../storage/sites'
import type { IncomingEvent } from '../parse/incomingEvent'
import { REFUND } from '../validate/validateRefunds'
import { enqueue, type QueuedEvents } from './queuedEvents'
import { type EnrichedEvent, enrichEvents, storeEnrichedEvents, storeEvents } from './storeEvents'

/** How long a database that was too busy is left alone, milliseconds. Each isolate finds that out for itself. */
const REST = 5_000

const isResting = ({ busyUntil }: Caches, now: number): boolean => now < busyUntil && now > busyUntil - 2 * REST

/**
 * Stores a beacon's occurrences, or, when D1 is too busy for them and there is a queue, puts them there. What comes
 * in the next seconds goes there at once, so that a burst reaches D1 in batches. A queue that takes nothing is passed
 * by, too.
 * @throws Problem `refund_too_large`
 */
export const storeOrQueue = async (
  db: CachedDatabase,
  queue: Queue<QueuedEvents> | undefined,
  site: Site,
  occurrences: readonly IncomingEvent[],
): Promise<void> => {
  // A refund of more than its whole order is refused, which takes a look at what is stored.
  if (occurrences.some(({ name }) => name === REFUND)) {
    await storeEvents(db, site, occurrences)
    return
  }
  const traces = await enrichEvents(db, site, occurrences)
  if (queue) await storeOrEnqueue(db, queue, site, traces)
  else await storeEnrichedEvents(db, site.id, traces)
}

const storeOrEnqueue = async (
  db: CachedDatabase,
  queue: Queue<QueuedEvents>,
  site: Site,
  traces: readonly EnrichedEvent[],
): Promise<void> => {
  if (isResting(db.caches, Date.now())) {
    try {
      return await enqueue(queue, site, traces)
    } catch (error) {
      logFailure(error, { job: 'queue', site: site.domain })
    }
  }
  try {
    await storeEnrichedEvents(db, site.id, traces)
  } catch (error) {
    if (!isTooBusy(error)) throw error
    db.caches.busyUntil = Date.now() + REST
    logFailure(error, { job: 'queue', site: site.domain })
    await enqueue(queue, site, traces)
  }
}
