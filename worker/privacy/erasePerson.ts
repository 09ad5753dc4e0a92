import { knownEvent } from '../../shared/events'
import { HOUR } from '../../shared/time'
import { dayOf } from '../lib/calendar'
import { settle } from '../sessions/settle'
import { EVENTS_INSERT_ORDERS } from '../storage/assembled/eventStatements'
import { jsonChunks } from '../storage/chunks'
import { type Database, type SqlStatement, statement } from '../storage/database'
import { orderChunks } from '../storage/orderChunks'
import type { SiteConfig } from '../storage/siteConfig'
import dayPeopleDelete from '../storage/sql/day_people.delete.sql'
import dirtyDeleteVisitors from '../storage/sql/dirty.delete_visitors.sql'
import dirtyMarkHours from '../storage/sql/dirty.mark_hours.sql'
import dirtyMarkOrder from '../storage/sql/dirty.mark_order.sql'
import eventIdsDelete from '../storage/sql/event_ids.delete.sql'
import eventsDelete from '../storage/sql/events.delete.sql'
import eventsDeleteOrders from '../storage/sql/events.delete_orders.sql'
import eventsForgetPrevious from '../storage/sql/events.forget_previous.sql'
import eventsSelectFollowing from '../storage/sql/events.select_following.sql'
import exportedDaysOutdate from '../storage/sql/exported_days.outdate.sql'
import hourSumsDeleteHours from '../storage/sql/hour_sums.delete_hours.sql'
import identitiesDelete from '../storage/sql/identities.delete.sql'
import purchasesDelete from '../storage/sql/purchases.delete.sql'
import reachesDelete from '../storage/sql/reaches.delete_spans.sql'
import settlementsOutdate from '../storage/sql/settlements.outdate.sql'
import touchedInsert from '../storage/sql/touched.insert.sql'
import viewsDelete from '../storage/sql/views.delete.sql'
import viewsForgetPrevious from '../storage/sql/views.forget_previous.sql'
import viewsSelectFollowing from '../storage/sql/views.select_following.sql'
import visitsDelete from '../storage/sql/visits.delete.sql'
import { writeBatch } from '../storage/writeBatch'
import { eraseInRollups } from './eraseInRollups'
import { eraseExcluded, findExcluded } from './excludedPerson'
import { findPerson, followingHours, type Person } from './findPerson'
import { type HeldRow, type HeldRows, readHeldRows, spanChunks } from './heldRows'

/** Events name the visitor of the day before for so many hours after midnight, with a margin for their length. */
const FOLLOWING_HOURS = 7

/** How many rows of a person were deleted. */
export interface ErasedCounts {
  readonly page_views: number
  readonly events: number
  readonly purchases: number
}

const keysOf = (rows: readonly HeldRow[], ...columns: string[]): unknown[] =>
  rows.map(row => columns.map(column => row[column]))

const factKeys = (rows: readonly HeldRow[]): unknown[] => keysOf(rows, 'hour', 'visitor', 'id')

interface Following {
  readonly views: readonly HeldRow[]
  readonly events: readonly HeldRow[]
}

/** Rows of the day after that name the person's daily ids of the day before. */
const followingOf = async (db: Database, site: SiteConfig, person: Person): Promise<Following> => {
  const chunks = jsonChunks(followingHours(person, site.timezone, FOLLOWING_HOURS))
  const rows = async (sql: string): Promise<HeldRow[]> => {
    const statements = chunks.map(chunk => statement(sql, site.id, chunk))
    const results = statements.length === 0 ? [] : await db.batch<HeldRow>(statements)
    return results.flatMap(({ rows }) => rows)
  }
  return { views: await rows(viewsSelectFollowing), events: await rows(eventsSelectFollowing) }
}

/** Hours of other visitors whose sessions can change: across midnight, or on a shared device. */
const changedHours = ({ views, events }: HeldRows, following: Following, { own }: Person): unknown[] => {
  const facts = [...views, ...events]
  const before = facts.flatMap(({ previous, hour }) => {
    const at = Number(hour)
    return previous === null || previous === undefined ? [] : [at - 1, at].map(one => [previous, one])
  })
  const shared = facts.filter(({ visitor }) => !own.includes(Number(visitor)))
  const after = [...following.views, ...following.events]
  return [...before, ...keysOf([...shared, ...after], 'visitor', 'hour')]
}

/** Spans of hours whose rollups the person is part of. */
const hoursOf = ({ views, events, visits }: HeldRows): (readonly unknown[])[] => [
  ...[...views, ...events].map(({ hour }) => [hour, hour]),
  ...visits.map(({ hour, time, duration }) => [hour, Math.floor((Number(time) + Number(duration)) / HOUR)]),
]

/** Local days whose list of active people may contain the person. An hour can belong to two days. */
const daysOf = (held: HeldRows, zone: string): unknown[] => {
  const hours = hoursOf(held).flatMap(([first, last]) => [Number(first), Number(last)])
  return [...new Set(hours.flatMap(hour => [hour, hour + 1].map(one => dayOf(one * HOUR, zone))))]
}

const statementsOf = (
  { id: site, timezone: zone }: SiteConfig,
  person: Person,
  held: HeldRows,
  following: Following,
): SqlStatement[] => {
  const one = (sql: string, ...values: unknown[]) => statement(sql, site, ...values)
  const each = (sql: string, rows: readonly unknown[]) => jsonChunks(rows).map(chunk => one(sql, chunk))
  const orders = orderChunks([...new Set(held.purchases.map(row => row.transaction_id))])
  const ofOrders = (sql: string, ...values: unknown[]) => orders.map(chunk => one(sql, ...chunk, ...values))
  return [
    one(settlementsOutdate),
    ...ofOrders(dirtyMarkOrder),
    ...ofOrders(eventsDeleteOrders),
    ...each(
      purchasesDelete,
      keysOf(held.purchases, 'transaction_id', 'time', 'sent_id', 'sent_visitor', 'id', 'visitor'),
    ),
    ...each(viewsDelete, factKeys(held.views)),
    ...each(eventsDelete, factKeys(held.events)),
    // A transaction that others sent too stays, without the person.
    ...ofOrders(EVENTS_INSERT_ORDERS, knownEvent('purchase')),
    ...ofOrders(dirtyMarkOrder),
    ...spanChunks(person.spans.filter(({ visitor }) => person.own.includes(visitor))).map(chunk =>
      one(reachesDelete, chunk),
    ),
    ...each(
      eventIdsDelete,
      held.eventIds.map(({ key }) => key),
    ),
    ...each(touchedInsert, hoursOf(held)),
    ...each(exportedDaysOutdate, hoursOf(held)),
    ...each(hourSumsDeleteHours, [...new Set([...held.views, ...held.events].map(({ hour }) => hour))]),
    ...each(dayPeopleDelete, daysOf(held, zone)),
    ...each(visitsDelete, keysOf(held.visits, 'hour', 'visitor', 'at')),
    ...each(viewsForgetPrevious, factKeys(following.views)),
    ...each(eventsForgetPrevious, factKeys(following.events)),
    ...each(identitiesDelete, person.own),
    ...each(dirtyDeleteVisitors, person.own),
    ...each(dirtyMarkHours, changedHours(held, following, person)),
  ]
}

/**
 * Erases a person: in one atomic batch the page views and events of the user and of every visitor while it was this user,
 * purchases, ids and identity links; then sessions and rollups derived from them. The person is erased from rollups that
 * cannot be built again first.
 *
 * It can be repeated. An event that one of the person's superseded does not come back.
 */
export const erasePerson = async (
  db: Database,
  site: SiteConfig,
  userId: string,
  now: number,
): Promise<ErasedCounts> => {
  const person = await findPerson(db, site, userId, now)
  const held = await readHeldRows(db, site.id, person)
  // First: the rest deletes who the visitors were.
  await eraseInRollups(db, site.id, person.own)
  const following = await followingOf(db, site, person)
  const excluded = eraseExcluded(site.id, await findExcluded(db, site.id, person))
  await writeBatch(db, [...statementsOf(site, person, held, following), ...excluded])
  await settle(db, site.id, now)
  return { page_views: held.views.length, events: held.events.length, purchases: held.purchases.length }
}
