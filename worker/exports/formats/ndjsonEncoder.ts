import type { ExportColumn, ExportValue } from '../exportColumn'
import type { ExportTable } from '../exportTable'
import { plainValue } from './plainValue'
import type { RowEncoder } from './rowEncoder'

const encoder = new TextEncoder()

/** JSON is part of the line and not a text in it. */
const jsonOf = (column: ExportColumn, value: ExportValue): string =>
  column.type === 'json' && typeof value === 'string' ? value : JSON.stringify(plainValue(column, value))

/** A JSON object a line. */
export const ndjsonEncoder = ({ columns }: ExportTable): RowEncoder => {
  const names = columns.map(({ name }) => `${JSON.stringify(name)}:`)
  const lineOf = (row: readonly ExportValue[]): string =>
    `{${columns.map((column, n) => names[n] + jsonOf(column, row[n] ?? null)).join(',')}}\n`
  return { rows: batch => encoder.encode(batch.map(lineOf).join('')), end: () => new Uint8Array() }
}
