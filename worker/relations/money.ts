import { knownEvent } from '../../shared/events'
import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import type { Confirmation } from './sql/confirmed'
import { countedRefunds } from './sql/countedRefunds'
import { customerEvents, ordersOfPeriod } from './sql/customerEvents'
import { int } from './sql/int'
import { inPeriod } from './sql/shape'
import { refundsOfTransactions } from './sql/tables'
import type { MoneySource } from './terms'

const PURCHASE = knownEvent('purchase')
const REFUND = knownEvent('refund')

const COLUMNS =
  'person, time, id, name, active, page, seen, depth, clicks, currency, value, transaction_id, items, properties'

/** Refunds of the period with the amount of each, which depends on earlier refunds of the same order. */
export const refundsOfPeriod = (b: Builder, confirmation: Confirmation): string => {
  const own = b.table('refunds_of_period', () => customerEvents(b, REFUND, confirmation))
  const ofOrders = `select transaction_id from ${own} where transaction_id is not null`
  const all = `${refundsOfTransactions(b, ofOrders, confirmation)}
union all
select * from ${own} where transaction_id is null`
  return `select ${COLUMNS} from ${countedRefunds(b, 'refunds_until_period', all, confirmation)} where ${inPeriod(b, 'time')}`
}

/** Rows of the period with their amounts, by event. */
const AMOUNTS: ReadonlyMap<number, (b: Builder, confirmation: Confirmation) => string> = new Map([
  [PURCHASE, (b, confirmation) => customerEvents(b, PURCHASE, confirmation)],
  [REFUND, refundsOfPeriod],
])

/** Amounts of one currency. */
const moneyRows = (
  b: Builder,
  names: readonly number[],
  sources: readonly MoneySource[],
  confirmation: Confirmation,
): string => {
  const parts = names.map(name => AMOUNTS.get(name)?.(b, confirmation) ?? '')
  const from = b.table('money_of_period', () => parts.join('\nunion all\n'))
  return factRows(b, 'events', {
    columns: `f.name, f.value, case f.name when ${int(REFUND)} then -1 else 1 end as sign`,
    from,
    conditions: [`f.currency = ${b.bind(b.currency(sources))}`],
  })
}

type MoneyRelation = (sources: readonly MoneySource[], confirmation?: Confirmation) => Relation

const relation =
  (key: string, names: readonly number[]): MoneyRelation =>
  (sources, confirmation = 'all') => ({
    key: `${key}/${sources}/${confirmation}`,
    rows: b => moneyRows(b, names, sources, confirmation),
  })

/** Orders in any currency, one row each. */
export const orders = (confirmation: Confirmation = 'all'): Relation => ({
  key: `orders/${confirmation}`,
  rows: b => factRows(b, 'events', { columns: 'f.value', from: ordersOfPeriod(b, confirmation) }),
})

/** Orders that a write key or a webhook sent, and whether a browser sent each of them, too. */
export const REPORTED_ORDERS: Relation = {
  key: 'reported_orders',
  rows: b =>
    factRows(b, 'events', {
      columns: `exists (
    select 1 from purchases p
    where p.site = ${b.bind(b.scope.site)} and p.transaction_id = f.transaction_id and p.browser = 1
  ) as in_browser`,
      from: ordersOfPeriod(b, 'confirmed'),
    }),
}

/** Orders in the one currency of the metric. */
export const ordersOfCurrency = relation('orders_of_currency', [PURCHASE])
export const refundsOfCurrency = relation('refunds_of_currency', [REFUND])
/** Orders and refunds; a refund has the sign −1. */
export const moneyOfCurrency = relation('money_of_currency', [PURCHASE, REFUND])
