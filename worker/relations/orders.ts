import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import type { Confirmation } from './sql/confirmed'
import { countedRefunds } from './sql/countedRefunds'
import { ordersOfPeriod } from './sql/customerEvents'
import { refundsOfTransactions } from './sql/tables'
import type { MoneySource } from './terms'

/**
 * The refunds of orders, at any time.
 * @param from a table with the `transaction_id` of each order
 */
export const refundsOf = (b: Builder, from: string, confirmation: Confirmation): string => {
  const refunds = refundsOfTransactions(b, `select transaction_id from ${from}`, confirmation)
  return countedRefunds(b, 'refunds_of_orders_of_period', refunds, confirmation)
}

/** One row per order and item: units sold, and how many of them were returned. */
const lines = (b: Builder, confirmation: Confirmation): string => {
  const from = ordersOfPeriod(b, confirmation)
  const refunds = refundsOf(b, from, confirmation)
  return b.table(
    'order_lines',
    () => `select o.person, o.time, o.id, o.name, o.active, o.page, o.seen, o.depth, o.clicks, o.currency, o.value,
  o.transaction_id, o.properties, o.item as items, o.sold,
  min(o.sold, coalesce(sum(
    case
      when r.items is not null then coalesce((
        select sum(one.value->>'quantity') from json_each(r.items) one where one.value->>'item_id' is o.item_id
      ), 0)
      when r.whole then o.sold
      else 0
    end
  ), 0)) as returned
from (
  select o.*, one.value->>'item_id' as item_id, json_array(json(one.value)) as item, sum(one.value->>'quantity') as sold
  from ${from} o
  cross join json_each(o.items) one
  group by o.transaction_id, one.value->>'item_id'
) o
left join ${refunds} r on r.transaction_id = o.transaction_id and not r.too_large
group by o.transaction_id, o.item_id`,
  )
}

export const orderLines = (confirmation: Confirmation): Relation => ({
  key: `order_lines/${confirmation}`,
  rows: b => factRows(b, 'events', { columns: 'f.sold, f.returned', from: lines(b, confirmation) }),
})

/**
 * Orders in one currency with the refunded part of their value. Used for metrics by the order's own date.
 */
export const refundedOrders = (
  b: Builder,
  sources: readonly MoneySource[],
  confirmation: Confirmation = 'all',
): string => {
  const from = ordersOfPeriod(b, confirmation)
  const refunds = refundsOf(b, from, confirmation)
  return b.table(
    'refunded_orders',
    () => `select o.*, min(o.value, coalesce(sum(r.value), 0)) as refunded
from ${from} o
left join ${refunds} r on r.transaction_id = o.transaction_id and r.currency = o.currency
where o.currency = ${b.bind(b.currency(sources))}
group by o.transaction_id`,
  )
}

export const ordersWithRefunds = (confirmation: Confirmation): Relation => ({
  key: `orders_with_refunds/${confirmation}`,
  rows: b =>
    factRows(b, 'events', {
      columns: 'f.value, f.refunded',
      from: refundedOrders(b, ['orders'], confirmation),
    }),
})
