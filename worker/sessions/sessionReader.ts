import { HOUR } from '../../shared/time'
import { VISITS_SELECT_HOUR_RANGE, VISITS_SELECT_HOURS } from '../storage/assembled/sessionStatements'
import { jsonChunks } from '../storage/chunks'
import { type Database, type SqlStatement, statement } from '../storage/database'
import eventsSelectHourRange from '../storage/sql/events.select_hour_range.sql'
import eventsSelectHours from '../storage/sql/events.select_hours.sql'
import identitiesAny from '../storage/sql/identities.any.sql'
import identitiesSelect from '../storage/sql/identities.select.sql'
import reachesSelectHourRange from '../storage/sql/reaches.select_hour_range.sql'
import reachesSelectHours from '../storage/sql/reaches.select_hours.sql'
import viewsSelectHourRange from '../storage/sql/views.select_hour_range.sql'
import viewsSelectHours from '../storage/sql/views.select_hours.sql'
import type { VisitorLink } from './personAt'
import type { Session, SessionEvent } from './sessionize'

export type VisitorHour = readonly [visitor: number, hour: number]

/** A fact as read; who the person was is not known yet. */
export interface TimelineEvent extends Omit<SessionEvent, 'person'> {
  /** The visitor under the salt of the day before. */
  readonly previous: number | null
}

type Row = Record<string, number | null>

const factOf = (row: Row): TimelineEvent => ({
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
  clicks: row.clicks ?? null,
  previous: row.previous ?? null,
})

const visitOf = (row: Row): Session => ({
  visitor: Number(row.visitor),
  next: row.next ?? null,
  begin: Number(row.hour) * HOUR + Number(row.at),
  last: Number(row.last),
  duration: Number(row.duration),
  cut: row.cut ?? null,
  seen: Number(row.seen),
  views: Number(row.views),
  clicks: row.clicks ?? null,
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

/** Rows by visitor and hour. */
type Rows = Map<string, Row[]>

const addTo = (rows: Rows, read: readonly Row[]): void => {
  for (const row of read) {
    const key = hourKey(row)
    const own = rows.get(key)
    if (own) own.push(row)
    else rows.set(key, [row])
  }
}

const rowsOf = (rows: Rows, hours: readonly VisitorHour[]): Row[] =>
  hours.flatMap(([visitor, hour]) => rows.get(keyOf(visitor, hour)) ?? [])

/**
 * Reads what sessions are derived from, and counts the rows it reads. Where most visitors of an hour are asked for,
 * reading the whole hour costs a row for each fact; asking for each visitor's hours costs several.
 */
export class SessionReader {
  rowsRead = 0
  readonly #db: Database
  readonly #site: number
  /** Hours of which everything is at hand, both included. */
  #whole: readonly [first: number, last: number] | null = null
  /** Other hours of some visitors. */
  readonly #others = new Set<string>()
  readonly #facts: Rows = new Map()
  readonly #reaches: Rows = new Map()
  readonly #visits: Rows = new Map()
  #hasClaims: boolean | null = null

  constructor(db: Database, site: number) {
    this.#db = db
    this.#site = site
  }

  async #batch(statements: SqlStatement[]): Promise<Row[][]> {
    if (statements.length === 0) return []
    const results = await this.#db.batch<Row>(statements)
    for (const result of results) this.rowsRead += result.rowsRead
    return results.map(result => result.rows)
  }

  #chunked(sql: string, rows: readonly unknown[]): SqlStatement[] {
    return jsonChunks(rows).map(chunk => statement(sql, this.#site, chunk))
  }

  /** Reads all that there is of some hours, both included. */
  async readHours(first: number, last: number): Promise<void> {
    const ranges = [viewsSelectHourRange, eventsSelectHourRange, reachesSelectHourRange, VISITS_SELECT_HOUR_RANGE]
    const [views = [], events = [], reaches = [], visits = [], claims = []] = await this.#batch([
      ...ranges.map(sql => statement(sql, this.#site, first, last)),
      statement(identitiesAny, this.#site),
    ])
    this.#hasClaims = Boolean(claims[0]?.found)
    this.#whole = [first, last]
    this.#take([...views, ...events], reaches, visits)
  }

  #take(facts: readonly Row[], reaches: readonly Row[], visits: readonly Row[]): void {
    addTo(this.#facts, facts)
    addTo(this.#reaches, reaches)
    addTo(this.#visits, visits)
  }

  #isAtHand([visitor, hour]: VisitorHour): boolean {
    const whole = this.#whole
    return (whole !== null && hour >= whole[0] && hour <= whole[1]) || this.#others.has(keyOf(visitor, hour))
  }

  /** Reads what of these visitors in these hours is not at hand, in one round trip. */
  async read(hours: readonly VisitorHour[]): Promise<void> {
    const missing = hours.filter(pair => !this.#isAtHand(pair))
    const sqls = [viewsSelectHours, eventsSelectHours, reachesSelectHours, VISITS_SELECT_HOURS]
    const statements = sqls.map(sql => this.#chunked(sql, missing))
    const results = await this.#batch(statements.flat())
    const [views = [], events = [], reaches = [], visits = []] = statements.map(({ length }) =>
      results.splice(0, length).flat(),
    )
    for (const [visitor, hour] of missing) this.#others.add(keyOf(visitor, hour))
    this.#take([...views, ...events], reaches, visits)
  }

  /** The facts at hand that began from one time up to, and not including, another. */
  factsBetween(from: number, to: number): TimelineEvent[] {
    const facts = [...this.#facts.values()].flat().map(factOf)
    return facts.filter(({ time }) => time >= from && time < to)
  }

  /** All facts of these visitors in these hours, which were read. */
  factsOf(hours: readonly VisitorHour[]): TimelineEvent[] {
    return rowsOf(this.#facts, hours).map(factOf)
  }

  /** Hours of these visitors in which pages began that were still seen in these hours, which were read. */
  reachingInto(hours: readonly VisitorHour[]): VisitorHour[] {
    return rowsOf(this.#reaches, hours).map(row => [Number(row.visitor), Number(row.began)] as const)
  }

  /** The claims that name one of these, as visitor or as user. */
  async claimsOf(ids: readonly number[]): Promise<VisitorLink[]> {
    if (this.#hasClaims === false) return []
    const rows = (await this.#batch(this.#chunked(identitiesSelect, ids))).flat()
    return rows.map(row => ({ visitor: Number(row.visitor), user: Number(row.user), since: Number(row.since) }))
  }

  /** The stored visits that these persons began in these hours, which were read. */
  visitsOf(hours: readonly VisitorHour[]): Session[] {
    return rowsOf(this.#visits, hours).map(visitOf)
  }
}
