import type { ExportTable } from './exportTable'
import { csvEncoder } from './formats/csvEncoder'
import { ndjsonEncoder } from './formats/ndjsonEncoder'
import { parquetEncoder } from './formats/parquetEncoder'
import type { RowEncoder } from './formats/rowEncoder'

/** A format of exported files. */
export interface ExportFormat {
  readonly name: string
  readonly contentType: string
  encoder(table: ExportTable): RowEncoder
}

export const PARQUET: ExportFormat = {
  name: 'parquet',
  contentType: 'application/vnd.apache.parquet',
  encoder: parquetEncoder,
}

/** Every format; the first is the default. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { name: 'ndjson', contentType: 'application/x-ndjson', encoder: ndjsonEncoder },
  { name: 'csv', contentType: 'text/csv; charset=utf-8', encoder: csvEncoder },
  PARQUET,
]
