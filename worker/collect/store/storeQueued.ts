import { logFailure } from '../../lib/log'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import { isDailyQuotaExceeded } from '../../storage/isDailyQuotaExceeded'
import { isTooBusy } from '../../storage/isTooBusy'
import { findSite } from '../../storage/sites'
import { completeEvent } from './completeEvent'
import type { QueuedEvents } from './queuedEvents'
import { type EnrichedEvent, storeEnrichedEvents } from './storeEvents'

type Messages = readonly Message<QueuedEvents>[]

/**
 * Events that can be stored at once, in the order of their messages. A record under two visitor ids was sent again from
 * another address, and is recognized as a duplicate only when the first is stored before it.
 */
const groupsOf = (messages: Messages): EnrichedEvent[][] => {
  let visitors = new Map<number, number>()
  let group: EnrichedEvent[] = []
  const groups = [group]
  for (const { body } of messages) {
    const facts = body.traces.flatMap(({ fact }) => fact ?? [])
    if (facts.some(({ id, visitor }) => (visitors.get(id) ?? visitor) !== visitor)) {
      visitors = new Map()
      group = []
      groups.push(group)
    }
    for (const { id, visitor } of facts) visitors.set(id, visitor)
    group.push(...body.traces)
  }
  return groups
}

const storeAll = async (db: CachedDatabase, { site, domain }: QueuedEvents, messages: Messages): Promise<void> => {
  // Events of a site that was deleted meanwhile are discarded.
  if ((await findSite(db, domain))?.id !== site) return
  for (const traces of groupsOf(messages)) await storeEnrichedEvents(db, site, traces.map(completeEvent))
}

/** Stores the messages of one site together, or each alone when one of them fails. */
const storeOf = async (db: CachedDatabase, messages: Messages): Promise<void> => {
  const [first] = messages
  if (!first) return
  try {
    await storeAll(db, first.body, messages)
    for (const message of messages) message.ack()
  } catch (error) {
    if (messages.length > 1 && !isTooBusy(error) && !isDailyQuotaExceeded(error)) {
      for (const message of messages) await storeOf(db, [message])
      return
    }
    logFailure(error, { job: 'queue' })
    for (const message of messages) message.retry()
  }
}

/**
 * Stores messages of the queue, with one write for each site. A message that arrives twice changes nothing the second
 * time; one that cannot be stored now stays on the queue.
 */
export const storeQueued = async (db: CachedDatabase, { messages }: MessageBatch<QueuedEvents>): Promise<void> => {
  const inOrder = messages.toSorted((one, other) => one.timestamp.getTime() - other.timestamp.getTime())
  for (const ofSite of Map.groupBy(inOrder, ({ body }) => body.site).values()) await storeOf(db, ofSite)
}
