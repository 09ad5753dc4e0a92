import { knownEvent } from '../../../../shared/events'
import type { MoneySource } from '../../metric'
import type { Builder } from '../builder'
import { int } from '../int'
import { refundAmount } from '../refundAmount'
import type { Relation } from '../relation'
import { factsBetween } from '../tables'
import { factRows } from './facts'

const PURCHASE = knownEvent('purchase')
const REFUND = knownEvent('refund')

/** The refunds `r` of an order `o`, whenever they were. */
const refundsOf = (b: Builder): string =>
  `events r indexed by refunds_of_orders where r.site = ${b.bind(b.scope.site)} and r.name = ${int(REFUND)} and r.transaction_id = o.transaction_id`

/** Orders of the period. */
const orders = (b: Builder): string =>
  b.table('orders_of_period', () => {
    const { from, to } = b.scope.range
    return factsBetween(b, 'events', from, to, ` and e.name = ${int(PURCHASE)}`)
  })

/** One row an order and item: how many were sold, and how many of them came back. */
const lines = (b: Builder): string => {
  const from = orders(b)
  return b.table(
    'order_lines',
    () => `select o.person, o.time, o.id, o.name, o.active, o.page, o.seen, o.depth, o.clicks, o.currency, o.value,
  o.transaction_id, o.properties, o.item as items, o.sold,
  min(o.sold, coalesce((
    select sum(case
      when r.items is not null then coalesce((
        select sum(one.value->>'quantity') from json_each(r.items) one where one.value->>'item_id' is o.item_id
      ), 0)
      when r.value is null then o.sold
      else 0
    end)
    from ${refundsOf(b)}
  ), 0)) as returned
from (
  select o.*, one.value->>'item_id' as item_id, json_array(json(one.value)) as item, sum(one.value->>'quantity') as sold
  from ${from} o
  cross join json_each(o.items) one
  group by o.transaction_id, one.value->>'item_id'
) o`,
  )
}

export const ORDER_LINES: Relation = {
  key: 'order_lines',
  rows: b => factRows(b, 'events', { columns: 'f.sold, f.returned', from: lines(b) }),
}

/**
 * Orders of one currency with what of their value was given back; not more than all of it. Used for what
 * belongs to the order's own date.
 */
export const refundedOrders = (b: Builder, sources: readonly MoneySource[]): string => {
  const from = orders(b)
  return b.table(
    'refunded_orders',
    () => `select o.*, min(o.value, coalesce((
    select sum(${refundAmount(b, 'r')}) from ${refundsOf(b)} and coalesce(r.currency, o.currency) = o.currency
  ), 0)) as refunded
from ${from} o
where o.currency = ${b.bind(b.currency(sources))}`,
  )
}

export const ORDERS_WITH_REFUNDS: Relation = {
  key: 'orders_with_refunds',
  rows: b => factRows(b, 'events', { columns: 'f.value, f.refunded', from: refundedOrders(b, ['orders']) }),
}
