import type { Granularity, Operator } from '../../../shared/question'
import type { SiteSettings } from '../../../shared/settings'
import type { Range } from '../../lib/timeRange'
import type { Dimension } from '../../metrics/dimensions'
import type { MoneySource } from '../terms'

export interface DimensionFilter {
  readonly operator: Operator
  readonly dimension: Dimension
  readonly values: readonly string[]
}

/** Everything a statement depends on besides the metric. */
export interface Scope {
  readonly site: number
  readonly zone: string
  readonly now: number
  readonly range: Range
  /** When the first session began that can hold something of the range; as long before it as any can, if not told. */
  readonly reach?: number
  /** When the last of what sessions of the range hold happened; as long after it as any can, if not told. */
  readonly heldTo?: number
  readonly granularity: Granularity | null
  readonly dimensions: readonly Dimension[]
  readonly filters: readonly DimensionFilter[]
  /** Whether stored visits are left out, and those that are taken in all there are. */
  readonly stored?: false
  /** JSON texts: keys of stored visits to leave out, and rows of sessions to take in. */
  readonly removed: string | null
  readonly added: string | null
  /** Whether any visitor of the site turned out to be a user. */
  readonly hasIdentities: boolean
  /** Stored ids of the custom events that the question names. */
  readonly customEvents: ReadonlyMap<string, number>
  /** Of known events that were custom once, by their ids today: the stored ids of their names. */
  readonly formerEvents: ReadonlyMap<number, number>
  /** Of money that is added, by where it comes from: see `currencyKey`. */
  readonly currencies: ReadonlyMap<string, string>
  readonly settings: SiteSettings
  /** The rows' spans and how many of their days have begun, as period.ts makes them. */
  readonly ends: readonly BucketEnd[]
  /** Stored ids of the users that the question names. */
  readonly users: ReadonlyMap<string, number>
}

/** A bucket by its key: its span in epoch milliseconds, its last local day (today at the latest), days begun. */
export interface BucketEnd {
  readonly key: number
  readonly from: number
  readonly to: number
  readonly lastDay: number
  readonly days: number
}

export const currencyKey = (sources: readonly MoneySource[]): string => sources.join()
