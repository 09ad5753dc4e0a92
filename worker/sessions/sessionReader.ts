import { HOUR } from '../../shared/time'
import { forEachYielding } from '../lib/forEachYielding'
import { VISITS_SELECT_HOUR_RANGE, VISITS_SELECT_HOURS } from '../storage/assembled/sessionStatements'
import { jsonChunks } from '../storage/chunks'
import { type Database, type SqlStatement, statement } from '../storage/database'
import eventsSelectHourRange from '../storage/sql/events.select_hour_range.sql'
import eventsSelectHours from '../storage/sql/events.select_hours.sql'
import eventsSelectPacked from '../storage/sql/events.select_packed.sql'
import identitiesAny from '../storage/sql/identities.any.sql'
import identitiesSelect from '../storage/sql/identities.select.sql'
import reachesSelectHourRange from '../storage/sql/reaches.select_hour_range.sql'
import reachesSelectHours from '../storage/sql/reaches.select_hours.sql'
import viewsSelectHourRange from '../storage/sql/views.select_hour_range.sql'
import viewsSelectHours from '../storage/sql/views.select_hours.sql'
import viewsSelectPacked from '../storage/sql/views.select_packed.sql'
import type { VisitorLink } from './personAt'
import type { Session } from './sessionize'
import { eventOf, type PackedEvents, type TimelineEvent, type TimelineRow, unpackedEvents } from './timelineEvent'
import { VisitorHours } from './visitorHours'

export type VisitorHour = readonly [visitor: number, hour: number]

type Row = TimelineRow

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

/** What was read, by visitor and hour. */
type Found<T> = VisitorHours<T[]>

const addTo = <T>(found: Found<T>, { visitor, hour }: Row, one: T): void => {
  const own = found.get(Number(visitor), Number(hour))
  if (own) own.push(one)
  else found.set(Number(visitor), Number(hour), [one])
}

const foundIn = <T>(found: Found<T>, hours: readonly VisitorHour[]): T[] =>
  hours.flatMap(([visitor, hour]) => found.get(visitor, hour) ?? [])

/** `null` if a visitor has tens of thousands of events in an hour, because D1 returns texts of up to 2 MB. */
const unlessTooBig = async <T>(result: Promise<T>): Promise<T | null> => {
  try {
    return await result
  } catch (error) {
    if (!String(error).includes('SQLITE_TOOBIG')) throw error
    return null
  }
}

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
  readonly #others = new VisitorHours<true>()
  readonly #events: Found<TimelineEvent> = new VisitorHours()
  readonly #reaches: Found<VisitorHour> = new VisitorHours()
  readonly #sessions: Found<Session> = new VisitorHours()
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
    const of = (sql: string): SqlStatement => statement(sql, this.#site, first, last)
    const read = (views: string, events: string): Promise<Row[][]> =>
      this.#batch([
        ...[views, events, reachesSelectHourRange, VISITS_SELECT_HOUR_RANGE].map(of),
        statement(identitiesAny, this.#site),
      ])
    const packed = await unlessTooBig(read(viewsSelectPacked, eventsSelectPacked))
    const rows = packed ?? (await read(viewsSelectHourRange, eventsSelectHourRange))
    const [views = [], events = [], reaches = [], sessions = [], links = []] = rows
    this.#hasLinks = Boolean(links[0]?.found)
    this.#whole = [first, last]
    if (packed) {
      await this.#takePacked(views, true)
      await this.#takePacked(events, false)
    } else await this.#take([...views, ...events])
    await this.#takeSessions(reaches, sessions)
  }

  #takePacked(rows: readonly unknown[], isViews: boolean): Promise<void> {
    return forEachYielding(rows as readonly PackedEvents[], one => {
      const { visitor, hour } = one
      const own = this.#events.get(visitor, hour) ?? []
      this.#events.set(visitor, hour, [...own, ...unpackedEvents(one, isViews)])
    })
  }

  #take(events: readonly Row[]): Promise<void> {
    return forEachYielding(events, row => addTo(this.#events, row, eventOf(row)))
  }

  #takeSessions(reaches: readonly Row[], sessions: readonly Row[]): Promise<void> {
    for (const row of reaches) addTo(this.#reaches, row, [Number(row.visitor), Number(row.began)])
    return forEachYielding(sessions, row => addTo(this.#sessions, row, sessionOf(row)))
  }

  #isRead([visitor, hour]: VisitorHour): boolean {
    const whole = this.#whole
    return (whole !== null && hour >= whole[0] && hour <= whole[1]) || this.#others.get(visitor, hour) === true
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
    for (const [visitor, hour] of missing) this.#others.set(visitor, hour, true)
    await this.#take([...views, ...events])
    await this.#takeSessions(reaches, sessions)
  }

  /** The events read so far that began from one time up to, and not including, another. */
  eventsBetween(from: number, to: number): TimelineEvent[] {
    return [...this.#events.values()].flat().filter(({ time }) => time >= from && time < to)
  }

  /** All events of these visitors in these hours, which must have been read. */
  eventsOf(hours: readonly VisitorHour[]): TimelineEvent[] {
    return foundIn(this.#events, hours)
  }

  /** The hours in which pages began that these visitors still saw in these hours, which must have been read. */
  reachingInto(hours: readonly VisitorHour[]): VisitorHour[] {
    return foundIn(this.#reaches, hours)
  }

  /** The identity links that name one of these ids, as visitor or as user. */
  async linksOf(ids: readonly number[]): Promise<VisitorLink[]> {
    if (this.#hasLinks === false) return []
    const rows = (await this.#batch(this.#chunked(identitiesSelect, ids))).flat()
    return rows.map(row => ({ visitor: Number(row.visitor), user: Number(row.user), since: Number(row.since) }))
  }

  /** The stored sessions that these persons began in these hours, which must have been read. */
  sessionsOf(hours: readonly VisitorHour[]): Session[] {
    return foundIn(this.#sessions, hours)
  }
}
