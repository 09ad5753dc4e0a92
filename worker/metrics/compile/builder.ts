import { EVENTS, eventDefinition, eventId, FIRST_CUSTOM_EVENT } from '../../../shared/events'
import type { Granularity, Operator } from '../../../shared/question'
import { offsetsBetween } from '../../calendar'
import { type Dimension, propertyName } from '../dimensions'
import type { Terms } from '../metric'
import type { Range } from '../period'

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
  readonly granularity: Granularity | null
  readonly dimensions: readonly Dimension[]
  readonly filters: readonly DimensionFilter[]
  /** JSON texts: keys of stored visits to leave out, and rows of sessions to take in. */
  readonly removed: string | null
  readonly added: string | null
  /** Whether any visitor of the site turned out to be a user. */
  readonly hasIdentities: boolean
  /** Stored ids of the custom events that the question names. */
  readonly customEvents: ReadonlyMap<string, number>
  /** Of money that is added. */
  readonly currency: string
}

/** A whole number as it stands in SQL. */
export const int = (value: number): string => {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number`)
  return String(value)
}

/** An id no event has: a name that was never sent. */
const NO_EVENT = -1

const CONVERSIONS = EVENTS.filter(({ name }) => eventDefinition(name)?.conversion).map(({ name }) => name)

/** Builds one statement: gathers its bound values, and the common tables it names. */
export class Builder implements Terms {
  readonly scope: Scope
  readonly values: unknown[] = []
  readonly #bound = new Map<unknown, string>()
  readonly #tables = new Map<string, string>()

  constructor(scope: Scope) {
    this.scope = scope
  }

  bind(value: string | number): string {
    const known = this.#bound.get(value)
    if (known) return known
    this.values.push(value)
    const place = `?${this.values.length}`
    this.#bound.set(value, place)
    return place
  }

  /** Names a common table; its text is made once, after the tables it names in turn. */
  table(name: string, text: () => string): string {
    if (!this.#tables.has(name)) {
      const body = text()
      this.#tables.set(name, body)
    }
    return name
  }

  /** The statement with its common tables. */
  statement(select: string): { sql: string; values: unknown[] } {
    const tables = [...this.#tables].map(([name, body]) => `${name} as (\n${body}\n)`)
    return { sql: tables.length > 0 ? `with ${tables.join(',\n')}\n${select}` : select, values: this.values }
  }

  eventId(name: string): number {
    const custom = this.scope.customEvents.get(name)
    return eventId(name) ?? (custom === undefined ? NO_EVENT : custom + FIRST_CUSTOM_EVENT)
  }

  sessionHolds(event: string): string {
    const id = this.eventId(event)
    if (id >= FIRST_CUSTOM_EVENT) {
      const holders = this.table('holders', () => this.holders())
      return `((person, begin) in (select owner, owner_begin from ${holders} where name = ${int(id)}))`
    }
    return id === NO_EVENT ? '0' : `((events >> ${int(id)}) & 1)`
  }

  get sessionConverts(): string {
    const mask = CONVERSIONS.reduce((sum, name) => sum + 2 ** this.eventId(name), 0)
    return `((events & ${int(mask)}) != 0)`
  }

  factIs(event: string): string {
    return `coalesce(name = ${int(this.eventId(event))}, 0)`
  }

  get factConverts(): string {
    return `coalesce(name in (${CONVERSIONS.map(name => int(this.eventId(name))).join(', ')}), 0)`
  }

  /** Set by the relations, which know how facts and sessions meet. */
  holders: () => string = () => {
    throw new Error('no relation was begun')
  }

  /** A dimension's SQL with its bound values in place. */
  expression(dimension: Dimension, text: string): string {
    const name = propertyName(dimension.id)
    const bound = name === null ? text : text.replaceAll(':property', this.bind(name))
    return bound.includes(':events')
      ? bound.replaceAll(':events', this.bind(JSON.stringify(EVENTS.map(event => event.name))))
      : bound
  }

  /** Local milliseconds of an instant: the zone's offsets are constant between its changes. */
  #local(time: string): string {
    const { range, zone } = this.scope
    const around = 4 * 86_400_000
    const offsets = offsetsBetween(range.from - around, range.to + around, zone)
    const cases = offsets
      .slice(1)
      .map(({ from }, index) => `when ${time} < ${int(from)} then ${int(offsets[index]?.offset ?? 0)}`)
    const last = int(offsets.at(-1)?.offset ?? 0)
    return cases.length === 0 ? `(${time} + ${last})` : `(${time} + case ${cases.join(' ')} else ${last} end)`
  }

  /** The local day of an instant, as days since 1970. */
  dayOf(time: string): string {
    return `(${this.#local(time)} / 86400000)`
  }

  /** The key of the bucket an instant lies in, as period.ts makes them. */
  bucketOfTime(time: string): string {
    const { granularity, range } = this.scope
    if (granularity === 'hour') return `((${time} - ${int(range.from)}) / 3600000)`
    return granularity === null ? '0' : this.bucketOfDay(this.dayOf(time))
  }

  /** The key of the bucket a local day lies in. */
  bucketOfDay(day: string): string {
    switch (this.scope.granularity) {
      case 'day':
        return day
      case 'week':
        return `((${day} + 3) / 7)`
      case 'month':
        return monthOfDay(day)
      default:
        return '0'
    }
  }
}

/** Months since year 0 of a local day. */
export const monthOfDay = (day: string): string =>
  `(cast(strftime('%Y', ${day} * 86400, 'unixepoch') as integer) * 12 + cast(strftime('%m', ${day} * 86400, 'unixepoch') as integer) - 1)`
