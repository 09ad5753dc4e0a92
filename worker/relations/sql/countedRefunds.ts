import type { Builder } from './builder'
import { type Confirmation, isOnlyConfirmed } from './confirmed'

/**
 * The order of a transaction as a JSON list: currency, value, the total paid, and items. It is the purchase that the
 * view `orders` selects; null if there is none or its raw events were deleted.
 */
const orderOf = (b: Builder, transaction: string, confirmation: Confirmation): string => {
  const paid = [2, 3, 4].map(n => `coalesce(p.amounts->>${n}, 0)`).join(' + ')
  return `(
    select case when p.amounts != '[]' then json_array(p.amounts->>1, p.amounts->>2, ${paid}, p.amounts->>5) end
    from purchases p
    where p.site = ${b.bind(b.scope.site)} and p.transaction_id = ${transaction}${isOnlyConfirmed(b, confirmation) ? ' and p.browser = 0' : ''}
    order by p.browser, p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  )`
}

/**
 * The part of an order that the refunded items are: by price and quantity, or by quantity if it has no prices; 1 if it
 * has no items.
 */
const PART = (() => {
  const weight = (alias: string, quantity: string): string =>
    `coalesce(${alias}.value->>'price', 1) * (${quantity}.value->>'quantity')`
  const back = `coalesce((
      select sum((
        select ${weight('sold', 'back')} from json_each(of_order->>3) sold
        where sold.value->>'item_id' is back.value->>'item_id' limit 1
      )) from json_each(items) back
    ), 0)`
  const sold = `nullif((select sum(${weight('sold', 'sold')}) from json_each(of_order->>3) sold), 0)`
  return `coalesce(min(1.0, ${back} * 1.0 / ${sold}), 1.0)`
})()

/** A refund without a value is worth its items' part of the order's value, or without items all of it. */
const WORTH = `coalesce(value, case when items is null then of_order->>1 else cast(round((of_order->>1) * ${PART}) as integer) end)`

/**
 * Refunds with the amount of each, in minor units, as `value`. The refunds of an order never add up to more than was
 * paid for it, tax and shipping included; the earliest count first, so that the order of arrival does not matter. A
 * refund of more than its whole order is a mistake: it counts 0 and is `too_large`. One without value and items refunds
 * the `whole` order. If the order is unknown or in another currency, a refund counts as it is.
 * @param name of the common table
 * @param refunds SQL of refunds with the columns of facts, complete for each transaction among them
 */
export const countedRefunds = (b: Builder, name: string, refunds: string, confirmation: Confirmation): string =>
  b.manyRows(
    name,
    () => `select person, time, id, name, active, page, seen, depth, clicks, currency,
  case when paid is null then worth else min(so_far, paid) - min(so_far - worth, paid) end as value,
  transaction_id, items, properties, too_large, whole_order as whole
from (
  select *, sum(worth) over (
    partition by transaction_id, paid is null order by time, id, person rows unbounded preceding
  ) as so_far
  from (
    select person, time, id, name, active, page, seen, depth, clicks, transaction_id, items, properties,
      coalesce(currency, of_order->>0) as currency, paid, coalesce(whole > paid, 0) as too_large,
      value is null and items is null as whole_order,
      case when whole > paid then 0 else whole end as worth
    from (
      select *, ${WORTH} as whole, case when coalesce(currency, of_order->>0) = of_order->>0 then of_order->>2 end as paid
      from (
        select r.*, ${orderOf(b, 'r.transaction_id', confirmation)} as of_order
        from (
${refunds}
        ) r
      )
    )
  )
)`,
  )
