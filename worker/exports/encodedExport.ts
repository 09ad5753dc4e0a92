import type { ExportFormat } from './exportFormats'
import type { ExportBatch } from './exportRows'
import type { ExportTable } from './exportTable'

/** The bytes of an exported file, as they come. */
export async function* encodedExport(
  table: ExportTable,
  format: ExportFormat,
  batches: AsyncIterable<ExportBatch>,
): AsyncGenerator<Uint8Array> {
  const encoder = format.encoder(table)
  for await (const batch of batches) {
    const bytes = encoder.rows(batch)
    if (bytes.length > 0) yield bytes
  }
  yield encoder.end()
}
