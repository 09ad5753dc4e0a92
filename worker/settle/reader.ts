import { jsonChunks } from '../store/chunks'
import eventsSelectHours from '../store/sql/events.select_hours.sql'
import eventsSelectSince from '../store/sql/events.select_since.sql'
import identitiesSelect from '../store/sql/identities.select.sql'
import reachesSelectHours from '../store/sql/reaches.select_hours.sql'
import viewsSelectHours from '../store/sql/views.select_hours.sql'
import viewsSelectSince from '../store/sql/views.select_since.sql'
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

/** Reads what sessions are derived from, and counts the rows it reads. */
export class Reader {
  rowsRead = 0
  readonly #db: D1Database
  readonly #site: number

  constructor(db: D1Database, site: number) {
    this.#db = db
    this.#site = site
  }

  async #run(statements: D1PreparedStatement[]): Promise<Row[]> {
    if (statements.length === 0) return []
    const results = await this.#db.batch<Row>(statements)
    for (const result of results) this.rowsRead += result.meta.rows_read ?? 0
    return results.flatMap(result => result.results)
  }

  #chunked(sql: string, rows: readonly unknown[]): D1PreparedStatement[] {
    return jsonChunks(rows).map(chunk => this.#db.prepare(sql).bind(this.#site, chunk))
  }

  /** The facts that began from one time up to, and not including, another. */
  async factsBetween(from: number, to: number): Promise<Fact[]> {
    const bounds = [this.#site, Math.floor(from / HOUR), from, Math.floor(to / HOUR), to]
    const rows = await this.#run(
      [viewsSelectSince, eventsSelectSince].map(sql => this.#db.prepare(sql).bind(...bounds)),
    )
    return rows.map(factOf)
  }

  /** All facts of these visitors in these hours. */
  async factsOf(hours: readonly VisitorHour[]): Promise<Fact[]> {
    const rows = await this.#run([
      ...this.#chunked(viewsSelectHours, hours),
      ...this.#chunked(eventsSelectHours, hours),
    ])
    return rows.map(factOf)
  }

  /** Hours of these visitors in which pages began that were still seen in these hours. */
  async reachingInto(hours: readonly VisitorHour[]): Promise<VisitorHour[]> {
    const rows = await this.#run(this.#chunked(reachesSelectHours, hours))
    return rows.map(row => [Number(row.visitor), Number(row.began)] as const)
  }

  /** The claims that name one of these, as visitor or as user. */
  async claimsOf(ids: readonly number[]): Promise<Claim[]> {
    const rows = await this.#run(this.#chunked(identitiesSelect, ids))
    return rows.map(row => ({ visitor: Number(row.visitor), user: Number(row.user), since: Number(row.since) }))
  }

  /** The stored visits that these persons began in these hours. */
  async visitsOf(hours: readonly VisitorHour[]): Promise<Visit[]> {
    return (await this.#run(this.#chunked(visitsSelectHours, hours))).map(visitOf)
  }
}
