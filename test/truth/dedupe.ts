import { type RawEvent, timeOf } from './event.ts'

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Earliest first; of those at one time the smallest id, then the smallest visitor id. */
const earlier = (a: RawEvent, b: RawEvent) =>
  timeOf(a) - timeOf(b) || compare(a.id ?? '', b.id ?? '') || compare(a.visitor_id ?? '', b.visitor_id ?? '')

const firstOfEach = (events: readonly RawEvent[], key: (event: RawEvent) => string | undefined): RawEvent[] => {
  const first = new Map<string, RawEvent>()
  const rest: RawEvent[] = []
  for (const event of events) {
    const k = key(event)
    if (k === undefined) rest.push(event)
    else {
      const known = first.get(k)
      if (!known || earlier(event, known) < 0) first.set(k, event)
    }
  }
  return [...first.values(), ...rest]
}

/**
 * The events that count: of those with one id the earliest, then of the purchases with one
 * transaction id among what is left the earliest.
 */
export const dedupe = (events: readonly RawEvent[]): RawEvent[] =>
  firstOfEach(
    firstOfEach(events, event => event.id),
    event => (event.name === 'purchase' ? event.transaction_id : undefined),
  )
