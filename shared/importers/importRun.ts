import { beforeDay } from './beforeDay.ts'
import type { ImportBatch, ImportFormat, ImportSource } from './importFormat.ts'
import { formatOf } from './importSources.ts'
import { ImportTally } from './importTally.ts'
import { type CountBytes, type NamedBlob, openImport, startOf } from './openImport.ts'
import { type ComparedFigures, ToolFigures } from './toolFigures.ts'

/** Which files to import, and which part of them. */
export interface ImportRequest {
  readonly source: ImportSource
  readonly blobs: readonly NamedBlob[]
  readonly domain: string
  /** The site's id in the other tool; empty to take the only one. */
  readonly website: string
  /** A day, before which rows are imported; empty to import all. */
  readonly before: string
  /** The site's. */
  readonly timezone: string
  readonly onBytes: CountBytes
}

/** An import that has begun. */
export interface ImportRun {
  readonly format: ImportFormat
  readonly tally: ImportTally
  /** The rows to send. Reading them fills the tally. */
  readonly batches: AsyncGenerator<ImportBatch>
  /** The tool's own figures for each completely imported day. Call it after the last batch. */
  toolDays(): ReadonlyMap<string, ComparedFigures>
}

const noting = async function* (
  batches: AsyncIterable<ImportBatch>,
  figures: ToolFigures,
): AsyncGenerator<ImportBatch> {
  for await (const batch of batches) {
    if (batch.kind === 'days') figures.addDays(batch.rows)
    yield batch
  }
}

/**
 * Opens files, and reads them as its batches are taken.
 * @throws ImportFailure when the files are not of the source
 */
export const beginImport = async (request: ImportRequest): Promise<ImportRun> => {
  const { source, blobs, domain, website, before, timezone, onBytes } = request
  const starts = await Promise.all((await openImport(blobs)).map(startOf))
  const format = formatOf(source, starts)
  const files = await openImport(blobs, onBytes)
  const tally = new ImportTally()
  const figures = new ToolFigures(timezone)
  const leaveOut = tally.leaveOut.bind(tally)
  const read = format.read(files, { domain, website, leaveOut, figures })
  const kept = beforeDay(noting(read, figures), before, { leaveOut })
  const end = before === '' ? null : figures.dayOf(Date.parse(before))
  return {
    format,
    tally,
    batches: tally.counting(kept),
    toolDays: () => new Map([...figures.days].filter(([day]) => end === null || day < end)),
  }
}
