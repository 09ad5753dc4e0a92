import { eventId, knownEvent } from '../../shared/events'
import { dayOf } from '../calendar'
import { hmacKey, lastingId } from '../hash'
import type { Site } from '../store/sites'
import hourSumsSelect from '../store/sql/hour_sums.select.sql'
import questionsCurrencies from '../store/sql/questions.currencies.sql'
import questionsFirst from '../store/sql/questions.first.sql'
import questionsNames from '../store/sql/questions.names.sql'
import questionsRefusals from '../store/sql/questions.refusals.sql'
import questionsState from '../store/sql/questions.state.sql'
import rollupsSelect from '../store/sql/rollups.select.sql'
import runningSelect from '../store/sql/running.select.sql'
import runningSelectPeople from '../store/sql/running.select_people.sql'
import settlementsSelectVersion from '../store/sql/settlements.select_version.sql'
import sumsSelect from '../store/sql/sums.select.sql'
import sumsSelectReaches from '../store/sql/sums.select_reaches.sql'
import touchedSelect from '../store/sql/touched.select.sql'
import { currencyKey } from './compile/builder'
import type { Cell, Statement } from './compile/statement'
import type { Parameter } from './metric'
import type { Range } from './period'
import type { Plan } from './question'
import type { Query, Reads } from './reads'
import { ruledEvents } from './ruledEvents'
import { type Kept, type KeptFacts, spanOfHours } from './sums/kept'
import { daySumsOf, sumsByDay } from './sums/text'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** What questions.first.sql says of no facts. */
const NEVER = 9e15

export interface State {
  readonly version: number
  readonly hasIdentities: boolean
  /** Where the facts that are kept begin. */
  readonly facts: KeptFacts
}

/** What changed since what is kept was made, in epoch hours. */
export interface Unsettled {
  readonly touched: readonly (readonly [first: number, last: number])[]
  readonly marked: readonly number[]
}

/** What an amount that is left out is one of. */
const AMOUNTS: Readonly<Record<string, string>> = {
  orders: 'orders and refunds',
  orders_to_date: 'orders and refunds',
  subscriptions: 'changes of subscriptions',
  costs: 'imported costs',
  market: 'imported market figures',
}

const ORDERS = JSON.stringify([knownEvent('purchase'), knownEvent('refund')])
const SUBSCRIPTIONS = JSON.stringify([knownEvent('subscription_start'), knownEvent('subscription_change')])

/** Why something was kept out, by its refusal's reason; every other reason is something wrong with it. */
const KEPT_OUT: Readonly<Record<string, string>> = {
  bot: 'bots',
  duplicate: 'duplicates',
  gpc: 'opted_out',
  prefetch: 'prefetched',
}

/** Values of the parameters that name something. */
const named = (plan: Pick<Plan, 'metrics'>, what: Parameter['names']): string[] =>
  plan.metrics.flatMap(({ metric, args }) =>
    metric.parameters.flatMap(({ name, names }) => (names === what && args[name] ? [String(args[name])] : [])),
  )

const peopleOf = (text: string): ReadonlySet<number> | null => {
  const people = JSON.parse(text) as number[] | null
  return people && new Set(people)
}

const oneCurrency = (found: ReadonlySet<string>, own: string): string | undefined =>
  found.has(own) || found.size === 0 ? own : found.size === 1 ? [...found][0] : undefined

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

  async #results(queries: readonly Query[]): Promise<Record<string, unknown>[][]> {
    const results = await this.#reads.all(queries, rows => {
      this.rowsRead += rows
    })
    return results.map(({ results }) => results)
  }

  async all(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
    return (await this.#results([{ sql, values }]))[0] ?? []
  }

  async state(): Promise<State> {
    const [row] = await this.all(questionsState, [this.site.id])
    return {
      version: Number(row?.version ?? 0),
      hasIdentities: Boolean(row?.has_identities),
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
    const [row] = await this.all(questionsFirst, [this.site.id])
    const first = Number(row?.first ?? NEVER)
    const ofFacts = first < NEVER ? dayOf(first, this.site.timezone) : null
    const ofSums = typeof row?.first_day === 'number' ? row.first_day : null
    return ofFacts === null || ofSums === null ? (ofFacts ?? ofSums) : Math.min(ofFacts, ofSums)
  }

  /** Ids of the custom events that parameters and settings name. */
  async customEvents(plan: Pick<Plan, 'metrics'>): Promise<Map<string, number>> {
    const names = [...named(plan, 'event'), ...ruledEvents(this.site.settings)].filter(
      name => eventId(name) === undefined,
    )
    if (names.length === 0) return new Map()
    const rows = await this.all(questionsNames, [this.site.id, JSON.stringify(names)])
    return new Map(rows.map(row => [String(row.name), Number(row.id)]))
  }

  /** Ids of the users that parameters name. */
  async users(plan: Plan): Promise<Map<string, number>> {
    const names = named(plan, 'user')
    if (names.length === 0) return new Map()
    const key = await hmacKey(this.site.secret)
    return new Map(await Promise.all(names.map(async name => [name, await lastingId(key, 'user', name)] as const)))
  }

  /**
   * By where money comes from, the one currency it is added in: the site's if the period has any, else the
   * only one there is; none when there are several and none is the site's.
   */
  async currencies(plan: Plan, range: Range): Promise<Map<string, string>> {
    const asked = new Map(plan.metrics.flatMap(({ metric: { money } }) => (money ? [[currencyKey(money), money]] : [])))
    if (asked.size === 0) return new Map()
    const rows = await this.all(questionsCurrencies, [
      this.site.id,
      Math.floor(range.from / HOUR),
      Math.floor(range.to / HOUR),
      range.from,
      range.to,
      ORDERS,
      SUBSCRIPTIONS,
      range.firstDay,
      range.lastDay,
    ])
    const result = new Map<string, string>()
    const left = new Set<string>()
    for (const [key, sources] of asked) {
      const own = rows.filter(row => sources.some(source => source === row.source))
      const decided = oneCurrency(new Set(own.map(row => String(row.currency))), this.site.currency)
      if (decided !== undefined) result.set(key, decided)
      for (const row of own) {
        if (row.currency !== decided) left.add(`${row.count} ${AMOUNTS[String(row.source)]} in ${row.currency}`)
      }
    }
    for (const what of left)
      this.warnings.push(`${what} are left out: amounts of different currencies are never added.`)
    return result
  }

  /** What queries find. */
  rows(queries: readonly Query[]): Promise<Record<string, unknown>[][]> {
    return this.#results(queries)
  }

  /** What statements find. */
  async cells(list: readonly Statement[]): Promise<Cell[]> {
    const results = await this.#results(list)
    return list.flatMap((statement, index) => statement.cells(results[index] ?? []))
  }

  /** By day, when the first session began that can hold something of the day after. */
  async reaches({ sql, values }: Query): Promise<Map<number, number>> {
    return new Map((await this.all(sql, values)).map(row => [Number(row.day), Number(row.reach)]))
  }

  /**
   * What is kept of the days of a range, once it is known what changed since.
   * @param prints of the measures that are wanted
   */
  async kept(
    plan: Plan,
    range: Range,
    prints: readonly number[],
  ): Promise<(unsettled: Unsettled, state: State) => Kept> {
    const site = this.site.id
    const dimension = plan.dimensions[0]?.id ?? ''
    const wanted = JSON.stringify(prints)
    const ofDays = [site, range.firstDay, range.lastDay, this.site.timezone]
    const [rollups = [], touched = [], sums = [], reaches = [], hours = [], running = [], people = []] =
      await this.#results([
        { sql: rollupsSelect, values: [site] },
        { sql: touchedSelect, values: [site] },
        { sql: sumsSelect, values: [site, dimension, range.firstDay, range.lastDay, wanted] },
        { sql: sumsSelectReaches, values: [site, range.firstDay - 1, range.lastDay] },
        {
          sql: hourSumsSelect,
          values: [site, dimension, Math.floor(range.from / HOUR), Math.floor(range.to / HOUR), wanted],
        },
        ...(dimension === '' ? [{ sql: runningSelect, values: [...ofDays, wanted] }] : []),
        ...(dimension === '' ? [{ sql: runningSelectPeople, values: ofDays }] : []),
      ])
    const rollup = rollups[0]
    const keptHours = hours.map(row => [Number(row.hour), daySumsOf(String(row.cells))] as const)
    const kept = {
      zone: this.site.timezone,
      running: new Map(
        running.map((row, index) => [
          Number(row.day),
          { sums: daySumsOf(String(row.cells)), people: peopleOf(String(people[index]?.people)) },
        ]),
      ),
      rollup: rollup ? { until: Number(rollup.until), zone: String(rollup.zone), since: Number(rollup.since) } : null,
      reaches: new Map(reaches.map(row => [Number(row.day), row.reach === null ? null : Number(row.reach)])),
      sums: sumsByDay(sums.map(row => ({ day: Number(row.day), cells: String(row.cells) }))),
    }
    const touchedHours = touched.map(row => [Number(row.first_hour), Number(row.last_hour)] as const)
    return (unsettled, { facts }) => ({
      ...kept,
      facts,
      hours: new Map(keptHours.filter(([hour]) => !unsettled.marked.includes(hour))),
      touched: [...unsettled.touched, ...touchedHours].map(([first, last]) => spanOfHours(first, last)),
    })
  }

  /** What was kept out in the UTC days of a period, and why. */
  async keptOut(range: Range): Promise<Record<string, number>> {
    const days = [Math.floor(range.from / DAY), Math.floor((range.to - 1) / DAY)]
    const rows = await this.all(questionsRefusals, [this.site.id, ...days])
    const result: Record<string, number> = { bots: 0, duplicates: 0, opted_out: 0, prefetched: 0, refused: 0 }
    for (const row of rows) {
      const reason = KEPT_OUT[String(row.reason)] ?? 'refused'
      result[reason] = (result[reason] ?? 0) + Number(row.count)
    }
    return result
  }
}
