import { knownEvent } from '../../../../shared/events'
import type { MoneySource } from '../../metric'
import { type Builder, int } from '../builder'
import type { Relation } from '../relation'
import { factRows } from './facts'

const PURCHASE = knownEvent('purchase')
const REFUND = knownEvent('refund')

/** Amounts of one currency; a refund without a value gives back its whole order, in the order's currency. */
const moneyRows = (b: Builder, names: readonly number[], sources: readonly MoneySource[]): string => {
  const isRefund = `f.name = ${int(REFUND)}`
  // The earliest purchase of a transaction is the order: see the view orders.
  const ofOrder = (position: number): string => `(
    select p.amounts->>${position} from purchases p
    where ${isRefund} and p.site = ${b.bind(b.scope.site)} and p.transaction_id = f.transaction_id
    order by p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  )`
  const refunds = names.includes(REFUND)
  const amount = (column: string, position: number): string =>
    refunds ? `coalesce(f.${column}, ${ofOrder(position)})` : `f.${column}`
  return factRows(b, 'events', {
    columns: `f.name, ${amount('value', 2)} as value, case when ${isRefund} then -1 else 1 end as sign`,
    only: ` and e.name in (${names.map(int).join(', ')})`,
    conditions: [`${amount('currency', 1)} = ${b.bind(b.currency(sources))}`],
  })
}

const relation = (key: string, names: readonly number[], sources: readonly MoneySource[] = ['orders']): Relation => ({
  key: `${key}/${sources}`,
  rows: b => moneyRows(b, names, sources),
})

/** Orders of any currency, one row each. */
export const ORDERS: Relation = {
  key: 'orders',
  rows: b => factRows(b, 'events', { columns: 'f.value', only: ` and e.name = ${int(PURCHASE)}` }),
}

/** Orders of the one currency that is added. */
export const ORDERS_OF_CURRENCY = relation('orders_of_currency', [PURCHASE])
export const REFUNDS_OF_CURRENCY = relation('refunds_of_currency', [REFUND])
/** Both, a refund with the sign −1. */
export const MONEY_OF_CURRENCY = relation('money_of_currency', [PURCHASE, REFUND])
