import { EVENTS } from '../../shared/events'
import { toMajor } from '../lib/money'
import type { Database } from '../storage/database'
import type { Site } from '../storage/sites'
import { findPerson, type Person } from './findPerson'
import { type HeldRow, type HeldRows, readHeldRows } from './heldRows'

type Told = Readonly<Record<string, unknown>>

const timeOf = ({ time }: HeldRow): string => new Date(Number(time)).toISOString()

/** Without what is not there. */
const given = (fields: Told): Told =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== null && value !== '' && value !== undefined),
  )

const CONTEXT = [
  ...['hostname', 'path', 'channel', 'source', 'medium', 'campaign', 'term', 'content', 'referrer'],
  ...['country', 'region', 'city', 'device', 'browser', 'os', 'language'],
]

const contextOf = (row: HeldRow): Told => Object.fromEntries(CONTEXT.map(name => [name, row[name]]))

const parsed = (text: HeldRow[string] | undefined): unknown => (text ? JSON.parse(String(text)) : null)

const moneyOf = ({ currency, value, tax, shipping }: HeldRow): Told => {
  const major = (minor: HeldRow[string] | undefined) =>
    minor === null || minor === undefined ? null : toMajor(Number(minor), String(currency))
  return { currency, value: major(value), tax: major(tax), shipping: major(shipping) }
}

const viewOf = (row: HeldRow): Told =>
  given({
    time: timeOf(row),
    visitor: row.visitor,
    ...contextOf(row),
    visible_seconds: Number(row.seen) / 1000,
    scroll_percent: row.depth,
    clicks: row.clicks,
  })

const eventOf = (row: HeldRow): Told =>
  given({
    time: timeOf(row),
    name: row.custom ?? EVENTS[Number(row.name)]?.name,
    visitor: row.visitor,
    ...contextOf(row),
    ...moneyOf(row),
    transaction_id: row.transaction_id,
    items: parsed(row.items),
    properties: parsed(row.properties),
    unconfirmed: row.unconfirmed === 1 ? true : null,
  })

const purchaseOf = (row: HeldRow): Told =>
  given({
    time: timeOf(row),
    transaction_id: row.transaction_id,
    sent_id: row.sent_id,
    sent_visitor_id: row.sent_visitor,
    visitor: row.visitor,
    ...contextOf(row),
    ...moneyOf(row),
    items: parsed(row.items),
    properties: parsed(row.properties),
  })

const visitOf = (row: HeldRow): Told => ({
  time: timeOf(row),
  seconds: Number(row.duration) / 1000,
  page_views: row.views,
  clicks: row.clicks,
  other_activity: row.actions,
})

const told = ({ user, claims }: Person, { views, events, purchases, eventIds, visits }: HeldRows): Told => ({
  user,
  visitors: claims.map(({ visitor, since }) => ({ visitor, since: new Date(since).toISOString() })),
  page_views: views.map(viewOf),
  events: events.map(eventOf),
  purchases: purchases.map(purchaseOf),
  event_ids: eventIds.map(row =>
    given({ hash: row.key, time: timeOf(row), sent_visitor_id: row.sent_visitor, transaction_id: row.transaction_id }),
  ),
  visits: visits.map(visitOf),
})

/**
 * All that is held about a person, by table; numbers of visitors and of the user are keyed hashes.
 * @example (await exportPerson(db, site, 'u_42', Date.now())).page_views
 */
export const exportPerson = async (db: Database, site: Site, userId: string, now: number): Promise<Told> => {
  const person = await findPerson(db, site, userId, now)
  return { user_id: userId, ...told(person, await readHeldRows(db, site.id, person)) }
}
