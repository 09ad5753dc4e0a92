import type { AnyRule, Rule, SiteSettings } from '../../shared/settings'
import type { SessionColumn } from './sql/sessionColumns'

/** Writes SQL that depends on the query and the site's settings. */
export interface Terms {
  /** A condition on sessions with `person`, `begin` and `events`: one of the rules is met. */
  sessionMeets(...rules: readonly Rule[]): string
  /** A condition on page views and events with `name`, `page` and `properties`: one of the rules is met. */
  factMeets(...rules: readonly AnyRule[]): string
  /** The rules of a conversion on this site. */
  readonly conversions: readonly Rule[]
  readonly settings: SiteSettings
  /** `, d0, d1`: the columns of a row's group besides its bucket. */
  readonly groups: string
  /** Epoch milliseconds, as SQL. */
  readonly now: string
  /** The last local day that is over, as SQL. */
  readonly lastDayOver: string
  /** The stored id of a user that a parameter names, 0 for an unknown one. */
  userId(user: string): number
  /** Binds a value; returns its SQL. */
  bind(value: string | number): string
}

/** A condition on a session, and the columns of it that the SQL reads by name. */
export interface SessionCondition {
  readonly columns: readonly SessionColumn[]
  sql(terms: Terms): string
}

/** Where money comes from. The amounts of one metric are in one currency, which is chosen from these. */
export type MoneySource = 'orders' | 'carts' | 'orders_to_date' | 'subscriptions' | 'costs' | 'market'

/** The part of a statement builder that rules need. */
export interface StatementTerms {
  readonly scope: { readonly site: number }
  /** The stored id of an event's name. */
  eventId(name: string): number
  /** Binds a value; returns its SQL. */
  bind(value: string | number): string
  /** A name for a common table: one for each key under a prefix. */
  nameOf(prefix: string, key: string): string
  /** Names a common table that may have many rows. */
  manyRows(name: string, text: () => string): string
}
