import type { View } from '../../address'
import { type SortOrder, sortOrderOf } from '../../sortOrder'
import { LOCALE } from '../../texts/locale'
import type { Child } from './h'
import { sortLink } from './sortLink'
import { type Head, table } from './table'

/** A column of a table whose rows are all on the page. */
export interface SortedColumn<Row> extends Omit<Head, 'sort'> {
  readonly id: string
  cell(row: Row): Child
  /** The sort key of a row. */
  value(row: Row): number | string | null
}

interface SortedTable<Row> {
  readonly columns: readonly SortedColumn<Row>[]
  /** The parameter of the address that holds the order. */
  readonly name: string
  readonly usual: SortOrder
  /** Rows about all others, which stay at the top. */
  isTotal?(row: Row): boolean
}

const orderIn = <Row>({ columns, name, usual }: SortedTable<Row>, { own }: View): SortOrder =>
  sortOrderOf(
    own[name],
    columns.map(({ id }) => id),
  ) ?? usual

const compare = (a: number | string, b: number | string): number =>
  typeof a === 'string' ? a.localeCompare(String(b), LOCALE) : a - Number(b)

/** The rows in the order of a view; those without a value come last. */
export const sortedRows = <Row>(shown: SortedTable<Row>, rows: readonly Row[], view: View): readonly Row[] => {
  const { by, direction } = orderIn(shown, view)
  const column = shown.columns.find(({ id }) => id === by)
  if (!column) return rows
  const sign = direction === 'asc' ? 1 : -1
  const { isTotal = () => false } = shown
  return rows.toSorted((one, other) => {
    if (isTotal(one) || isTotal(other)) return Number(isTotal(other)) - Number(isTotal(one))
    const [a, b] = [column.value(one), column.value(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    return sign * compare(a, b)
  })
}

/** A table that is sorted by a click on the name of a column. */
export const sortedTable = <Row>(
  caption: string,
  shown: SortedTable<Row>,
  rows: readonly Row[],
  view: View,
): HTMLElement => {
  const order = orderIn(shown, view)
  const heads = shown.columns.map((column, position) => ({
    ...column,
    sort: sortLink(shown.name, column.id, order, position === 0 ? 'asc' : 'desc'),
  }))
  const cells = sortedRows(shown, rows, view).map(row => shown.columns.map(column => column.cell(row)))
  return table(caption, heads, cells)
}
