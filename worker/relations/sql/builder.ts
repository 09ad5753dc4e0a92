import { EVENTS, eventDefinition, eventId, FIRST_CUSTOM_EVENT } from '../../../shared/events'
import type { Rule, SiteSettings } from '../../../shared/settings'
import { dayOf } from '../../lib/calendar'
import type { Dimension, DimensionSql } from '../../metrics/dimensions'
import type { MoneySource, Terms } from '../terms'
import { isOnlyConfirmed } from './confirmed'
import { int } from './int'
import { isOneOf } from './isOneOf'
import { bucketOfDay, bucketOfTime, localDay } from './localTime'
import { conditionsOf } from './rules'
import { currencyKey, type Scope } from './scope'
import { SESSION_COLUMNS, type SessionColumn } from './sessionColumns'

/** An id no event has: a name that was never sent. */
const NO_EVENT = -1

const CONVERSIONS: readonly Rule[] = EVENTS.filter(({ name }) => eventDefinition(name)?.conversion).map(
  ({ name: event }) => ({ event }),
)

/** `or` of conditions, none of them being null. */
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

/** Builds one statement: gathers its bound values, and the common tables it names. */
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

  /** What is said of fewer dimensions than the question's; common tables do not depend on them. */
  narrowed<T>(dimensions: readonly Dimension[], say: () => T): T {
    const whole = this.#scope
    this.#scope = { ...whole, dimensions }
    try {
      return say()
    } finally {
      this.#scope = whole
    }
  }

  bind(value: string | number): string {
    const known = this.#bound.get(value)
    if (known) return known
    this.values.push(value)
    const place = `?${this.values.length}`
    this.#bound.set(value, place)
    return place
  }

  /** A name for a common table: one for each key under a prefix. */
  nameOf(prefix: string, key: string): string {
    const known = this.#names.get(prefix) ?? new Map<string, string>()
    this.#names.set(prefix, known)
    const name = known.get(key) ?? `${prefix}_${known.size + 1}`
    known.set(key, name)
    return name
  }

  /** Names a common table; its text is made once, after the tables it names in turn. */
  table(name: string, text: () => TableText): string {
    if (!this.#tables.has(name)) {
      const body = text()
      this.#tables.set(name, body)
    }
    return name
  }

  /** Whether the statement has a common table with this name. */
  uses(table: string): boolean {
    return this.#tables.has(table)
  }

  /**
   * A common table with many rows. Without statistics SQLite expects ten rows of any table that is read by an
   * index, and looks for a row of one in all rows of the other. Of a recursive table it expects billions, and so
   * makes an index for what is looked up in it or for it; that the table never names itself again costs a test
   * of each row.
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

  factMeets(...rules: readonly Rule[]): string {
    return anyOf(conditionsOf(this, rules))
  }

  /** The bit of a session that says whether a rule is met, `undefined` where its facts have to be looked at. */
  #bitOf(rule: Rule): number | undefined {
    if (!('event' in rule)) return undefined
    // A session holds what a browser sent, and cannot tell whether a server sent it too.
    const isDoubted = isOnlyConfirmed(this, 'all') && eventDefinition(rule.event)?.money
    const id = eventId(rule.event)
    // Nor what was stored before the event was known.
    return isDoubted || this.scope.formerEvents.has(id ?? NO_EVENT) ? undefined : id
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

  /** Sessions that hold what meets a rule. Set by what knows how facts and sessions meet. */
  holders: (rules: readonly Rule[]) => string = () => {
    throw new Error('no relation was begun')
  }

  /** A dimension's SQL with its bound values in place. */
  expression(sql: DimensionSql): string {
    return typeof sql === 'string' ? sql : sql(value => this.bind(value))
  }

  /** The local day of an instant, as days since 1970. */
  dayOf(time: string): string {
    return localDay(time, this.#scope)
  }

  /** The key of the bucket an instant lies in, as period.ts makes them. */
  bucketOfTime(time: string): string {
    return bucketOfTime(time, this.#scope)
  }

  /** The key of the bucket a local day lies in. */
  bucketOfDay(day: string): string {
    return bucketOfDay(day, this.#scope)
  }
}
