import { type RawEvent, timeOf } from './event.ts'

/** The owner of an event: a user, a visitor, or (without any id) an address with its browser on one day. */
export type PersonKey = `user ${string}` | `visitor ${string}` | `fleeting ${string}`

export const isPersistent = (person: PersonKey): boolean => !person.startsWith('fleeting ')

interface Appearance {
  readonly user: string
  readonly since: number
}

/** By visitor id: the users it was ever sent with, by their first joint event. */
const appearances = (events: readonly RawEvent[]): Map<string, Appearance[]> => {
  const first = new Map<string, Map<string, number>>()
  for (const event of events) {
    if (event.visitor_id === undefined || event.user_id === undefined) continue
    const users = first.get(event.visitor_id) ?? new Map<string, number>()
    first.set(event.visitor_id, users)
    users.set(event.user_id, Math.min(users.get(event.user_id) ?? Infinity, timeOf(event)))
  }
  const sorted = new Map<string, Appearance[]>()
  for (const [visitor, users] of first) {
    const list = [...users].map(([user, since]) => ({ user, since }))
    sorted.set(
      visitor,
      list.sort((a, b) => a.since - b.since || (a.user < b.user ? -1 : 1)),
    )
  }
  return sorted
}

/**
 * Returns the owner of an event. An event with a user is that user's; a visitor id that was ever sent
 * together with users belongs to the last one who joined it at or before the event, else to the first.
 */
export const identify = (events: readonly RawEvent[]): ((event: RawEvent) => PersonKey) => {
  const joined = appearances(events)
  return event => {
    if (event.user_id !== undefined) return `user ${event.user_id}`
    if (event.visitor_id === undefined) {
      return `fleeting ${event.ip} ${event.user_agent} ${new Date(timeOf(event)).toISOString().slice(0, 10)}`
    }
    const users = joined.get(event.visitor_id)
    if (!users) return `visitor ${event.visitor_id}`
    const last = users.filter(({ since }) => since <= timeOf(event)).at(-1) ?? users[0]
    return `user ${last?.user}`
  }
}
