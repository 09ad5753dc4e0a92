import { knownEvent } from '../../shared/events'
import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { type Believed, onlyConfirmed } from './sql/confirmed'
import { countedRefunds } from './sql/countedRefunds'
import { isNamed } from './sql/eventNames'
import { int } from './sql/int'
import { inPeriod } from './sql/shape'
import { factsBetween, refundsOfTransactions } from './sql/tables'
import type { MoneySource } from './terms'

const PURCHASE = knownEvent('purchase')
const REFUND = knownEvent('refund')

const COLUMNS =
  'person, time, id, name, active, page, seen, depth, clicks, currency, value, transaction_id, items, properties'

const ofPeriod = (b: Builder, name: number, believed: Believed): string => {
  const { from, to } = b.scope.range
  return factsBetween(b, 'events', from, to, `${isNamed(b, name)}${onlyConfirmed(b, believed)}`)
}

/** Refunds of the period with the amount of each, which depends on earlier refunds of the same order. */
const refundsOfPeriod = (b: Builder, believed: Believed): string => {
  const own = b.table('refunds_of_period', () => ofPeriod(b, REFUND, believed))
  const ofOrders = `select transaction_id from ${own} where transaction_id is not null`
  const all = `${refundsOfTransactions(b, ofOrders, believed)}
union all
select * from ${own} where transaction_id is null`
  return `select ${COLUMNS} from ${countedRefunds(b, 'refunds_until_period', all, believed)} where ${inPeriod(b, 'time')}`
}

/** Rows of the period with their amounts, by event. */
const AMOUNTS: ReadonlyMap<number, (b: Builder, believed: Believed) => string> = new Map([
  [PURCHASE, (b, believed) => ofPeriod(b, PURCHASE, believed)],
  [REFUND, refundsOfPeriod],
])

/** Amounts of one currency. */
const moneyRows = (
  b: Builder,
  names: readonly number[],
  sources: readonly MoneySource[],
  believed: Believed,
): string => {
  const parts = names.map(name => AMOUNTS.get(name)?.(b, believed) ?? '')
  const from = b.table('money_of_period', () => parts.join('\nunion all\n'))
  return factRows(b, 'events', {
    columns: `f.name, f.value, case f.name when ${int(REFUND)} then -1 else 1 end as sign`,
    from,
    conditions: [`f.currency = ${b.bind(b.currency(sources))}`],
  })
}

type MoneyRelation = (sources: readonly MoneySource[], believed?: Believed) => Relation

const relation =
  (key: string, names: readonly number[]): MoneyRelation =>
  (sources, believed = 'all') => ({
    key: `${key}/${sources}/${believed}`,
    rows: b => moneyRows(b, names, sources, believed),
  })

/** Orders in any currency, one row each. */
export const orders = (believed: Believed = 'all'): Relation => ({
  key: `orders/${believed}`,
  rows: b =>
    factRows(b, 'events', {
      columns: 'f.value',
      only: `${isNamed(b, PURCHASE)}${onlyConfirmed(b, believed)}`,
    }),
})

/** Orders in the one currency of the metric. */
export const ordersOfCurrency = relation('orders_of_currency', [PURCHASE])
export const refundsOfCurrency = relation('refunds_of_currency', [REFUND])
/** Orders and refunds; a refund has the sign −1. */
export const moneyOfCurrency = relation('money_of_currency', [PURCHASE, REFUND])
