import { type RawEvent, timeOf } from './event.ts'
import { minorUnits, worth } from './money.ts'

const majorOf = (minor: number, currency: string) => minor / minorUnits(currency)

/** What is told the same of a transaction by whoever tells of its order. */
const orderOf = ({ value, currency, items }: RawEvent): Partial<RawEvent> => ({
  ...(value !== undefined && { value }),
  ...(currency !== undefined && { currency }),
  ...(items && { items }),
})

const without = ({ value, currency, items, ...rest }: RawEvent): RawEvent => rest

/** Refunds of one order that give back no more than it was worth, one after another; copies are one. */
const withinOrder = (order: RawEvent, refunds: readonly RawEvent[], site: string): Map<RawEvent, RawEvent> => {
  const currency = order.currency ?? site
  const paid = Math.round((order.value ?? worth(order.items ?? [])) * minorUnits(currency))
  let left = paid
  const given = new Map<unknown, Partial<RawEvent>>()
  return new Map(
    refunds.map(refund => {
      const copy = refund.id ?? refund
      const wanted = refund.value === undefined ? paid : Math.round(refund.value * minorUnits(currency))
      const minor = Math.min(wanted, left)
      const whole = refund.value === undefined && minor === paid
      const what = given.get(copy) ?? (whole ? {} : { value: majorOf(minor, currency) })
      if (!given.has(copy)) left -= minor
      given.set(copy, what)
      const { items } = refund
      return [
        refund,
        {
          ...without(refund),
          ...what,
          ...(order.currency !== undefined && { currency: order.currency }),
          ...(items && { items }),
        },
      ]
    }),
  )
}

/**
 * The same events with refunds that no collector refuses, in whatever order it hears of them: all that
 * tell of an order that is refunded tell the same, and its refunds are never more than it was worth.
 */
export const legitimate = (events: readonly RawEvent[], site: string): RawEvent[] => {
  const changed = new Map<RawEvent, RawEvent>()
  for (const [transaction, all] of Map.groupBy(events, ({ transaction_id }) => transaction_id)) {
    const purchases = all.filter(({ name }) => name === 'purchase')
    const refunds = all.filter(({ name }) => name === 'refund')
    const [order] = purchases
    if (transaction === undefined || !order || refunds.length === 0) continue
    for (const purchase of purchases) changed.set(purchase, { ...without(purchase), ...orderOf(order) })
    for (const [refund, allowed] of withinOrder(order, refunds, site)) changed.set(refund, allowed)
  }
  return events.map(event => changed.get(event) ?? event)
}

const SAME_MOMENT = /^subscription_|^survey_response$/

/**
 * Takes out what no document decides: which of two subscription events or answers of one moment is the
 * last. All of one name and moment say the same.
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
