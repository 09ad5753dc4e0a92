import { knownEvent } from '../../../../shared/events'
import type { MoneySource } from '../../metric'
import type { Builder } from '../builder'
import { int } from '../int'
import { refundAmount, refundCurrency } from '../refundAmount'
import type { Relation } from '../relation'
import { factRows } from './facts'

const PURCHASE = knownEvent('purchase')
const REFUND = knownEvent('refund')

/** Amounts of one currency. */
const moneyRows = (b: Builder, names: readonly number[], sources: readonly MoneySource[]): string => {
  const refunds = names.includes(REFUND)
  const ofRefund = (amount: string, plain: string): string =>
    refunds ? `case f.name when ${int(REFUND)} then ${amount} else ${plain} end` : plain
  const value = ofRefund(refundAmount(b, 'f'), 'f.value')
  const currency = ofRefund(refundCurrency(b, 'f'), 'f.currency')
  return factRows(b, 'events', {
    columns: `f.name, ${value} as value, case f.name when ${int(REFUND)} then -1 else 1 end as sign`,
    only: ` and e.name in (${names.map(int).join(', ')})`,
    conditions: [`${currency} = ${b.bind(b.currency(sources))}`],
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
export const ordersOfCurrency = (sources: readonly MoneySource[]): Relation =>
  relation('orders_of_currency', [PURCHASE], sources)
export const ORDERS_OF_CURRENCY = ordersOfCurrency(['orders'])
export const REFUNDS_OF_CURRENCY = relation('refunds_of_currency', [REFUND])
/** Both, a refund with the sign −1. */
export const MONEY_OF_CURRENCY = relation('money_of_currency', [PURCHASE, REFUND])
