import { knownEvent } from '../../shared/events'
import { SESSION_TIMEOUT } from '../../shared/sessionRules'
import { EVENTS_INSERT_ORDERS } from './assembled/eventStatements'
import { jsonChunks } from './chunks'
import { type SqlStatement, statement } from './database'
import type { FactRow } from './factRow'
import { hourOf, transactionOf } from './factRows'
import { followingStatements } from './followingStatements'
import { orderChunks } from './orderChunks'
import type { SiteConfig } from './siteConfig'
import dirtyMarkHours from './sql/dirty.mark_hours.sql'
import dirtyMarkOrder from './sql/dirty.mark_order.sql'
import eventsDelete from './sql/events.delete.sql'
import eventsDeleteOrders from './sql/events.delete_orders.sql'
import purchasesDelete from './sql/purchases.delete.sql'
import viewsDelete from './sql/views.delete.sql'

/** Hours in which the sessions can change of the visitor, and of the same browser's under the salts of the days around. */
const hoursOf = (fact: FactRow): unknown[] => {
  const first = hourOf(fact.time - SESSION_TIMEOUT)
  const last = hourOf(fact.time + (fact.kind === 'view' ? fact.seen : 0) + SESSION_TIMEOUT)
  const visitors = [fact.visitor, fact.previous, fact.next].filter(visitor => visitor !== null)
  return visitors.flatMap(visitor => Array.from({ length: last - first + 1 }, (_, n) => [visitor, first + n]))
}

const keysOf = (facts: readonly FactRow[]): unknown[] =>
  facts.map(({ time, visitor, id }) => [hourOf(time), visitor, id])

const purchaseKey = (fact: FactRow): unknown[] => [
  transactionOf(fact),
  fact.time,
  fact.sentId,
  fact.sentVisitor,
  fact.id,
  fact.visitor,
]

/** Orders are made again from the purchases that are still there. */
const orderStatements = (site: number, purchases: readonly FactRow[]): SqlStatement[] => {
  const chunks = orderChunks([...new Set(purchases.map(transactionOf))])
  const ofOrders = (sql: string, ...values: unknown[]) => chunks.map(chunk => statement(sql, site, ...chunk, ...values))
  return [
    ...ofOrders(dirtyMarkOrder),
    ...ofOrders(eventsDeleteOrders),
    ...jsonChunks(purchases.map(purchaseKey)).map(chunk => statement(purchasesDelete, site, chunk)),
    ...ofOrders(EVENTS_INSERT_ORDERS, knownEvent('purchase')),
    ...ofOrders(dirtyMarkOrder),
  ]
}

/**
 * The statements that take page views and events of browsers out of what is counted, to run in one batch. Their sessions are
 * derived again as those of late events are.
 */
export const removalStatements = (site: SiteConfig, facts: readonly FactRow[]): SqlStatement[] => {
  const [purchases, others] = [facts.filter(fact => transactionOf(fact)), facts.filter(fact => !transactionOf(fact))]
  const each = (sql: string, rows: readonly unknown[]) => jsonChunks(rows).map(chunk => statement(sql, site.id, chunk))
  return [
    ...orderStatements(site.id, purchases),
    ...each(viewsDelete, keysOf(others.filter(({ kind }) => kind === 'view'))),
    ...each(eventsDelete, keysOf(others.filter(({ kind }) => kind === 'event'))),
    ...each(dirtyMarkHours, facts.flatMap(hoursOf)),
    ...followingStatements(site, facts),
  ]
}
