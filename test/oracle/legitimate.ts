import { type RawEvent, timeOf } from './event.ts'
import { minorUnits, worth } from './money.ts'

const majorOf = (minor: number, currency: string) => minor / minorUnits(currency)

/** Fields of a transaction that are the same for every sender of its order. */
const orderOf = ({ value, currency, items }: RawEvent): Partial<RawEvent> => ({
  ...(value !== undefined && { value }),
  ...(currency !== undefined && { currency }),
  ...(items && { items }),
})

const without = ({ value, currency, items, ...rest }: RawEvent): RawEvent => rest

/** Refunds of an order, none of which exceeds it, in its currency. */
const withinOrder = (order: RawEvent, refunds: readonly RawEvent[], site: string): Map<RawEvent, RawEvent> => {
  const currency = order.currency ?? site
  const paid = Math.round((order.value ?? worth(order.items ?? [])) * minorUnits(currency))
  return new Map(
    refunds.map(refund => {
      const { value, items } = refund
      const minor = Math.min(Math.round((value ?? 0) * minorUnits(currency)), paid)
      return [
        refund,
        {
          ...without(refund),
          ...(value !== undefined && { value: majorOf(minor, currency) }),
          ...(order.currency !== undefined && { currency: order.currency }),
          ...(items && { items }),
        },
      ]
    }),
  )
}

/**
 * The same events with refunds that no collector rejects, in any order of arrival: all servers that send a
 * refunded order send the same, and none of its refunds exceeds it. Together they can. An order that
 * only browsers send, and its refunds, may have any values.
 */
export const legitimate = (events: readonly RawEvent[], site: string): RawEvent[] => {
  const changed = new Map<RawEvent, RawEvent>()
  for (const [transaction, all] of Map.groupBy(events, ({ transaction_id }) => transaction_id)) {
    const purchases = all.filter(({ name, fromBrowser }) => name === 'purchase' && !fromBrowser)
    const refunds = all.filter(({ name }) => name === 'refund')
    const [order] = purchases
    if (transaction === undefined || !order || refunds.length === 0) continue
    for (const purchase of purchases) changed.set(purchase, { ...without(purchase), ...orderOf(order) })
    for (const [refund, allowed] of withinOrder(order, refunds, site)) changed.set(refund, allowed)
  }
  return apart(events.map(event => changed.get(event) ?? event))
}

/**
 * Removes cases that the documents leave open: which of two refunds of one order, or of two browsers that send it, is
 * earlier when both have the same time.
 */
const apart = (events: readonly RawEvent[]): RawEvent[] => {
  const taken = new Set<string>()
  return events.map(event => {
    if (event.name !== 'refund' && !(event.fromBrowser && event.name === 'purchase')) return event
    let time = timeOf(event)
    const key = () => `${event.name} ${event.transaction_id} ${time}`
    while (taken.has(key())) time++
    taken.add(key())
    return time === timeOf(event) ? event : { ...event, time }
  })
}

const SAME_MOMENT = /^subscription_|^survey_response$/

/**
 * Removes cases that the documents leave open: which of two subscription events or answers at one moment is
 * last. All with one name and moment are equal.
 */
export const agreed = (events: readonly RawEvent[]): RawEvent[] => {
  const said = new Map<string, Partial<RawEvent>>()
  return events.map(event => {
    if (!SAME_MOMENT.test(event.name)) return event
    const { value, currency, properties, ...rest } = event
    const key = `${event.name} ${timeOf(event)}`
    const what = said.get(key) ?? {
      ...(value !== undefined && { value }),
      ...(currency !== undefined && { currency }),
      ...(properties && { properties }),
    }
    said.set(key, what)
    return { ...rest, ...what }
  })
}
