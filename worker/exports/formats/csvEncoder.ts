import { type CsvColumn, csvOf } from '../../../shared/csv'
import type { ExportValue } from '../exportColumn'
import type { ExportBatch } from '../exportRows'
import type { ExportTable } from '../exportTable'
import { plainValue } from './plainValue'
import type { RowEncoder } from './rowEncoder'

const encoder = new TextEncoder()

const cellOf = (value: ExportValue): string | number | null => (typeof value === 'boolean' ? String(value) : value)

/** A header, then a line for each row. */
export const csvEncoder = ({ columns }: ExportTable): RowEncoder => {
  const cells = columns.map(
    (column, n): CsvColumn<readonly ExportValue[]> => ({
      name: column.name,
      of: row => cellOf(plainValue(column, row[n] ?? null)),
    }),
  )
  const header = csvOf(cells, [])
  let isBegun = false
  const begun = (rows: ExportBatch): Uint8Array => {
    const text = csvOf(cells, rows)
    const own = isBegun ? text.slice(header.length) : text
    isBegun = true
    return encoder.encode(own)
  }
  return { rows: begun, end: () => (isBegun ? new Uint8Array() : begun([])) }
}
