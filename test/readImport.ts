import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ImportedEvent, ImportFile, ImportFormat, ReadOptions } from '../shared/importers/importFormat'

/** Small exports in the vendors' documented forms; each reader's test says where the form is described. */
export const IMPORTS_FOLDER = fileURLToPath(new URL('imports', import.meta.url))

/** Bytes of a file in pieces. */
export type Pieces = readonly Uint8Array<ArrayBuffer>[]

export const inMemory = (name: string, pieces: Pieces): ImportFile => ({
  name,
  open: () =>
    new ReadableStream({
      start: controller => {
        for (const piece of pieces) controller.enqueue(piece)
        controller.close()
      },
    }),
})

/** A file of `test/imports/`. */
export const sample = async (path: string): Promise<ImportFile> =>
  inMemory(path, [new Uint8Array(await readFile(join(IMPORTS_FOLDER, path)))])

export const textFile = (name: string, text: string): ImportFile => inMemory(name, [new TextEncoder().encode(text)])

export interface ReadImport {
  readonly events: readonly ImportedEvent[]
  readonly leftOut: Readonly<Record<string, number>>
  /** Absent without any. */
  readonly days?: readonly Readonly<Record<string, unknown>>[]
  readonly fetches?: readonly Readonly<Record<string, unknown>>[]
}

/** All that a format reads from files. */
export const readImport = async (
  format: ImportFormat,
  files: readonly ImportFile[],
  options: Partial<ReadOptions> = {},
): Promise<ReadImport> => {
  const leftOut: Record<string, number> = {}
  const leaveOut = (reason: string, count = 1) => {
    if (count > 0) leftOut[reason] = (leftOut[reason] ?? 0) + count
  }
  const events: ImportedEvent[] = []
  const days: Readonly<Record<string, unknown>>[] = []
  const fetches: Readonly<Record<string, unknown>>[] = []
  for await (const batch of format.read(files, { domain: 'shop.example', website: '', ...options, leaveOut }))
    if (batch.kind === 'events') events.push(...batch.rows)
    else (batch.kind === 'days' ? days : fetches).push(...batch.rows)
  // As they are sent.
  return {
    events: JSON.parse(JSON.stringify(events)),
    leftOut,
    ...(days.length > 0 && { days }),
    ...(fetches.length > 0 && { fetches }),
  }
}

/** All days that a format reads from files. */
export const readImportedDays = async (format: ImportFormat, files: readonly ImportFile[]) => {
  const { days = [], leftOut } = await readImport(format, files)
  return { days, leftOut }
}
