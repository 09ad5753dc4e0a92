import { knownEvent } from '../../shared/events'
import {
  EVENT_IDS_UPSERT,
  EVENTS_INSERT,
  EVENTS_INSERT_ORDERS,
  PURCHASES_INSERT,
  VIEWS_INSERT,
  VIEWS_INSERT_ONE,
} from './assembled/eventStatements'
import type { CachedDatabase } from './cachedDatabase'
import { jsonChunks } from './chunks'
import { type SqlStatement, statement } from './database'
import { Dictionaries } from './dictionaries'
import type { FactRow, IdentityLink } from './factRow'
import { earliestClaims, earliestOfEach, type FactRows, hourOf, rowsOf, transactionOf, wantTexts } from './factRows'
import dirtyMark from './sql/dirty.mark.sql'
import dirtyMarkBeaten from './sql/dirty.mark_beaten.sql'
import dirtyMarkIdentities from './sql/dirty.mark_identities.sql'
import dirtyMarkOrder from './sql/dirty.mark_order.sql'
import eventIdsSelect from './sql/event_ids.select.sql'
import eventsDeleteBeaten from './sql/events.delete_beaten.sql'
import eventsDeleteOrders from './sql/events.delete_orders.sql'
import identitiesUpsert from './sql/identities.upsert.sql'
import purchasesDeleteBeaten from './sql/purchases.delete_beaten.sql'
import purchasesSelect from './sql/purchases.select.sql'
import reachesInsert from './sql/reaches.insert.sql'
import viewsDeleteBeaten from './sql/views.delete_beaten.sql'
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

  /** Rows and the marks they leave: a mark asks the statement right before it whether it changed anything. */
  addMarked(sql: string, rows: readonly unknown[], markSql: string, marks: readonly unknown[]): void {
    if (rows.length === 0) return
    const before = this.statements.length
    this.addRows(sql, rows)
    const inOne = this.statements.length - before === 1 && jsonChunks(marks).length === 1
    this.addRows(markSql, marks, inOne ? 0 : 1)
  }
}

/** The last two say by which id it was sent. */
const withoutKey = (view: readonly unknown[]): readonly unknown[] => view.slice(0, -2)

/** One page view of a browser, as most beacons have, needs no list; what has an id of its own, or is marked, does. */
const addViews = (batch: Batch, { views, viewMarks, keys }: FactRows): void => {
  const [view] = views
  if (view && views.length === 1 && viewMarks.length === 0 && keys.length === 0)
    batch.add(VIEWS_INSERT_ONE, ...withoutKey(view))
  else batch.addMarked(VIEWS_INSERT, views, dirtyMark, viewMarks)
}

/** What is beaten is removed before anything new stands there; orders are made anew from their purchases. */
const addKeyed = (batch: Batch, { keys, transactions, purchases }: FactRows): void => {
  batch.addRows(dirtyMarkBeaten, keys)
  batch.addRows(viewsDeleteBeaten, keys)
  batch.addRows(eventsDeleteBeaten, keys)
  if (keys.length === 0 && transactions.size === 0) return
  const touched = [JSON.stringify([...transactions]), JSON.stringify(keys)]
  batch.add(dirtyMarkOrder, ...touched)
  batch.add(eventsDeleteOrders, ...touched)
  batch.addRows(purchasesDeleteBeaten, keys)
  batch.addRows(PURCHASES_INSERT, purchases)
  batch.add(EVENTS_INSERT_ORDERS, ...touched, knownEvent('purchase'))
  batch.add(dirtyMarkOrder, ...touched)
}

/**
 * Stores facts and claims of one site in one atomic batch, and says which facts only repeat others.
 *
 * Nothing is decided here but which event an id and a transaction stand for, and that does not depend
 * on the order of arrival. What comes for a time that is already settled leaves a mark.
 * @returns for every fact, whether its id or its transaction was known before it.
 */
export const storeFacts = async (
  db: CachedDatabase,
  site: number,
  facts: readonly FactRow[],
  claims: readonly IdentityLink[],
): Promise<boolean[]> => {
  const dictionaries = new Dictionaries(db, site, facts.some(({ browser }) => browser) ? 'browser' : 'server')
  for (const fact of facts) wantTexts(dictionaries, fact)
  if (dictionaries.isMissing) await dictionaries.resolve()

  const rows = rowsOf(dictionaries, earliestOfEach(facts), Date.now())
  const batch = new Batch(site)
  batch.addRows(
    eventIdsSelect,
    rows.keys.map(([key]) => key),
  )
  batch.addRows(purchasesSelect, [...rows.transactions])
  const reads = batch.statements.length
  addKeyed(batch, rows)
  addViews(batch, rows)
  batch.addRows(reachesInsert, rows.reaches)
  batch.addMarked(EVENTS_INSERT, rows.events, dirtyMark, rows.eventMarks)
  batch.addRows(EVENT_IDS_UPSERT, rows.keys)
  const claimRows = earliestClaims(claims).map(claim => [
    claim.visitor,
    claim.user,
    claim.since,
    hourOf(claim.dayStart),
  ])
  batch.addMarked(identitiesUpsert, claimRows, dirtyMarkIdentities, claimRows)

  const results = batch.statements.length > 0 ? await writeBatch(db, batch.statements) : []
  if (reads === 0) return facts.map(() => false)
  return repeated(
    facts,
    results.slice(0, reads).flatMap(result => result.rows),
  )
}

/**
 * Whether the id or the transaction of each fact stood in the store or earlier in the list. A browser's copy of a
 * purchase repeats nothing and is repeated by nothing.
 */
const repeated = (facts: readonly FactRow[], known: readonly Record<string, unknown>[]): boolean[] => {
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
