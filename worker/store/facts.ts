import { eventId, FIRST_CUSTOM_EVENT, knownEvent } from '../../shared/events'
import { jsonChunks } from './chunks'
import { Dictionaries, type Texts } from './dictionaries'
import dirtyMark from './sql/dirty.mark.sql'
import dirtyMarkBeaten from './sql/dirty.mark_beaten.sql'
import dirtyMarkIdentities from './sql/dirty.mark_identities.sql'
import dirtyMarkOrder from './sql/dirty.mark_order.sql'
import eventIdsSelect from './sql/event_ids.select.sql'
import eventIdsUpsert from './sql/event_ids.upsert.sql'
import eventsDeleteBeaten from './sql/events.delete_beaten.sql'
import eventsDeleteOrders from './sql/events.delete_orders.sql'
import eventsInsert from './sql/events.insert.sql'
import eventsInsertOrders from './sql/events.insert_orders.sql'
import identitiesUpsert from './sql/identities.upsert.sql'
import purchasesDeleteBeaten from './sql/purchases.delete_beaten.sql'
import purchasesInsert from './sql/purchases.insert.sql'
import purchasesSelect from './sql/purchases.select.sql'
import reachesInsert from './sql/reaches.insert.sql'
import viewsDeleteBeaten from './sql/views.delete_beaten.sql'
import viewsInsert from './sql/views.insert.sql'
import { writeBatch } from './write'

const HOUR = 3_600_000

interface FactBase {
  /** Below 0 for a lasting id. */
  readonly visitor: number
  /** The visitor under the salt of the day before, where the fact is early in its day. */
  readonly previous: number | null
  /** The visitor under the salt of the day after, where the fact is late in its day and that salt exists. */
  readonly next: number | null
  readonly id: number
  /** Epoch milliseconds. */
  readonly time: number
  readonly page: Texts | null
  readonly source: Texts | null
  readonly place: Texts | null
  readonly device: Texts | null
  /** The id its sender gave, and what decides between events of one id and one time. */
  readonly sentId: string
  /** Hash of `sentId`; `null` when the id names the fact alone, as a browser's does. */
  readonly key: number | null
  readonly sentVisitor: string
  /** Whether a browser sent it: only there a page is left after it was begun. */
  readonly browser: boolean
}

export interface ViewFact extends FactBase {
  readonly kind: 'view'
  /** Visible milliseconds, deepest share in percent, clicks: running totals. */
  readonly seen: number
  readonly depth: number
  readonly clicks: number
}

export interface EventFact extends FactBase {
  readonly kind: 'event'
  readonly name: string
  readonly active: boolean
  readonly currency: string | null
  /** Minor units. */
  readonly value: number | null
  readonly tax: number | null
  readonly shipping: number | null
  readonly transactionId: string | null
  readonly items: readonly unknown[] | null
  readonly properties: Readonly<Record<string, unknown>> | null
}

export type Fact = ViewFact | EventFact

/** That a visitor is a user, seen at a time. `dayStart`: the first instant of that local day. */
export interface Claim {
  readonly visitor: number
  readonly user: number
  readonly since: number
  readonly dayStart: number
}

const hourOf = (time: number): number => Math.floor(time / HOUR)
const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value))

interface Ids {
  page: number | null
  source: number | null
  place: number | null
  device: number | null
}

const idsOf = (dictionaries: Dictionaries, fact: Fact): Ids => ({
  page: dictionaries.id('pages', fact.page),
  source: dictionaries.id('sources', fact.source),
  place: dictionaries.id('places', fact.place),
  device: dictionaries.id('devices', fact.device),
})

const wantTexts = (dictionaries: Dictionaries, fact: Fact): void => {
  dictionaries.want('pages', fact.page)
  dictionaries.want('sources', fact.source)
  dictionaries.want('places', fact.place)
  dictionaries.want('devices', fact.device)
  if (fact.kind === 'event' && eventId(fact.name) === undefined) dictionaries.want('names', [fact.name])
}

const nameId = (dictionaries: Dictionaries, name: string): number =>
  eventId(name) ?? FIRST_CUSTOM_EVENT + Number(dictionaries.id('names', [name]))

const viewRow = (fact: ViewFact, { page, source, place, device }: Ids): unknown[] => [
  hourOf(fact.time),
  fact.visitor,
  fact.id,
  fact.time % HOUR,
  page,
  source,
  place,
  device,
  fact.previous,
  fact.seen,
  fact.depth,
  fact.clicks,
  fact.browser && fact.seen + fact.depth + fact.clicks > 0 ? 1 : 0,
  fact.key,
  fact.sentVisitor,
]

const eventRow = (fact: EventFact, { page, source, place, device }: Ids, name: number): unknown[] => [
  hourOf(fact.time),
  fact.visitor,
  fact.id,
  fact.time % HOUR,
  name,
  fact.active ? 1 : 0,
  page,
  source,
  place,
  device,
  fact.previous,
  fact.currency,
  fact.value,
  fact.tax,
  fact.shipping,
  fact.transactionId,
  json(fact.items),
  json(fact.properties),
  fact.key,
  fact.sentVisitor,
]

const purchaseRow = (fact: EventFact, { page, source, place, device }: Ids): unknown[] => [
  fact.transactionId,
  fact.time,
  fact.sentId,
  fact.sentVisitor,
  fact.id,
  fact.visitor,
  fact.browser ? 1 : 0,
  JSON.stringify([page, source, place, device, fact.previous]),
  JSON.stringify([
    fact.active ? 1 : 0,
    fact.currency,
    fact.value,
    fact.tax,
    fact.shipping,
    json(fact.items),
    json(fact.properties),
  ]),
  fact.key,
]

/** The hours a late fact touches: its reach of visible time, and the morning of the visitor's next day. */
const marksOf = (fact: Fact): unknown[] => {
  const first = hourOf(fact.time)
  const last = hourOf(fact.time + (fact.kind === 'view' ? fact.seen : 0))
  const marks: unknown[] = []
  for (let hour = first; hour <= last; hour++) {
    marks.push([fact.visitor, hour, fact.time, ...(fact.kind === 'view' ? [first, fact.id] : [])])
  }
  if (fact.next !== null) for (let hour = first; hour <= last + 1; hour++) marks.push([fact.next, hour, fact.time])
  return marks
}

/** The later hours a page was still seen in. */
const reachesOf = (fact: ViewFact): unknown[] => {
  const first = hourOf(fact.time)
  const last = hourOf(fact.time + fact.seen)
  return Array.from({ length: last - first }, (_, index) => [
    fact.visitor,
    first + 1 + index,
    fact.time,
    first,
    fact.id,
  ])
}

const isPurchase = (fact: Fact): boolean => fact.kind === 'event' && eventId(fact.name) === knownEvent('purchase')

const transactionOf = (fact: Fact): string | null =>
  fact.kind === 'event' && isPurchase(fact) ? fact.transactionId : null

/** Which facts of a list stand: of those with one id, and of purchases with one transaction, the first. */
const earliestOfEach = (facts: readonly Fact[]): Fact[] => {
  const best = new Map<number, Fact>()
  const before = (a: Fact, b: Fact): boolean =>
    a.time !== b.time ? a.time < b.time : a.sentVisitor !== b.sentVisitor ? a.sentVisitor < b.sentVisitor : a.id < b.id
  for (const fact of facts) {
    if (fact.key === null) continue
    const other = best.get(fact.key)
    if (!other || before(fact, other)) best.set(fact.key, fact)
  }
  return facts.filter(fact => fact.key === null || best.get(fact.key) === fact)
}

/** One claim for each visitor and user: the earliest. */
const earliestClaims = (claims: readonly Claim[]): Claim[] => {
  const best = new Map<string, Claim>()
  for (const claim of claims) {
    const key = `${claim.visitor}/${claim.user}`
    const other = best.get(key)
    if (!other || claim.since < other.since) best.set(key, claim)
  }
  return [...best.values()]
}

/** Rows by the table they go to, and the marks they leave. */
interface Rows {
  readonly views: unknown[]
  readonly viewMarks: unknown[]
  readonly reaches: unknown[]
  readonly events: unknown[]
  readonly eventMarks: unknown[]
  readonly purchases: unknown[]
  readonly keys: unknown[][]
  readonly transactions: Set<string>
}

const rowsOf = (dictionaries: Dictionaries, facts: readonly Fact[]): Rows => {
  const rows: Rows = {
    views: [],
    viewMarks: [],
    reaches: [],
    events: [],
    eventMarks: [],
    purchases: [],
    keys: [],
    transactions: new Set(),
  }
  for (const fact of facts) {
    const ids = idsOf(dictionaries, fact)
    const transaction = transactionOf(fact)
    if (fact.key !== null) rows.keys.push([fact.key, fact.time, fact.sentVisitor, fact.visitor, fact.id, transaction])
    if (fact.kind === 'view') {
      rows.views.push(viewRow(fact, ids))
      rows.viewMarks.push(...marksOf(fact))
      rows.reaches.push(...reachesOf(fact))
    } else if (transaction !== null) {
      rows.purchases.push(purchaseRow(fact, ids))
      rows.transactions.add(transaction)
    } else {
      rows.events.push(eventRow(fact, ids, nameId(dictionaries, fact.name)))
      rows.eventMarks.push(...marksOf(fact))
    }
  }
  return rows
}

/** Gathers the statements of one batch for one site. */
class Batch {
  readonly statements: D1PreparedStatement[] = []
  readonly #db: D1Database
  readonly #site: number

  constructor(db: D1Database, site: number) {
    this.#db = db
    this.#site = site
  }

  add(sql: string, ...values: unknown[]): void {
    this.statements.push(this.#db.prepare(sql).bind(this.#site, ...values))
  }

  addRows(sql: string, rows: readonly unknown[], ...rest: unknown[]): void {
    for (const chunk of jsonChunks(rows)) this.add(sql, chunk, ...rest)
  }

  /** Rows and the marks they leave: a mark asks the statement right before it whether it changed anything. */
  addMarked(sql: string, rows: readonly unknown[], markSql: string, marks: readonly unknown[]): void {
    const before = this.statements.length
    this.addRows(sql, rows)
    const inOne = this.statements.length - before === 1 && jsonChunks(marks).length === 1
    this.addRows(markSql, marks, inOne ? 0 : 1)
  }
}

/** What is beaten is removed before anything new stands there; orders are made anew from their purchases. */
const addKeyed = (batch: Batch, { keys, transactions, purchases }: Rows): void => {
  batch.addRows(dirtyMarkBeaten, keys)
  batch.addRows(viewsDeleteBeaten, keys)
  batch.addRows(eventsDeleteBeaten, keys)
  if (keys.length === 0 && transactions.size === 0) return
  const touched = [JSON.stringify([...transactions]), JSON.stringify(keys)]
  batch.add(dirtyMarkOrder, ...touched)
  batch.add(eventsDeleteOrders, ...touched)
  batch.addRows(purchasesDeleteBeaten, keys)
  batch.addRows(purchasesInsert, purchases)
  batch.add(eventsInsertOrders, ...touched, knownEvent('purchase'))
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
  db: D1Database,
  site: number,
  facts: readonly Fact[],
  claims: readonly Claim[],
): Promise<boolean[]> => {
  const dictionaries = new Dictionaries(db, site)
  for (const fact of facts) wantTexts(dictionaries, fact)
  await dictionaries.resolve()

  const rows = rowsOf(dictionaries, earliestOfEach(facts))
  const batch = new Batch(db, site)
  batch.addRows(
    eventIdsSelect,
    rows.keys.map(([key]) => key),
  )
  batch.addRows(purchasesSelect, [...rows.transactions])
  const reads = batch.statements.length
  addKeyed(batch, rows)
  batch.addMarked(viewsInsert, rows.views, dirtyMark, rows.viewMarks)
  batch.addRows(reachesInsert, rows.reaches)
  batch.addMarked(eventsInsert, rows.events, dirtyMark, rows.eventMarks)
  batch.addRows(eventIdsUpsert, rows.keys)
  const claimRows = earliestClaims(claims).map(claim => [
    claim.visitor,
    claim.user,
    claim.since,
    hourOf(claim.dayStart),
  ])
  batch.addMarked(identitiesUpsert, claimRows, dirtyMarkIdentities, claimRows)

  const results = batch.statements.length > 0 ? await writeBatch(db, batch.statements) : []
  return repeated(
    facts,
    results.slice(0, reads).flatMap(result => result.results),
  )
}

/** Whether the id or the transaction of each fact stood in the store or earlier in the list. */
const repeated = (facts: readonly Fact[], known: readonly Record<string, unknown>[]): boolean[] => {
  const keys = new Set(known.flatMap(row => ('key' in row ? [Number(row.key)] : [])))
  const transactions = new Set(known.flatMap(row => ('transaction_id' in row ? [String(row.transaction_id)] : [])))
  return facts.map(fact => {
    const transaction = transactionOf(fact)
    const again = (fact.key !== null && keys.has(fact.key)) || (transaction !== null && transactions.has(transaction))
    if (fact.key !== null) keys.add(fact.key)
    if (transaction !== null) transactions.add(transaction)
    return again
  })
}
