import { eventDefinition } from '../../shared/events.ts'
import { contextOf, type RawEvent, timeOf, whoOf, withoutContext } from './event.ts'

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Earliest first; at one time the smallest id, then the smallest visitor id. */
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

const transactionOf = ({ name, transaction_id }: RawEvent) => (name === 'purchase' ? transaction_id : undefined)

/** A server's order in the session of the browser that sent it too. */
const inVisitOf = (browser: RawEvent, order: RawEvent): RawEvent => {
  const { visitor_id, user_id, ...rest } = withoutContext(order)
  return { ...rest, ...contextOf(browser), ...whoOf(browser), seen: true }
}

/**
 * The events that count: the earliest with each id, then, among the remaining purchases with one transaction id,
 * the earliest from a server, or without one the earliest from a browser.
 */
export const dedupe = (events: readonly RawEvent[]): RawEvent[] => {
  const once = firstOfEach(events, event => event.id)
  const browsers = new Map(
    firstOfEach(
      once.filter(event => event.fromBrowser && transactionOf(event) !== undefined),
      transactionOf,
    ).map(event => [transactionOf(event), event]),
  )
  const servers = firstOfEach(
    once.filter(event => !event.fromBrowser),
    transactionOf,
  )
  const confirmed = new Set(servers.map(transactionOf))
  const others = once.filter(event => event.fromBrowser && transactionOf(event) === undefined)
  const alone = [...browsers.values()].filter(event => !confirmed.has(transactionOf(event)))
  const orders = servers.map(event => {
    const browser = browsers.get(transactionOf(event))
    return browser && transactionOf(event) !== undefined ? inVisitOf(browser, event) : event
  })
  return [...orders, ...others, ...alone]
}

/** True if an event that counts is money that only a browser sent. */
export const isUnconfirmed = ({ fromBrowser, name }: RawEvent): boolean =>
  fromBrowser === true && eventDefinition(name)?.money === true
