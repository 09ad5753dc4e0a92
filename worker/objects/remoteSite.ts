import type { ExportSpan } from '../exports/exportSpan'
import { Problem } from '../lib/problem'
import type { BackupSection } from '../storage/backup/backupPart'
import type { PartOptions, Restore } from '../storage/backup/backupRestore'
import type { SiteConfig } from '../storage/siteConfig'
import type { Packed } from './packed'
import type { PlainError } from './plainError'
import type { SiteCallArguments, SiteCallName } from './siteCalls'

/** A result, or the error in its place. */
export type CallOutcome<Result> = { readonly result: Result } | { readonly error: PlainError }

/** A call: the site as the directory has it, the name of one of `SITE_CALLS`, and its arguments. */
export interface SiteCall<Name extends SiteCallName = SiteCallName> {
  readonly config: SiteConfig
  readonly name: Name
  readonly values: SiteCallArguments<Name>
}

/** A part of a backup, and the restore that it belongs to. */
export interface PartCall {
  readonly restore: Restore
  readonly part: number
  readonly sections: readonly BackupSection[]
  readonly options: PartOptions
}

/** What to export: a table by its name, and a span. */
export interface ExportCall {
  readonly config: SiteConfig
  readonly table: string
  readonly span: ExportSpan
  readonly now: number
}

/** A site's object as its Worker sees it: each call is one hop. */
export interface RemoteSite {
  /**
   * @param call a `SiteCall`
   * @returns a `CallOutcome` of its result
   */
  call(call: Packed): Promise<Packed>
  /**
   * Reads the rows of a span.
   * @param call an `ExportCall`
   * @returns lines of JSON, each a list of rows
   */
  exportRows(call: Packed): Promise<ReadableStream<Uint8Array>>
  /**
   * Stores a part of a backup.
   * @param call a `PartCall`
   * @returns a `CallOutcome`: since when the site keeps its events, `null` before the last part
   */
  restore(call: Packed): Promise<Packed>
  /** Deletes everything it stores. */
  destroy(): Promise<void>
}

/** Names a site's object. The id alone would name the object of another site once a database is replaced. */
export type ObjectOwner = Pick<SiteConfig, 'id' | 'created'>

/** @throws Problem `no_objects` where the Worker has no objects any more */
export const remoteSite = (namespace: DurableObjectNamespace | undefined, { id, created }: ObjectOwner): RemoteSite => {
  if (!namespace) {
    throw new Problem(
      503,
      'no_objects',
      'This site is stored in a Durable Object. Restore the binding SITES in wrangler.toml.',
    )
  }
  return namespace.getByName(`${id}/${created}`) as unknown as RemoteSite
}
