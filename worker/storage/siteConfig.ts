import type { SiteSettings } from '../../shared/settings'

/** Where the events of a site are: in D1, or in an object of its own. */
export type SiteStore = 'd1' | 'objects'

/** From the first to the last imported day. */
export interface ImportedSpan {
  /** Local days, since 1970. */
  readonly firstDay: number
  readonly lastDay: number
  /** The tools that counted them, such as `plausible`; '' if nobody said. */
  readonly source: string
}

/** What the owner set for a site, and what it was given when it was added. */
export interface SiteConfig {
  readonly id: number
  readonly domain: string
  readonly name: string
  /** IANA. */
  readonly timezone: string
  /** ISO 4217. */
  readonly currency: string
  readonly settings: SiteSettings
  readonly secret: string
  /** Epoch milliseconds. */
  readonly created: number
  /** Epoch milliseconds; 0 when all facts are kept. What happened before is summed up for good. */
  readonly keptFrom: number
  /** The first local day whose facts are kept. */
  readonly keptDay: number
  readonly store: SiteStore
  /** `null` without imported days. */
  readonly imported: ImportedSpan | null
}
