import type { DictionaryEntry } from './dictionaryName'
import type { Vitals } from './vitals'

interface FactBase {
  /** Below 0 for a persistent id. */
  readonly visitor: number
  /** The visitor under the salt of the day before, where the fact is early in its day. */
  readonly previous: number | null
  /** The visitor under the salt of the day after, where the fact is late in its day and that salt exists. */
  readonly next: number | null
  readonly id: number
  /** Epoch milliseconds. */
  readonly time: number
  readonly page: DictionaryEntry | null
  readonly source: DictionaryEntry | null
  readonly place: DictionaryEntry | null
  readonly device: DictionaryEntry | null
  /** The id its sender gave, and what decides between events of one id and one time. */
  readonly sentId: string
  /** Hash of `sentId`; `null` when the id names the fact alone, as a browser's does. */
  readonly key: number | null
  readonly sentVisitor: string
  /** The isolate's name for the browser's client, `null` for a server. Never stored. */
  readonly client: number | null
  /** Whether a browser sent it: only there a page is left after it was begun. */
  readonly browser: boolean
  /** Whether a browser sent it some time after it happened: its row may stand under another visitor. */
  readonly late: boolean
}

export interface PageViewRow extends FactBase {
  readonly kind: 'view'
  /** Visible milliseconds, deepest share in percent, clicks: running totals. `null` was not reported. */
  readonly seen: number
  readonly depth: number | null
  readonly clicks: number | null
  /** Missing from rows that an earlier release queued. */
  readonly vitals?: Vitals
}

export interface EventRow extends FactBase {
  readonly kind: 'event'
  readonly name: string
  readonly active: boolean
  readonly currency: string | null
  /** Minor units. */
  readonly value: number | null
  readonly tax: number | null
  readonly shipping: number | null
  readonly transactionId: string | null
  readonly items: readonly unknown[] | null
  readonly properties: Readonly<Record<string, unknown>> | null
}

export type FactRow = PageViewRow | EventRow

/** That a visitor is a user, seen at a time. `dayStart`: the first instant of that local day. */
export interface IdentityLink {
  readonly visitor: number
  readonly user: number
  readonly since: number
  readonly dayStart: number
}
