import type { SiteSettings } from '../../shared/settings.ts'
import type { DemoEvent } from './session.ts'

export type DemoImportRow = Readonly<Record<string, string | number>>

/** Everything that happened on a demo site up to now. */
export interface History {
  /** In order of time. */
  readonly events: readonly DemoEvent[]
  /** Rows by kind of import. */
  readonly imports: Readonly<Record<string, readonly DemoImportRow[]>>
}

/** A demo site, on a domain that nobody can own. */
export interface DemoSite {
  readonly domain: string
  readonly name: string
  readonly timezone: string
  readonly currency: string
  readonly settings: SiteSettings
  /** The same events for one seed, shifted with `now`. */
  history(now: number, seed: number): History
}
