import type { ComparedDays } from '../../../../shared/importers/compareDays'
import { compareImport } from '../../../../shared/importers/compareImport'
import { describeImportOutcome, describeImportTally } from '../../../../shared/importers/describeImport'
import type { ImportBatch, ImportSource } from '../../../../shared/importers/importFormat'
import { beginImport, type ImportRun } from '../../../../shared/importers/importRun'
import { type ImportOutcome, sendBatches } from '../../../../shared/importers/sendBatches'
import { ask } from '../state/ask'
import { PAGE } from '../state/page'
import { ImportStopped } from './importStopped'

/** What the form asks for. */
export interface ChosenImport {
  readonly source: ImportSource
  readonly files: readonly File[]
  readonly before: string
  readonly website: string
  readonly isDry: boolean
}

export interface ImportWatch {
  /** Stops the import. */
  readonly signal: AbortSignal
  /** Called as files are read. */
  onProgress(share: number, rows: number): void
}

/** What became of an import. */
export interface ImportReport {
  readonly run: ImportRun | null
  /** The lines that the command prints, too. */
  readonly lines: readonly string[]
  readonly comparison: ComparedDays | null
  /** Why it did not come to its end, or why nothing can be compared; `null` for neither. */
  readonly error: unknown
}

const watched = async function* (
  { batches, tally }: ImportRun,
  { signal, onProgress }: ImportWatch,
  share: () => number,
): AsyncGenerator<ImportBatch> {
  for await (const batch of batches) {
    if (signal.aborted) throw new ImportStopped()
    onProgress(share(), tally.rows)
    yield batch
  }
}

/** Waits before another try, unless the import is stopped. */
const pauseOf =
  (signal: AbortSignal) =>
  (seconds: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = () => reject(new ImportStopped())
      if (signal.aborted) stop()
      signal.addEventListener('abort', stop, { once: true })
      setTimeout(resolve, seconds * 1000)
    })

/** The site's domain and time zone. */
const siteOf = (): { readonly domain: string; readonly timezone: string } =>
  PAGE.site ?? { domain: '', timezone: 'UTC' }

const begin = async (chosen: ChosenImport) => {
  const size = chosen.files.reduce((sum, file) => sum + file.size, 0)
  let bytes = 0
  const run = await beginImport({
    ...chosen,
    ...siteOf(),
    blobs: chosen.files.map(blob => ({ name: blob.name, blob })),
    onBytes: count => {
      bytes += count
    },
  })
  return { run, share: () => Math.min(bytes / Math.max(size * (run.format.passes ?? 1), 1), 1) }
}

/** Reads the files, sends their rows unless it is a dry run, and compares the figures. */
export const runImport = async (chosen: ChosenImport, watch: ImportWatch): Promise<ImportReport> => {
  let run: ImportRun | null = null
  let outcome: ImportOutcome | null = null
  let comparison: ComparedDays | null = null
  let error: unknown = null
  try {
    const begun = await begin(chosen)
    run = begun.run
    const batches = watched(run, watch, begun.share)
    if (chosen.isDry) for await (const _ of batches);
    else {
      const { domain } = siteOf()
      const onSent = (sent: ImportOutcome) => {
        outcome = sent
      }
      const post = { origin: location.origin, key: '', pause: pauseOf(watch.signal) }
      outcome = await sendBatches(batches, { ...post, domain, source: chosen.source.source, onSent })
      comparison = await compareImport(run, domain, question => ask(question, watch.signal))
    }
  } catch (caught) {
    error = caught
  }
  const lines = [...(run ? describeImportTally(run.tally) : []), ...(outcome ? describeImportOutcome(outcome) : [])]
  return { run, lines, comparison, error: error !== null && watch.signal.aborted ? new ImportStopped() : error }
}
