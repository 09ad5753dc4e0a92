import { eventId, knownEvent } from '../../shared/events'
import type { SiteSettings } from '../../shared/settings'
import { hmacKey, lastingId } from '../hash'
import type { Site } from '../store/sites'
import questionsCurrencies from '../store/sql/questions.currencies.sql'
import questionsNames from '../store/sql/questions.names.sql'
import questionsRefusals from '../store/sql/questions.refusals.sql'
import questionsState from '../store/sql/questions.state.sql'
import { currencyKey } from './compile/builder'
import type { Parameter } from './metric'
import type { Range } from './period'
import type { Plan } from './question'

const HOUR = 3_600_000
const DAY = 24 * HOUR

export interface State {
  readonly version: number
  readonly hasIdentities: boolean
  /** Epoch milliseconds of the first fact, `null` of an empty site. */
  readonly first: number | null
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

/** Custom events that rules are about. */
const ruledEvents = ({ conversions, value_event, product_qualified, features }: SiteSettings): string[] =>
  [...conversions, ...(value_event ? [value_event] : []), ...product_qualified, ...features].flatMap(rule =>
    'event' in rule ? [rule.event] : [],
  )

/** Values of the parameters that name something. */
const named = (plan: Plan, what: Parameter['names']): string[] =>
  plan.metrics.flatMap(({ metric, args }) =>
    metric.parameters.flatMap(({ name, names }) => (names === what && args[name] ? [String(args[name])] : [])),
  )

const oneCurrency = (found: ReadonlySet<string>, own: string): string | undefined =>
  found.has(own) || found.size === 0 ? own : found.size === 1 ? [...found][0] : undefined

/** Reads what a question needs to know before it is compiled, and counts what that costs. */
export class Asking {
  rowsRead = 0
  readonly warnings: string[] = []
  readonly db: D1Database
  readonly site: Site

  constructor(db: D1Database, site: Site) {
    this.db = db
    this.site = site
  }

  async all(sql: string, values: readonly unknown[]): Promise<Record<string, unknown>[]> {
    const result = await this.db
      .prepare(sql)
      .bind(...values)
      .all()
    this.rowsRead += result.meta.rows_read ?? 0
    return result.results
  }

  async state(): Promise<State> {
    const [row] = await this.all(questionsState, [this.site.id])
    const first = Number(row?.first ?? 9e15)
    return {
      version: Number(row?.version ?? 0),
      hasIdentities: Boolean(row?.has_identities),
      first: first < 9e15 ? first : null,
    }
  }

  /** Ids of the custom events that parameters and settings name. */
  async customEvents(plan: Plan): Promise<Map<string, number>> {
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
