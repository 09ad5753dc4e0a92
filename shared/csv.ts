/** A value in a cell; a missing one leaves it empty. */
export type CsvCell = string | number | null | undefined

/** A column of a CSV: its name in the header, and its cell on each line. */
export interface CsvColumn<Item> {
  readonly name: string
  of(item: Item): CsvCell
}

/**
 * Spreadsheets run a text that begins like this as a formula, some also with the signs of East Asian widths. Those are
 * escaped to keep the bundle ASCII: in memory, other text takes twice the bytes.
 */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/

const text = (cell: CsvCell): string => {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/**
 * One header, then one line per item with a cell for each column.
 * @see https://www.rfc-editor.org/rfc/rfc4180
 * @example csvOf([{ name: 'page', of: page => page }], ['/', '/cart']) // 'page\r\n/\r\n/cart\r\n'
 */
export const csvOf = <Item>(columns: readonly CsvColumn<Item>[], items: readonly Item[]): string =>
  [columns.map(({ name }) => name), ...items.map(item => columns.map(column => column.of(item)))]
    .map(line => `${line.map(text).join(',')}\r\n`)
    .join('')

/** Columns of a part of an item, as columns of the item. */
export const columnsIn = <Item, Part>(
  columns: readonly CsvColumn<Part>[],
  part: (item: Item) => Part,
): CsvColumn<Item>[] => columns.map(column => ({ name: column.name, of: item => column.of(part(item)) }))
