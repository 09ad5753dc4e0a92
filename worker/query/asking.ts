import { EVENTS, type EventName, eventId, knownEvent } from '../../shared/events'
import { IMPORTS } from '../../shared/imports'
import { dayOf } from '../lib/calendar'
import { hmacKey, lastingId } from '../lib/hash'
import type { Parameter } from '../metrics/metric'
import { ruledEvents } from '../metrics/ruledEvents'
import type { RetainedEvents } from '../rollups/coverage'
import type { Site } from '../storage/sites'
import questionsFirst from '../storage/sql/questions.first.sql'
import questionsNames from '../storage/sql/questions.names.sql'
import questionsState from '../storage/sql/questions.state.sql'
import settlementsSelectVersion from '../storage/sql/settlements.select_version.sql'
import type { Cell, Statement } from './compile/statement'
import type { ParsedQuery } from './parse/parseQuery'
import type { Attempt } from './pieces'
import type { Reads, SqlQuery } from './reads'

const KNOWN_NAMES = JSON.stringify(EVENTS.map(({ name }) => name))

/** @param text JSON, pairs of a known event's name and the id that it has in `names` */
const formerEventsOf = (text: string): QueryState['formerEvents'] =>
  new Map((JSON.parse(text) as [EventName, number][]).map(([name, id]) => [knownEvent(name), id]))

export interface QueryState {
  readonly version: number
  readonly hasIdentities: boolean
  /** Of known events that were custom once, by their ids today: the stored ids of their names. */
  readonly formerEvents: ReadonlyMap<number, number>
  /** Where the facts that are kept begin. */
  readonly facts: RetainedEvents
}

/** Values of the parameters that name something. */
const named = (plan: Pick<ParsedQuery, 'metrics'>, what: Parameter['names']): string[] =>
  plan.metrics.flatMap(({ metric, args }) =>
    metric.parameters.flatMap(({ name, names }) => (names === what && args[name] ? [String(args[name])] : [])),
  )

/** Reads what a question needs to know before it is compiled, and counts what that costs. */
export class Asking {
  rowsRead = 0
  readonly warnings: string[] = []
  readonly site: Site
  readonly #reads: Reads

  constructor(reads: Reads, site: Site) {
    this.#reads = reads
    this.site = site
  }

  /** The rows of each query, or why it failed. */
  async attempts(queries: readonly SqlQuery[]): Promise<Attempt[]> {
    const results = await this.#reads.all(queries, rows => {
      this.rowsRead += rows
    })
    return results.map(result =>
      result.status === 'fulfilled' ? { rows: result.value.rows } : { error: result.reason },
    )
  }

  /** The rows of queries none of which may fail. */
  async rows(queries: readonly SqlQuery[]): Promise<Record<string, unknown>[][]> {
    return (await this.attempts(queries)).map(attempt => {
      if ('error' in attempt) throw attempt.error
      return attempt.rows
    })
  }

  async all(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.rows([{ sql, values }]))[0] ?? []
  }

  async state(): Promise<QueryState> {
    const [row] = await this.all(questionsState, [this.site.id, KNOWN_NAMES])
    return {
      version: Number(row?.version ?? 0),
      hasIdentities: Boolean(row?.has_identities),
      formerEvents: formerEventsOf(String(row?.former_events ?? '[]')),
      facts: { from: Number(row?.kept_from ?? 0), day: Number(row?.kept_day ?? 0) },
    }
  }

  /** `settlements.version` now. */
  async version(): Promise<number> {
    const [row] = await this.all(settlementsSelectVersion, [this.site.id])
    return Number(row?.version ?? 0)
  }

  /** The first local day of which anything is kept, `null` of an empty site. */
  async firstDay(): Promise<number | null> {
    const [row] = await this.all(questionsFirst, [this.site.id, JSON.stringify(IMPORTS.map(({ kind }) => kind))])
    const { first, first_day, first_import } = row ?? {}
    const days = [
      ...(typeof first === 'number' ? [dayOf(first, this.site.timezone)] : []),
      ...[first_day, first_import].filter(day => typeof day === 'number'),
    ]
    return days.length > 0 ? Math.min(...days) : null
  }

  /** Ids of the custom events that parameters and settings name. */
  async customEvents(plan: Pick<ParsedQuery, 'metrics'>): Promise<Map<string, number>> {
    const names = [...named(plan, 'event'), ...ruledEvents(this.site.settings)].filter(
      name => eventId(name) === undefined,
    )
    if (names.length === 0) return new Map()
    const rows = await this.all(questionsNames, [this.site.id, JSON.stringify(names)])
    return new Map(rows.map(row => [String(row.name), Number(row.id)]))
  }

  /** Ids of the users that parameters name. */
  async users(plan: ParsedQuery): Promise<Map<string, number>> {
    const names = named(plan, 'user')
    if (names.length === 0) return new Map()
    const key = await hmacKey(this.site.secret)
    return new Map(await Promise.all(names.map(async name => [name, await lastingId(key, 'user', name)] as const)))
  }

  /** What statements find. */
  async cells(list: readonly Statement[]): Promise<Cell[]> {
    const results = await this.rows(list)
    return list.flatMap((statement, index) => statement.cells(results[index] ?? []))
  }

  /** By day, when the first session began that can hold something of the day after. */
  async reaches({ sql, values }: SqlQuery): Promise<Map<number, number>> {
    return new Map((await this.all(sql, values)).map(row => [Number(row.day), Number(row.reach)]))
  }
}
