import { jsonChunks } from './chunks'
import { type Database, statement } from './database'
import eventIdsSelect from './sql/event_ids.select.sql'
import eventsSelectRefunds from './sql/events.select_refunds.sql'
import purchasesSelectOrders from './sql/purchases.select_orders.sql'

/** Orders events of one transaction, and identifies duplicates. */
interface Position {
  readonly transactionId: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly visitor: number
  readonly id: number
}

/** The order of a transaction. */
export interface StoredOrder extends Position {
  readonly sentId: string
  readonly sentVisitor: string
  readonly currency: string | null
  /** Minor units. */
  readonly value: number | null
  readonly tax: number | null
  readonly shipping: number | null
  readonly items: readonly unknown[] | null
}

export interface StoredRefund extends Position {
  readonly currency: string | null
  /** Minor units; `null` for what its items were sold for, or for the whole order. */
  readonly value: number | null
  readonly items: readonly unknown[] | null
}

/** Orders and refunds of some transactions, and which of some ids are known. */
export interface OrderHistory {
  readonly orders: readonly StoredOrder[]
  readonly refunds: readonly StoredRefund[]
  readonly keys: ReadonlySet<number>
}

type Row = Record<string, unknown>

const texted = (value: unknown): string | null => (value === null ? null : String(value))
const numbered = (value: unknown): number | null => (value === null ? null : Number(value))

const listed = (value: unknown): unknown[] | null => (value === null ? null : JSON.parse(String(value)))

const positionOf = (row: Row): Position => ({
  transactionId: String(row.transaction_id),
  time: Number(row.time),
  visitor: Number(row.visitor),
  id: Number(row.id),
})

const orderOf = (row: Row): StoredOrder => ({
  ...positionOf(row),
  sentId: String(row.sent_id),
  sentVisitor: String(row.sent_visitor),
  currency: texted(row.currency),
  value: numbered(row.value),
  tax: numbered(row.tax),
  shipping: numbered(row.shipping),
  items: listed(row.items),
})

const refundOf = (row: Row): StoredRefund => ({
  ...positionOf(row),
  currency: texted(row.currency),
  value: numbered(row.value),
  items: listed(row.items),
})

/** Reads the orders and refunds of transactions in one batch. */
export const readOrderHistory = async (
  db: Database,
  site: number,
  transactions: readonly string[],
  keys: readonly number[],
): Promise<OrderHistory> => {
  const reads = [
    { sql: purchasesSelectOrders, rows: transactions },
    { sql: eventsSelectRefunds, rows: transactions },
    { sql: eventIdsSelect, rows: keys },
  ].flatMap(({ sql, rows }) => jsonChunks(rows).map(chunk => ({ sql, statement: statement(sql, site, chunk) })))
  const results = await db.batch<Row>(reads.map(({ statement }) => statement))
  const rowsOf = (sql: string): Row[] =>
    results.flatMap((result, index) => (reads[index]?.sql === sql ? result.rows : []))
  return {
    orders: rowsOf(purchasesSelectOrders).map(orderOf),
    refunds: rowsOf(eventsSelectRefunds).map(refundOf),
    keys: new Set(rowsOf(eventIdsSelect).map(row => Number(row.key))),
  }
}
