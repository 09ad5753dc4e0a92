import { jsonChunks } from '../store/chunks'
import eventsSelectHourRange from '../store/sql/events.select_hour_range.sql'
import eventsSelectHours from '../store/sql/events.select_hours.sql'
import identitiesAny from '../store/sql/identities.any.sql'
import identitiesSelect from '../store/sql/identities.select.sql'
import reachesSelectHourRange from '../store/sql/reaches.select_hour_range.sql'
import reachesSelectHours from '../store/sql/reaches.select_hours.sql'
import viewsSelectHourRange from '../store/sql/views.select_hour_range.sql'
import viewsSelectHours from '../store/sql/views.select_hours.sql'
import visitsSelectHourRange from '../store/sql/visits.select_hour_range.sql'
import visitsSelectHours from '../store/sql/visits.select_hours.sql'
import type { Claim } from './persons'
import type { Moment, Visit } from './sessionize'

export const HOUR = 3_600_000

export type VisitorHour = readonly [visitor: number, hour: number]

/** A fact as read; who the person was is not known yet. */
export interface Fact extends Omit<Moment, 'person'> {
  /** The visitor under the salt of the day before. */
  readonly previous: number | null
}

type Row = Record<string, number | null>

const factOf = (row: Row): Fact => ({
  visitor: Number(row.visitor),
  time: Number(row.hour) * HOUR + Number(row.at),
  reach: Number(row.seen ?? 0),
  id: Number(row.id),
  name: Number(row.name ?? 0),
  active: row.active !== 0,
  page: row.page ?? null,
  source: row.source ?? null,
  place: row.place ?? null,
  device: row.device ?? null,
  clicks: Number(row.clicks ?? 0),
  previous: row.previous ?? null,
})

const visitOf = (row: Row): Visit => ({
  visitor: Number(row.visitor),
  next: row.next ?? null,
  begin: Number(row.hour) * HOUR + Number(row.at),
  last: Number(row.last),
  duration: Number(row.duration),
  cut: row.cut ?? null,
  seen: Number(row.seen),
  views: Number(row.views),
  clicks: Number(row.clicks),
  actions: Number(row.actions),
  events: Number(row.events),
  entry: row.entry ?? null,
  exit: row.exit ?? null,
  source: row.source ?? null,
  place: row.place ?? null,
  device: row.device ?? null,
})

const keyOf = (visitor: number, hour: number): string => `${visitor}/${hour}`

const hourKey = ({ visitor, hour }: Row): string => keyOf(Number(visitor), Number(hour))

/** Rows of whole hours, of every visitor, by visitor and hour. */
interface Whole {
  readonly first: number
  readonly last: number
  readonly facts: ReadonlyMap<string, readonly Row[]>
  readonly reaches: ReadonlyMap<string, readonly Row[]>
  readonly visits: ReadonlyMap<string, readonly Row[]>
}

type Kept = 'facts' | 'reaches' | 'visits'

/**
 * Reads what sessions are derived from, and counts the rows it reads. Where most visitors of an hour are asked for,
 * reading the whole hour costs a row for each fact; asking for each visitor's hours costs several.
 */
export class Reader {
  rowsRead = 0
  readonly #db: D1Database
  readonly #site: number
  #whole: Whole | null = null
  #hasClaims: boolean | null = null

  constructor(db: D1Database, site: number) {
    this.#db = db
    this.#site = site
  }

  async #batch(statements: D1PreparedStatement[]): Promise<Row[][]> {
    if (statements.length === 0) return []
    const results = await this.#db.batch<Row>(statements)
    for (const result of results) this.rowsRead += result.meta.rows_read ?? 0
    return results.map(result => result.results)
  }

  #chunked(sql: string, rows: readonly unknown[]): D1PreparedStatement[] {
    return jsonChunks(rows).map(chunk => this.#db.prepare(sql).bind(this.#site, chunk))
  }

  /** Reads all that there is of some hours, both included; what is asked of them later is at hand. */
  async readHours(first: number, last: number): Promise<void> {
    const ranges = [viewsSelectHourRange, eventsSelectHourRange, reachesSelectHourRange, visitsSelectHourRange]
    const [views = [], events = [], reaches = [], visits = [], claims = []] = await this.#batch([
      ...ranges.map(sql => this.#db.prepare(sql).bind(this.#site, first, last)),
      this.#db.prepare(identitiesAny).bind(this.#site),
    ])
    this.#hasClaims = Boolean(claims[0]?.any)
    this.#whole = {
      first,
      last,
      facts: Map.groupBy([...views, ...events], hourKey),
      reaches: Map.groupBy(reaches, hourKey),
      visits: Map.groupBy(visits, hourKey),
    }
  }

  /** Rows of these visitors in these hours, from what is at hand and from the database. */
  async #rowsOf(kept: Kept, sqls: readonly string[], hours: readonly VisitorHour[]): Promise<Row[]> {
    const whole = this.#whole
    const isAtHand = ([, hour]: VisitorHour): boolean => whole !== null && hour >= whole.first && hour <= whole.last
    const missing = hours.filter(pair => !isAtHand(pair))
    const read = await this.#batch(sqls.flatMap(sql => this.#chunked(sql, missing)))
    const atHand = hours.filter(isAtHand).flatMap(([visitor, hour]) => whole?.[kept].get(keyOf(visitor, hour)) ?? [])
    return [...atHand, ...read.flat()]
  }

  /** The facts of the hours at hand that began from one time up to, and not including, another. */
  factsBetween(from: number, to: number): Fact[] {
    return [...(this.#whole?.facts.values() ?? [])]
      .flat()
      .map(factOf)
      .filter(({ time }) => time >= from && time < to)
  }

  /** All facts of these visitors in these hours. */
  async factsOf(hours: readonly VisitorHour[]): Promise<Fact[]> {
    return (await this.#rowsOf('facts', [viewsSelectHours, eventsSelectHours], hours)).map(factOf)
  }

  /** Hours of these visitors in which pages began that were still seen in these hours. */
  async reachingInto(hours: readonly VisitorHour[]): Promise<VisitorHour[]> {
    const rows = await this.#rowsOf('reaches', [reachesSelectHours], hours)
    return rows.map(row => [Number(row.visitor), Number(row.began)] as const)
  }

  /** The claims that name one of these, as visitor or as user. */
  async claimsOf(ids: readonly number[]): Promise<Claim[]> {
    if (this.#hasClaims === false) return []
    const rows = (await this.#batch(this.#chunked(identitiesSelect, ids))).flat()
    return rows.map(row => ({ visitor: Number(row.visitor), user: Number(row.user), since: Number(row.since) }))
  }

  /** The stored visits that these persons began in these hours. */
  async visitsOf(hours: readonly VisitorHour[]): Promise<Visit[]> {
    return (await this.#rowsOf('visits', [visitsSelectHours], hours)).map(visitOf)
  }
}
