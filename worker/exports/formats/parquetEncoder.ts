import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import type { ExportColumn, ExportType, ExportValue } from '../exportColumn'
import type { ExportBatch } from '../exportRows'
import type { ExportTable } from '../exportTable'
import type { RowEncoder } from './rowEncoder'

/** Rows of a group, which are held until the group is written: twice as many take twice the memory. */
const GROUP = 10_000
/** Characters of a group, after which it ends early: texts of rows can be long. */
const GROUP_SIZE = 8_000_000

type ParquetType = Pick<SchemaElement, 'type' | 'converted_type'>

const TEXT: ParquetType = { type: 'BYTE_ARRAY', converted_type: 'UTF8' }

const TYPES: Readonly<Record<ExportType, ParquetType>> = {
  text: TEXT,
  json: TEXT,
  integer: { type: 'INT32' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  time: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  day: { type: 'INT32', converted_type: 'DATE' },
}

const schemaOf = (columns: readonly ExportColumn[]): SchemaElement[] => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, type }): SchemaElement => ({ name, ...TYPES[type], repetition_type: 'OPTIONAL' })),
]

const sizeOf = (batch: ExportBatch): number =>
  batch.reduce((sum, row) => sum + row.reduce((own: number, value) => own + String(value ?? '').length, 0), 0)

/** The bytes that were written since they were taken last. */
const taken = (writer: ByteWriter): Uint8Array => {
  const bytes = writer.getBytes().slice()
  writer.index = 0
  return bytes
}

/**
 * Parquet, compressed with Snappy. Bytes come with each complete group of rows.
 * @see https://parquet.apache.org/docs/file-format/
 */
export const parquetEncoder = ({ columns }: ExportTable): RowEncoder => {
  const writer = new ByteWriter()
  const file = new ParquetWriter({ writer, schema: schemaOf(columns), createdBy: 'Footfall' })
  let held = columns.map((): ExportValue[] => [])
  let size = 0
  const writeGroup = (): void => {
    const columnData = columns.map(({ name }, n) => ({ name, data: held[n] ?? [] }))
    held = columns.map(() => [])
    size = 0
    file.write({ columnData, rowGroupSize: 2 * GROUP })
  }
  return {
    rows: batch => {
      for (const n of columns.keys()) {
        const cells = held[n]
        for (const row of batch) cells?.push(row[n] ?? null)
      }
      size += sizeOf(batch)
      if ((held[0]?.length ?? 0) >= GROUP || size >= GROUP_SIZE) writeGroup()
      return taken(writer)
    },
    end: () => {
      writeGroup()
      file.finish()
      return taken(writer)
    },
  }
}
