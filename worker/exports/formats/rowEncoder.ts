import type { ExportBatch } from '../exportRows'

/** Writes rows as bytes of a file, as they come. */
export interface RowEncoder {
  /** Takes rows and gives out the bytes that are ready, which may be none. */
  rows(batch: ExportBatch): Uint8Array
  /** The rest of the file. */
  end(): Uint8Array
}
