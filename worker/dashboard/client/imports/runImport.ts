import type { ComparedDays } from '../../../../shared/importers/compareDays'
import { compareImport, isComparedAtOnce } from '../../../../shared/importers/compareImport'
import { describeImportOutcome, describeImportTally } from '../../../../shared/importers/describeImport'
import type { ImportBatch, ImportSource } from '../../../../shared/importers/importFormat'
import { beginImport, type ImportRun } from '../../../../shared/importers/importRun'
import { type ImportOutcome, sendBatches } from '../../../../shared/importers/sendBatches'
import { importsTexts } from '../../texts/imports'
import { ask } from '../state/ask'
import { PAGE } from '../state/page'
import { ImportStopped } from './importStopped'

/** What to do with the files: read them, also send them, or read them and compare their figures. */
export type ImportAction = 'dry' | 'import' | 'compare'

/** What the form asks for. */
export interface ChosenImport {
  readonly source: ImportSource
  readonly files: readonly File[]
  readonly before: string
  readonly website: string
  readonly action: ImportAction
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

/** Reads all rows, and sends them if they are to be imported. Says what became of them. */
const sendOrRead = async (
  { action, source: { source } }: ChosenImport,
  batches: AsyncGenerator<ImportBatch>,
  { signal }: ImportWatch,
  onSent: (outcome: ImportOutcome) => void,
): Promise<ImportOutcome | null> => {
  if (action === 'import') {
    const post = { origin: location.origin, key: '', pause: pauseOf(signal) }
    return sendBatches(batches, { ...post, domain: siteOf().domain, source, onSent })
  }
  for await (const _ of batches);
  return null
}

/** Reads the files, does what the form asks for, and compares the figures. */
export const runImport = async (chosen: ChosenImport, watch: ImportWatch): Promise<ImportReport> => {
  let run: ImportRun | null = null
  let outcome: ImportOutcome | null = null
  let comparison: ComparedDays | null = null
  let error: unknown = null
  let later: readonly string[] = []
  try {
    const begun = await begin(chosen)
    run = begun.run
    outcome = await sendOrRead(chosen, watched(run, watch, begun.share), watch, sent => {
      outcome = sent
    })
    const isCompared = chosen.action === 'compare' || (chosen.action === 'import' && isComparedAtOnce(run))
    if (isCompared) comparison = await compareImport(run, siteOf().domain, question => ask(question, watch.signal))
    else if (chosen.action === 'import') later = [importsTexts.later]
  } catch (caught) {
    error = caught
  }
  const lines = [
    ...(run ? describeImportTally(run.tally) : []),
    ...(outcome ? describeImportOutcome(outcome) : []),
    ...later,
  ]
  return { run, lines, comparison, error: error !== null && watch.signal.aborted ? new ImportStopped() : error }
}
