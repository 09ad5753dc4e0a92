import { EVENTS } from '../../shared/events'
import { toMajor } from '../lib/money'
import { exportedColumns } from '../storage/columns'
import type { Database } from '../storage/database'
import type { TableName } from '../storage/schema'
import type { SiteConfig } from '../storage/siteConfig'
import { findPerson, type Person } from './findPerson'
import { type HeldRow, type HeldRows, readHeldRows } from './heldRows'

type Fields = Readonly<Record<string, unknown>>

type Value = HeldRow[string] | undefined

const isoTime = (time: Value): string => new Date(Number(time)).toISOString()

const seconds = (milliseconds: Value): number => Number(milliseconds) / 1000

const parsed = (text: Value): unknown => (text ? JSON.parse(String(text)) : null)

const major = (minor: Value, { currency }: HeldRow): number | null =>
  minor === null || minor === undefined ? null : toMajor(Number(minor), String(currency))

const time = (_: Value, row: HeldRow): Fields => ({ time: isoTime(row.time) })

/** Columns that are exported in another unit or under another name. */
const FIELDS: Readonly<Record<string, (value: Value, row: HeldRow) => Fields>> = {
  hour: time,
  at: time,
  time,
  name: (name, { custom }) => ({ name: custom ?? EVENTS[Number(name)]?.name }),
  value: (value, row) => ({ value: major(value, row) }),
  tax: (tax, row) => ({ tax: major(tax, row) }),
  shipping: (shipping, row) => ({ shipping: major(shipping, row) }),
  items: items => ({ items: parsed(items) }),
  properties: properties => ({ properties: parsed(properties) }),
  unconfirmed: unconfirmed => ({ unconfirmed: unconfirmed === 1 ? true : null }),
  seen: seen => ({ visible_seconds: seconds(seen) }),
  depth: depth => ({ scroll_percent: depth }),
  lcp: lcp => ({ lcp_seconds: lcp === null ? null : seconds(lcp) }),
  inp: inp => ({ inp_seconds: inp === null ? null : seconds(inp) }),
  cls: cls => ({ cls: cls === null ? null : Number(cls) / 10_000 }),
  sent_visitor: visitor => ({ sent_visitor_id: visitor }),
  key: key => ({ hash: key }),
  duration: duration => ({ seconds: seconds(duration) }),
  views: views => ({ page_views: views }),
  actions: actions => ({ other_activity: actions }),
}

const fieldsOf = (columns: readonly string[], row: HeldRow): Fields =>
  Object.assign({}, ...columns.map(column => FIELDS[column]?.(row[column], row) ?? { [column]: row[column] }))

/** Without what is unknown. */
const known = (fields: Fields): Fields =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== '' && value !== undefined),
  )

const rowsOf = (table: TableName, rows: readonly HeldRow[]): Fields[] => {
  const columns = exportedColumns(table)
  return rows.map(row => fieldsOf(columns, row))
}

const exported = ({ user, links }: Person, { views, events, purchases, eventIds, visits }: HeldRows): Fields => ({
  user,
  visitors: links.map(({ visitor, since }) => ({ visitor, since: isoTime(since) })),
  page_views: rowsOf('views', views).map(known),
  events: rowsOf('events', events).map(known),
  purchases: rowsOf('purchases', purchases).map(known),
  event_ids: rowsOf('event_ids', eventIds).map(known),
  visits: rowsOf('visits', visits),
})

/**
 * Exports everything that is stored about a person, by table. Numbers of visitors and of the user are keyed hashes.
 * @example (await exportPerson(db, site, 'u_42', Date.now())).page_views
 */
export const exportPerson = async (db: Database, site: SiteConfig, userId: string, now: number): Promise<Fields> => {
  const person = await findPerson(db, site, userId, now)
  return { user_id: userId, ...exported(person, await readHeldRows(db, site.id, person)) }
}
