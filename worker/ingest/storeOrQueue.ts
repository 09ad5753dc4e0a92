import { logFailure } from '../log'
import type { Site } from '../store/sites'
import { isTooBusy } from '../store/tooBusy'
import type { Occurrence } from './occurrence'
import { enqueue, type Queued } from './queued'
import { REFUND } from './refund'
import { store, storeTraces, type Trace, tracesOf } from './store'

/** How long D1 is left alone once it was too busy, milliseconds: each isolate finds that out for itself. */
const REST = 5_000
let restUntil = 0

const isResting = (now: number): boolean => now < restUntil && now > restUntil - 2 * REST

/**
 * Stores a beacon's occurrences, or, when D1 is too busy for them and there is a queue, puts them there. What comes
 * in the next seconds goes there at once, so that a burst reaches D1 in batches. A queue that takes nothing is passed
 * by, too.
 * @throws Problem `refund_too_large`
 */
export const storeOrQueue = async (
  db: D1Database,
  queue: Queue<Queued> | undefined,
  site: Site,
  occurrences: readonly Occurrence[],
): Promise<void> => {
  // A refund of more than its whole order is refused, which takes a look at what is stored.
  if (occurrences.some(({ name }) => name === REFUND)) {
    await store(db, site, occurrences)
    return
  }
  const traces = await tracesOf(db, site, occurrences)
  if (queue) await storeOrEnqueue(db, queue, site, traces)
  else await storeTraces(db, site.id, traces)
}

const storeOrEnqueue = async (
  db: D1Database,
  queue: Queue<Queued>,
  site: Site,
  traces: readonly Trace[],
): Promise<void> => {
  if (isResting(Date.now())) {
    try {
      return await enqueue(queue, site, traces)
    } catch (error) {
      logFailure(error, { job: 'queue', site: site.domain })
    }
  }
  try {
    await storeTraces(db, site.id, traces)
  } catch (error) {
    if (!isTooBusy(error)) throw error
    restUntil = Date.now() + REST
    logFailure(error, { job: 'queue', site: site.domain })
    await enqueue(queue, site, traces)
  }
}
