import type { Rule, SiteSettings } from '../../shared/settings'
import type { SessionColumn } from './sql/sessionColumns'

/** Says SQL for things that only the question knows. */
export interface Terms {
  /** Whether a session, of which `person`, `begin` and `events` are in sight, holds what meets one of the rules. */
  sessionMeets(...rules: readonly Rule[]): string
  /** Whether a fact, of which `name`, `page` and `properties` are in sight, meets one of the rules. */
  factMeets(...rules: readonly Rule[]): string
  /** What counts as a conversion on this site. */
  readonly conversions: readonly Rule[]
  readonly settings: SiteSettings
  /** `, d0, d1`: what a row's group is, beside its bucket. */
  readonly groups: string
  /** Epoch milliseconds, as SQL. */
  readonly now: string
  /** The last local day that is over, as SQL. */
  readonly lastDayOver: string
  /** The stored id of a user that a parameter names, `null` for none. */
  userId(user: string): number
  /** SQL text of a value, bound. */
  bind(value: string | number): string
}

/** A condition on a session, and the columns of it that the SQL reads by name. */
export interface SessionCondition {
  readonly columns: readonly SessionColumn[]
  sql(terms: Terms): string
}

/** Where money comes from: amounts of one metric are of one currency, looked for in these. */
export type MoneySource = 'orders' | 'orders_to_date' | 'subscriptions' | 'costs' | 'market'

/** The part of a statement's builder that rules need. */
export interface StatementTerms {
  readonly scope: { readonly site: number }
  /** The stored id of an event's name. */
  eventId(name: string): number
  /** SQL text of a value, bound. */
  bind(value: string | number): string
  /** A name for a common table: one for each key under a prefix. */
  nameOf(prefix: string, key: string): string
  /** Names a common table that may have many rows. */
  manyRows(name: string, text: () => string): string
}
