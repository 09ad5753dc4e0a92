import { eventId, knownEvent } from '../../shared/events'
import {
  EVENT_IDS_INSERT,
  EVENT_IDS_UPSERT,
  EVENTS_INSERT,
  EVENTS_INSERT_ORDERS,
  PURCHASES_INSERT,
  VIEWS_INSERT,
  VIEWS_INSERT_BEGUN,
  VIEWS_INSERT_ONE,
} from './assembled/eventStatements'
import type { CachedDatabase } from './cachedDatabase'
import { jsonChunks } from './chunks'
import { type SqlStatement, statement } from './database'
import { Dictionaries } from './dictionaries'
import type { FactRow, IdentityLink } from './factRow'
import { earliestLinks, earliestOfEach, type FactRows, hourOf, internEntries, rowsOf, transactionOf } from './factRows'
import { orderChunks } from './orderChunks'
import { BEGIN_VALUES, VIEW_ROW } from './rowShapes'
import dirtyMark from './sql/dirty.mark.sql'
import dirtyMarkIdentities from './sql/dirty.mark_identities.sql'
import dirtyMarkOrder from './sql/dirty.mark_order.sql'
import dirtyMarkSuperseded from './sql/dirty.mark_superseded.sql'
import eventIdsSelect from './sql/event_ids.select.sql'
import eventsDeleteOrders from './sql/events.delete_orders.sql'
import eventsDeleteSuperseded from './sql/events.delete_superseded.sql'
import identitiesUpsert from './sql/identities.upsert.sql'
import purchasesDeleteSuperseded from './sql/purchases.delete_superseded.sql'
import purchasesSelect from './sql/purchases.select.sql'
import reachesInsert from './sql/reaches.insert.sql'
import sentEventsInsert from './sql/sent_events.insert.sql'
import viewsDeleteSuperseded from './sql/views.delete_superseded.sql'
import { writeBatch } from './writeBatch'

/** Gathers the statements of one batch for one site. */
class Batch {
  readonly statements: SqlStatement[] = []
  readonly #site: number

  constructor(site: number) {
    this.#site = site
  }

  add(sql: string, ...values: unknown[]): void {
    this.statements.push(statement(sql, this.#site, ...values))
  }

  addRows(sql: string, rows: readonly unknown[], ...rest: unknown[]): void {
    if (rows.length === 0) return
    for (const chunk of jsonChunks(rows)) this.add(sql, chunk, ...rest)
  }

  /** Rows, and the hours that become stale when they are late: `late` reads whether the statement before it changed anything. */
  addWithLate(sql: string, rows: readonly unknown[], lateSql: string, late: readonly unknown[]): void {
    if (rows.length === 0) return
    const before = this.statements.length
    this.addRows(sql, rows)
    const inOne = this.statements.length - before === 1 && jsonChunks(late).length === 1
    this.addRows(lateSql, late, inOne ? 0 : 1)
  }
}

/** Without the id that the sender gave and its visitor. */
const withoutKey = (view: readonly unknown[]): readonly unknown[] => view.slice(0, -2)

/** Of a page view that only began: nothing is counted, and it does not move. */
const BEGUN: readonly unknown[] = VIEW_ROW.names.map(name => (name === 'seen' || name === 'may_move' ? 0 : null))

const isBegun = (view: readonly unknown[]): boolean =>
  withoutKey(view).every((value, place) => place < BEGIN_VALUES || value === BEGUN[place])

/** One page view that is neither late nor has an id of its sender, as in most beacons, needs no array. */
const addViews = (batch: Batch, { views, lateViews, keys }: FactRows): void => {
  const [view] = views
  const isOne = views.length === 1 && lateViews.length === 0 && keys.length === 0
  if (!view || !isOne) batch.addWithLate(VIEWS_INSERT, views, dirtyMark, lateViews)
  else if (isBegun(view)) batch.add(VIEWS_INSERT_BEGUN, ...view.slice(0, BEGIN_VALUES))
  else batch.add(VIEWS_INSERT_ONE, ...withoutKey(view))
}

/** Superseded rows go before new ones are stored; orders are made again from their purchases. */
const addKeyed = (batch: Batch, { keys, transactions, purchases }: FactRows): void => {
  if (keys.length === 0 && transactions.size === 0) return
  batch.addRows(dirtyMarkSuperseded, keys)
  batch.addRows(viewsDeleteSuperseded, keys)
  batch.addRows(eventsDeleteSuperseded, keys)
  const chunks = orderChunks([...transactions], keys)
  for (const chunk of chunks) batch.add(dirtyMarkOrder, ...chunk)
  for (const chunk of chunks) batch.add(eventsDeleteOrders, ...chunk)
  batch.addRows(purchasesDeleteSuperseded, keys)
  batch.addRows(PURCHASES_INSERT, purchases)
  for (const chunk of chunks) batch.add(EVENTS_INSERT_ORDERS, ...chunk, knownEvent('purchase'))
  for (const chunk of chunks) batch.add(dirtyMarkOrder, ...chunk)
}

/** Ids of the built-in events among facts that are not in this isolate's cache of sent events. */
const newlySent = ({ caches }: CachedDatabase, site: number, facts: readonly FactRow[]): number[] => [
  ...new Set(
    facts.flatMap(fact => {
      const id = fact.kind === 'event' ? eventId(fact.name) : undefined
      return id === undefined || caches.sentEvents.has(`${site}/${id}`) ? [] : [id]
    }),
  ),
]

/** What a write holds besides the rows of its facts. */
interface Others {
  readonly links: readonly IdentityLink[]
  /** Ids of built-in events. */
  readonly sent: readonly number[]
}

const addUnkeyed = (batch: Batch, rows: FactRows, { links, sent }: Others): void => {
  addViews(batch, rows)
  batch.addRows(reachesInsert, rows.reaches)
  batch.addWithLate(EVENTS_INSERT, rows.events, dirtyMark, rows.lateEvents)
  const linkRows = earliestLinks(links).map(link => [link.visitor, link.user, link.since, hourOf(link.dayStart)])
  batch.addWithLate(identitiesUpsert, linkRows, dirtyMarkIdentities, linkRows)
  batch.addRows(sentEventsInsert, sent)
}

/** Statements of a batch that may fail and be followed by another: both keep to those of an invocation. */
const MOST_TRIED = 12

/**
 * Stores facts whose ids are all new, as those of an import are: that takes a third of the time. Stores nothing when an id is
 * known.
 * @returns whether they are stored
 */
const storeNew = async (db: CachedDatabase, site: number, rows: FactRows, others: Others): Promise<boolean> => {
  const batch = new Batch(site)
  batch.addRows(EVENT_IDS_INSERT, rows.keys)
  addUnkeyed(batch, rows, others)
  if (batch.statements.length > MOST_TRIED) return false
  try {
    await writeBatch(db, batch.statements)
    return true
  } catch (error) {
    if (!String(error).includes('event_ids.key')) throw error
    return false
  }
}

/** @returns rows with the keys and transactions that were known before */
const storeAny = async (
  db: CachedDatabase,
  site: number,
  rows: FactRows,
  others: Others,
): Promise<readonly Record<string, unknown>[]> => {
  const batch = new Batch(site)
  batch.addRows(
    eventIdsSelect,
    rows.keys.map(([key]) => key),
  )
  batch.addRows(purchasesSelect, [...rows.transactions])
  const reads = batch.statements.length
  addKeyed(batch, rows)
  addUnkeyed(batch, rows, others)
  batch.addRows(EVENT_IDS_UPSERT, rows.keys)
  const results = batch.statements.length > 0 ? await writeBatch(db, batch.statements) : []
  return results.slice(0, reads).flatMap(result => result.rows)
}

/**
 * Stores page views, events and identity links of one site in one atomic batch.
 *
 * It deduplicates by id and by transaction, which does not depend on the order of arrival. A late event makes its hours
 * stale.
 * @returns for every fact, whether it is a duplicate: its id or its transaction was known before it
 */
export const storeFacts = async (
  db: CachedDatabase,
  site: number,
  facts: readonly FactRow[],
  links: readonly IdentityLink[],
): Promise<boolean[]> => {
  const dictionaries = new Dictionaries(db, site, facts.some(({ browser }) => browser) ? 'browser' : 'server')
  for (const fact of facts) internEntries(dictionaries, fact)
  if (dictionaries.isMissing) await dictionaries.resolve()

  const own = earliestOfEach(facts)
  const now = Date.now()
  const rows = (areNew: boolean): FactRows => rowsOf(dictionaries, own, now, areNew)
  const others = { links, sent: newlySent(db, site, facts) }
  const mayBeNew = own.some(({ key }) => key !== null) && own.every(fact => transactionOf(fact) === null)
  const isStored = mayBeNew && (await storeNew(db, site, rows(true), others))
  const known = isStored ? [] : await storeAny(db, site, rows(false), others)
  for (const id of others.sent) db.caches.sentEvents.add(`${site}/${id}`)
  return repeated(facts, known)
}

/**
 * Whether the id or the transaction of each fact is stored or stands earlier in the list. A browser's copy of a purchase
 * is no duplicate and has none.
 */
const repeated = (facts: readonly FactRow[], known: readonly Record<string, unknown>[]): boolean[] => {
  if (facts.every(fact => fact.key === null && transactionOf(fact) === null)) return facts.map(() => false)
  const keys = new Set(known.flatMap(row => ('key' in row ? [Number(row.key)] : [])))
  const transactions = new Set(known.flatMap(row => ('transaction_id' in row ? [String(row.transaction_id)] : [])))
  return facts.map(fact => {
    const transaction = fact.browser ? null : transactionOf(fact)
    const again = (fact.key !== null && keys.has(fact.key)) || (transaction !== null && transactions.has(transaction))
    if (fact.key !== null) keys.add(fact.key)
    if (transaction !== null) transactions.add(transaction)
    return again
  })
}
