import { EVENTS, eventDefinition, eventId, FIRST_CUSTOM_EVENT } from '../../../shared/events'
import type { AnyRule, Rule, SiteSettings } from '../../../shared/settings'
import { dayOf } from '../../lib/calendar'
import type { Range } from '../../lib/timeRange'
import type { Dimension, DimensionSql } from '../../metrics/dimensions'
import type { MoneySource, Terms } from '../terms'
import { isOnlyConfirmed } from './confirmed'
import { int } from './int'
import { isOneOf } from './isOneOf'
import { bucketOfDay, bucketOfTime, localDay } from './localDay'
import { conditionsOf } from './rules'
import { currencyKey, type Scope } from './scope'
import { SESSION_COLUMNS, type SessionColumn } from './sessionColumns'

/** The id of an event that was never sent. */
const NO_EVENT = -1

const CONVERSIONS: readonly Rule[] = EVENTS.filter(({ name }) => eventDefinition(name)?.conversion).map(
  ({ name: event }) => ({ event }),
)

/** `or` of conditions, never null. */
const anyOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '0' : `coalesce(${conditions.join(' or ')}, 0)`

/** A common table's text; a function where its columns are those that the whole statement needs. */
type TableText = string | ((columns: readonly SessionColumn[]) => string)

/** SQL with the values it binds. */
export interface BuiltStatement {
  readonly sql: string
  readonly values: readonly unknown[]
  /** How long before the period it reads events, milliseconds; `Infinity` for all, 0 for none. */
  readonly lookback: number
}

/** Builds one statement: collects its bound values and its common tables. */
export class Builder implements Terms {
  readonly values: unknown[] = []
  readonly #bound = new Map<unknown, string>()
  readonly #tables = new Map<string, TableText>()
  readonly #names = new Map<string, Map<string, string>>()
  readonly #columns = new Set<SessionColumn>()
  #lookback = 0
  #scope: Scope

  constructor(scope: Scope) {
    this.#scope = scope
  }

  get scope(): Scope {
    return this.#scope
  }

  /** Runs a function with fewer dimensions than the query's. Common tables do not depend on dimensions. */
  narrowed<T>(dimensions: readonly Dimension[], run: () => T): T {
    const whole = this.#scope
    this.#scope = { ...whole, dimensions }
    try {
      return run()
    } finally {
      this.#scope = whole
    }
  }

  /** Runs a function for a longer range of days. It must add no common table, as these depend on the range. */
  widened<T>(range: Range, run: () => T): T {
    const own = this.#scope
    this.#scope = { ...own, range }
    try {
      return run()
    } finally {
      this.#scope = own
    }
  }

  bind(value: string | number): string {
    const bound = this.#bound.get(value)
    if (bound) return bound
    this.values.push(value)
    const parameter = `?${this.values.length}`
    this.#bound.set(value, parameter)
    return parameter
  }

  /** A name for a common table: one for each key under a prefix. */
  nameOf(prefix: string, key: string): string {
    const known = this.#names.get(prefix) ?? new Map<string, string>()
    this.#names.set(prefix, known)
    const name = known.get(key) ?? `${prefix}_${known.size + 1}`
    known.set(key, name)
    return name
  }

  /** Adds a common table unless it is there, after the tables that its own text adds; returns its name. */
  table(name: string, text: () => TableText): string {
    if (!this.#tables.has(name)) {
      const body = text()
      this.#tables.set(name, body)
    }
    return name
  }

  /** Whether the statement has a common table of this name. */
  uses(table: string): boolean {
    return this.#tables.has(table)
  }

  /**
   * Adds a common table with many rows. Without statistics SQLite expects ten rows of any table that it reads by an
   * index, and joins by scanning. Of a recursive table it expects billions, so it builds an index for look-ups in it.
   * The recursive part never adds a row; it costs one test per row.
   * @see https://www.sqlite.org/optoverview.html#automatic_query_time_indexes
   */
  manyRows(name: string, text: () => string): string {
    return this.table(name, () => `${text()}\nunion all\nselect * from ${name} where 0`)
  }

  /** Declares columns that the statement reads of its tables of sessions, which hold no others. */
  needs(...columns: readonly SessionColumn[]): void {
    for (const column of columns) this.#columns.add(column)
  }

  /** Declares that the statement reads events from this long before the period, milliseconds; `Infinity` for all. */
  looksBack(milliseconds: number): void {
    this.#lookback = Math.max(this.#lookback, milliseconds)
  }

  /** The statement with its common tables. Every bound value is in it: D1 rejects a value that is not. */
  statement(select: string): BuiltStatement {
    const columns = SESSION_COLUMNS.filter(column => this.#columns.has(column))
    const tables = [...this.#tables].map(
      ([name, text]) => `${name} as (\n${typeof text === 'string' ? text : text(columns)}\n)`,
    )
    const sql = tables.length > 0 ? `with ${tables.join(',\n')}\n${select}` : select
    return { sql, values: this.values, lookback: this.#lookback }
  }

  eventId(name: string): number {
    const custom = this.scope.customEvents.get(name)
    return eventId(name) ?? (custom === undefined ? NO_EVENT : custom + FIRST_CUSTOM_EVENT)
  }

  get settings(): SiteSettings {
    return this.scope.settings
  }

  get groups(): string {
    return this.scope.dimensions.map((_, index) => `, d${index}`).join('')
  }

  get now(): string {
    return int(this.scope.now)
  }

  get lastDayOver(): string {
    return int(dayOf(this.scope.now, this.scope.zone) - 1)
  }

  get conversions(): readonly Rule[] {
    return [...CONVERSIONS, ...this.scope.settings.conversions]
  }

  currency(sources: readonly MoneySource[]): string {
    return this.scope.currencies.get(currencyKey(sources)) ?? ''
  }

  userId(user: string): number {
    return this.scope.users.get(user) ?? 0
  }

  factMeets(...rules: readonly AnyRule[]): string {
    return anyOf(conditionsOf(this, rules))
  }

  /** The bit of a session that is set if a rule is met; `undefined` if its events have to be read. */
  #bitOf(rule: Rule): number | undefined {
    if (!('event' in rule)) return undefined
    // The bits do not tell whether a server confirmed an event.
    const needsConfirmation = isOnlyConfirmed(this, 'all') && eventDefinition(rule.event)?.money
    const id = eventId(rule.event)
    // Nor do they cover events that were stored as custom events.
    return needsConfirmation || this.scope.formerEvents.has(id ?? NO_EVENT) ? undefined : id
  }

  sessionMeets(...rules: readonly Rule[]): string {
    const known = rules.flatMap(rule => this.#bitOf(rule) ?? [])
    const rest = rules.filter(rule => this.#bitOf(rule) === undefined)
    const mask = [...new Set(known)].reduce((sum, id) => sum + 2 ** id, 0)
    const conditions = mask === 0 ? [] : [`(events & ${int(mask)}) != 0`]
    if (mask !== 0) this.needs('events')
    if (rest.length > 0) {
      const holders = this.table(this.nameOf('holders', JSON.stringify(rest)), () => this.holders(rest))
      conditions.push(isOneOf('(person, begin)', `select owner, owner_begin from ${holders}`))
    }
    return `(${anyOf(conditions)})`
  }

  /** SQL of sessions with something that meets a rule. Set from outside, as it needs the tables that need the builder. */
  holders: (rules: readonly Rule[]) => string = () => {
    throw new Error('Builder.holders is not set.')
  }

  /** A dimension's SQL with its bound values in place. */
  expression(sql: DimensionSql): string {
    return typeof sql === 'string' ? sql : sql(value => this.bind(value))
  }

  /** The local day of an instant, as days since 1970. */
  dayOf(time: string): string {
    return localDay(time, this.#scope)
  }

  /** The key of an instant's bucket, as in period.ts. */
  bucketOfTime(time: string): string {
    return bucketOfTime(time, this.#scope)
  }

  /** The key of a local day's bucket. */
  bucketOfDay(day: string): string {
    return bucketOfDay(day, this.#scope)
  }
}
