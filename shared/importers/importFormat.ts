import type { Compared, ToolFigures } from './toolFigures.ts'

/** A file of an export, unpacked: the file itself, a file of a folder, or an entry of a ZIP. */
export interface ImportFile {
  /** Its path in the folder or ZIP, without `.gz`. */
  readonly name: string
  /** Reads it from its beginning. It may be opened again, but not twice at a time. */
  open(): ReadableStream<Uint8Array>
}

/** The name and the first characters of a file, which identify its format. */
export interface FileStart {
  readonly name: string
  readonly text: string
}

/** An event in the shape of `POST /api/v1/events`. */
export type ImportedEvent = Readonly<Record<string, unknown>> & { readonly name: string }

/** A batch from an importer, of at most a few thousand rows: events, daily totals or fetches of AI crawlers. */
export type ImportBatch =
  | { readonly kind: 'events'; readonly rows: readonly ImportedEvent[] }
  | { readonly kind: 'days'; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  | { readonly kind: 'ai_fetches'; readonly rows: readonly Readonly<Record<string, unknown>>[] }

export interface ReadOptions {
  /** The site that the rows are for. */
  readonly domain: string
  /** The site's id in the other tool, where a file holds several; empty to take the only one. */
  readonly website: string
  /**
   * Counts rows that are not imported.
   * @param reason completes "1,234 …", like `visits by bots`
   */
  leaveOut(reason: string, count?: number): void
  /** Takes what the tool itself counted, of files with single page views or visits. Totals of days are noted from the batches. */
  readonly figures?: ToolFigures
}

/** Why Footfall's figures differ from the tool's, as a sentence for each. */
export type ToolDefinitions = Readonly<Record<Compared, string>>

/** One kind of file that a source exports. */
export interface ImportFormat {
  /** A description of the files, such as `the table website_event as CSV`. */
  readonly takes: string
  readonly differs: ToolDefinitions
  /** How often the files are read, at most; once by default. */
  readonly passes?: number
  /** Whether these files are of this format. */
  fits(files: readonly FileStart[]): boolean
  /** @throws ImportFailure */
  read(files: readonly ImportFile[], options: ReadOptions): AsyncGenerator<ImportBatch>
}

/** A tool that people come from. */
export interface ImportSource {
  /** Its name in the command. */
  readonly source: string
  /** Its name as people know it. */
  readonly tool: string
  /** The first that fits is read. */
  readonly formats: readonly ImportFormat[]
}
