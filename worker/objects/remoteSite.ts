import { Problem } from '../lib/problem'
import type { BackupSection } from '../storage/backup/backupPart'
import type { PartOptions, Restore } from '../storage/backup/backupRestore'
import type { SiteConfig } from '../storage/siteConfig'
import type { Packed } from './packed'
import type { PlainError } from './plainError'
import type { SiteCallArguments, SiteCallName } from './siteCalls'

/** A result, or the error in its place. */
export type CallOutcome<Result> = { readonly result: Result } | { readonly error: PlainError }

/** What a call asks: the site as the directory has it, the name of one of `SITE_CALLS`, its arguments. */
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

/** A site's object as its Worker sees it: each call is one hop. */
export interface RemoteSite {
  /**
   * @param call a `SiteCall`
   * @returns an `CallOutcome` of its result
   */
  call(call: Packed): Promise<Packed>
  /**
   * Stores a part of a backup.
   * @param call a `PartCall`
   * @returns an `CallOutcome`: since when the site keeps its events, `null` before the last part
   */
  restore(call: Packed): Promise<Packed>
  /** Deletes everything it stores. */
  destroy(): Promise<void>
}

/** What names a site's object. The id alone would name another site's once a database is replaced. */
export type ObjectOwner = Pick<SiteConfig, 'id' | 'created'>

/** @throws Problem `no_objects` where the Worker has no objects any more */
export const remoteSite = (namespace: DurableObjectNamespace | undefined, { id, created }: ObjectOwner): RemoteSite => {
  if (!namespace) {
    throw new Problem(
      503,
      'no_objects',
      'This site is stored in an object of its own: bind SITES in wrangler.toml again.',
    )
  }
  return namespace.getByName(`${id}/${created}`) as unknown as RemoteSite
}
