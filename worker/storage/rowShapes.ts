import { type ColumnName, columnsOf, keyOf, valueColumnsOf } from './columns'
import type { TableName } from './schema'

/** The values of a row by name, and the order in which a statement takes them. */
export interface RowShape<Name extends string> {
  readonly names: readonly Name[]
  /** The type demands a value for every column. */
  values<Value>(row: Readonly<Record<Name, Value>>): Value[]
}

const shape = <Name extends string>(names: readonly Name[]): RowShape<Name> => ({
  names,
  values: row => names.map(name => row[name]),
})

/** The columns of a table, and what the statement that stores a row must know besides. */
const rowOf = <Table extends TableName, Extra extends string = never>(
  table: Table,
  ...extra: Extra[]
): RowShape<ColumnName<Table> | Extra> => shape([...columnsOf(table), ...extra])

/** The id that the sender gave, which other rows can have too: see `event_ids`. */
const SENT_ID = ['event_key', 'sent_visitor'] as const

/** `may_move`: whether the row may stand under another visitor. */
export const VIEW_ROW = rowOf('views', 'may_move', ...SENT_ID)
/** How many values of a page view stand before its running totals. */
export const BEGIN_VALUES = VIEW_ROW.names.indexOf('seen')
export const EVENT_ROW = rowOf('events', ...SENT_ID, 'may_move')
export const PURCHASE_ROW = rowOf('purchases', 'event_key')
export const EVENT_ID_ROW = rowOf('event_ids')

/** A stored session's key, and what it holds besides. */
export const SESSION_KEY = shape(keyOf('visits'))
export const SESSION_VALUES = shape(valueColumnsOf('visits'))
