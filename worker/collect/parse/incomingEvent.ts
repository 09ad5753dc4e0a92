import type { DictionaryEntry } from '../../storage/dictionaryName'
import type { Vitals } from '../../storage/vitals'
import type { Machine } from '../enrich/device'
import type { ParsedParameters } from './parameters'

/**
 * An event as the beacon and the events API both give it to the rest of the pipeline: validated, not yet enriched, its
 * sender not yet a visitor.
 */
export interface IncomingEvent {
  readonly name: string
  /** Epoch milliseconds by the collector's clock. */
  readonly time: number
  readonly url: URL | null
  readonly referrer: string
  readonly userAgent: string | null
  readonly acceptLanguage: string
  /** The machine that a server named, whose parts outrank what the User-Agent tells; `null` if it named none. */
  readonly machine: Machine | null
  /** True if it came from a browser with Global Privacy Control. */
  readonly hasGpc: boolean
  readonly place: DictionaryEntry
  readonly sender: EventSender
  /** The id the sender gave, '' for none. */
  readonly sentId: string
  /** A browser's record id, which names the record together with its visitor and hour. */
  readonly recordId: number | null
  /** The isolate's name for the browser's client, `null` for a server. */
  readonly client: number | null
  /** Whether a browser sent it some time after it happened: it may have arrived before, from another address. */
  readonly late: boolean
  readonly parameters: ParsedParameters
  /** Why properties were omitted, by name. */
  readonly omitted: ReadonlyMap<string, string>
  /** Visible milliseconds, deepest share in percent, clicks: of a page view. `null` was not reported. */
  readonly seen: number
  readonly depth: number | null
  readonly clicks: number | null
  readonly vitals: Vitals
}

export interface EventSender {
  /** A persistent id. */
  readonly visitorId: string | null
  readonly userId: string | null
  /** The daily id is made from it. Never stored. */
  readonly address: string | null
  readonly userAgent: string | null
}
