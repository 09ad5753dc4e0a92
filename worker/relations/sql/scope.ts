import type { Granularity } from '../../../shared/question'
import type { SiteSettings } from '../../../shared/settings'
import type { Range } from '../../lib/timeRange'
import type { Dimension } from '../../metrics/dimensions'
import type { MoneySource } from '../terms'
import type { QueryFilter } from './queryFilter'

/** Everything that a statement depends on besides the metric. */
export interface Scope {
  readonly site: number
  readonly zone: string
  readonly now: number
  readonly range: Range
  /** The begin of the first session that can hold something of the range; by default as long before it as a session can last. */
  readonly reach?: number
  /** The time of the last event in sessions of the range; by default as long after it as a session can last. */
  readonly heldTo?: number
  readonly granularity: Granularity | null
  readonly dimensions: readonly Dimension[]
  readonly filters: readonly QueryFilter[]
  /** `false` to read the sessions of `added` only. */
  readonly stored?: false
  /**
   * The live delta: keys of stored sessions that are retracted, and rows of sessions that are added, as JSON lists that are
   * each short enough to be bound; `null` for none.
   */
  readonly removed: readonly string[] | null
  readonly added: readonly string[] | null
  /** Whether the site has identity links. */
  readonly hasIdentities: boolean
  /** Stored ids of the custom events that the query names. */
  readonly customEvents: ReadonlyMap<string, number>
  /** Stored ids of known events that used to be custom events, by their current ids. */
  readonly formerEvents: ReadonlyMap<number, number>
  /** The currency of added amounts, by `currencyKey`. */
  readonly currencies: ReadonlyMap<string, string>
  readonly settings: SiteSettings
  /** The buckets, as in period.ts. */
  readonly ends: readonly BucketEnd[]
  /** Stored ids of the users that the query names. */
  readonly users: ReadonlyMap<string, number>
}

/** A bucket: its span in epoch milliseconds, its last local day (today at the latest), and how many of its days have begun. */
export interface BucketEnd {
  readonly key: number
  readonly from: number
  readonly to: number
  readonly lastDay: number
  readonly days: number
}

export const currencyKey = (sources: readonly MoneySource[]): string => sources.join()
