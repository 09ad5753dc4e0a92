import type { RawItem } from './event.ts'
import type { Fact } from './fact.ts'
import type { World } from './facts.ts'
import { isTooLarge } from './money.ts'

const quantities = (items: readonly RawItem[]): Map<string, number> => {
  const byItem = new Map<string, number>()
  for (const { item_id, quantity = 1 } of items) byItem.set(item_id, (byItem.get(item_id) ?? 0) + quantity)
  return byItem
}

/** The number of units of an order returned by its refunds at any time, by item. */
const broughtBack = (sold: ReadonlyMap<string, number>, refunds: readonly Fact[]): Map<string, number> => {
  if (refunds.some(({ event }) => event.items === undefined && event.value === undefined)) return new Map(sold)
  return quantities(refunds.flatMap(({ event }) => event.items ?? []))
}

/**
 * Units of the selected items of an order that were sold and that were returned: never more of an item than
 * were sold.
 */
export const unitsOf = (
  world: World,
  { event: { items = [], transaction_id } }: Fact,
  pickedItem: (item: RawItem) => boolean,
): { readonly sold: number; readonly returned: number } => {
  const refunds = world.facts.filter(
    fact => fact.event.name === 'refund' && fact.event.transaction_id === transaction_id && !isTooLarge(fact, world),
  )
  const sold = quantities(items.filter(pickedItem))
  const returned = broughtBack(sold, refunds)
  const total = (units: Iterable<number>) => [...units].reduce((sum, one) => sum + one, 0)
  return {
    sold: total(sold.values()),
    returned: total([...sold].map(([item, units]) => Math.min(units, returned.get(item) ?? 0))),
  }
}
