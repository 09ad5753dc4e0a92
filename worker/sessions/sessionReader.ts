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

/** An event as it is read, before its person is known. */
export interface TimelineEvent extends Omit<SessionEvent, 'person'> {
  /** The visitor under the salt of the day before. */
  readonly previous: number | null
}

type Row = Record<string, number | null>

const eventOf = (row: Row): TimelineEvent => ({
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

const sessionOf = (row: Row): Session => ({
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
 * Reads what sessions are derived from, and counts the rows it reads. Reading a whole hour costs one row for each event;
 * reading the hour of each visitor costs several, so it pays only where few visitors of an hour are needed.
 */
export class SessionReader {
  rowsRead = 0
  readonly #db: Database
  readonly #site: number
  /** The hours that were read whole, both included. */
  #whole: readonly [first: number, last: number] | null = null
  /** Other hours that were read for some visitors. */
  readonly #others = new Set<string>()
  readonly #events: Rows = new Map()
  readonly #reaches: Rows = new Map()
  readonly #sessions: Rows = new Map()
  #hasLinks: boolean | null = null

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

  /** Reads everything in some hours, both included. */
  async readHours(first: number, last: number): Promise<void> {
    const ranges = [viewsSelectHourRange, eventsSelectHourRange, reachesSelectHourRange, VISITS_SELECT_HOUR_RANGE]
    const [views = [], events = [], reaches = [], sessions = [], links = []] = await this.#batch([
      ...ranges.map(sql => statement(sql, this.#site, first, last)),
      statement(identitiesAny, this.#site),
    ])
    this.#hasLinks = Boolean(links[0]?.found)
    this.#whole = [first, last]
    this.#take([...views, ...events], reaches, sessions)
  }

  #take(events: readonly Row[], reaches: readonly Row[], sessions: readonly Row[]): void {
    addTo(this.#events, events)
    addTo(this.#reaches, reaches)
    addTo(this.#sessions, sessions)
  }

  #isRead([visitor, hour]: VisitorHour): boolean {
    const whole = this.#whole
    return (whole !== null && hour >= whole[0] && hour <= whole[1]) || this.#others.has(keyOf(visitor, hour))
  }

  /** Reads what these visitors did in these hours, unless it was read before, in one round trip. */
  async read(hours: readonly VisitorHour[]): Promise<void> {
    const missing = hours.filter(pair => !this.#isRead(pair))
    const sqls = [viewsSelectHours, eventsSelectHours, reachesSelectHours, VISITS_SELECT_HOURS]
    const statements = sqls.map(sql => this.#chunked(sql, missing))
    const results = await this.#batch(statements.flat())
    const [views = [], events = [], reaches = [], sessions = []] = statements.map(({ length }) =>
      results.splice(0, length).flat(),
    )
    for (const [visitor, hour] of missing) this.#others.add(keyOf(visitor, hour))
    this.#take([...views, ...events], reaches, sessions)
  }

  /** The events read so far that began from one time up to, and not including, another. */
  eventsBetween(from: number, to: number): TimelineEvent[] {
    const events = [...this.#events.values()].flat().map(eventOf)
    return events.filter(({ time }) => time >= from && time < to)
  }

  /** All events of these visitors in these hours, which must have been read. */
  eventsOf(hours: readonly VisitorHour[]): TimelineEvent[] {
    return rowsOf(this.#events, hours).map(eventOf)
  }

  /** The hours in which pages began that these visitors still saw in these hours, which must have been read. */
  reachingInto(hours: readonly VisitorHour[]): VisitorHour[] {
    return rowsOf(this.#reaches, hours).map(row => [Number(row.visitor), Number(row.began)] as const)
  }

  /** The identity links that name one of these ids, as visitor or as user. */
  async linksOf(ids: readonly number[]): Promise<VisitorLink[]> {
    if (this.#hasLinks === false) return []
    const rows = (await this.#batch(this.#chunked(identitiesSelect, ids))).flat()
    return rows.map(row => ({ visitor: Number(row.visitor), user: Number(row.user), since: Number(row.since) }))
  }

  /** The stored sessions that these persons began in these hours, which must have been read. */
  sessionsOf(hours: readonly VisitorHour[]): Session[] {
    return rowsOf(this.#sessions, hours).map(sessionOf)
  }
}
