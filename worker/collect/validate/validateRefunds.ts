import type { EventName } from '../../../shared/events'
import { toMajor } from '../../lib/money'
import { Problem } from '../../lib/problem'
import type { Database } from '../../storage/database'
import type { EventRow, FactRow } from '../../storage/factRow'
import { hourOf, transactionOf } from '../../storage/factRows'
import { readOrderHistory, type StoredOrder, type StoredRefund } from '../../storage/orderHistory'
import { type OrderItem, partOf } from '../parse/items'

/** The only event that is validated against stored ones. */
export const REFUND: EventName = 'refund'

/** An event with its transaction. */
type TransactionEvent = EventRow & { readonly transactionId: string }

const isRefund = (fact: FactRow): fact is TransactionEvent =>
  fact.kind === 'event' && fact.name === REFUND && fact.transactionId !== null

const isPurchase = (fact: FactRow): fact is TransactionEvent => transactionOf(fact) !== null

/** In the order of the view orders: the first of a transaction's purchases is its order. */
const PRECEDENCE = ['time', 'sentId', 'sentVisitor', 'id', 'visitor'] as const

const isBefore = (one: StoredOrder, other: StoredOrder): boolean => {
  const decisive = PRECEDENCE.find(field => one[field] !== other[field])
  return decisive !== undefined && one[decisive] < other[decisive]
}

const orderAmong = (purchases: readonly StoredOrder[]): StoredOrder | undefined =>
  purchases.reduce<StoredOrder | undefined>((first, one) => (first && isBefore(first, one) ? first : one), undefined)

/**
 * Minor units: without a value the part of the order that its items are, or all of it, as the metric refunds
 * has it; `null` in another currency.
 */
const worthOf = ({ currency, value, items }: StoredRefund, order: StoredOrder): number | null => {
  if (currency !== null && currency !== order.currency) return null
  if (value !== null) return value
  const whole = order.value ?? 0
  return items === null ? whole : Math.round(whole * partOf(items as OrderItem[], (order.items ?? []) as OrderItem[]))
}

/** Two records are one when they go to the same row. */
const rowOf = ({ time, visitor, id }: StoredRefund): string => `${hourOf(time)}/${visitor}/${id}`

/** Amounts of an order in words. */
const wordsOf =
  ({ currency }: StoredOrder) =>
  (minor: number): string =>
    currency === null ? String(minor) : `${toMajor(minor, currency)} ${currency}`

const named = (transactionId: string): string => `order "${transactionId.slice(0, 60)}"`

const tooLarge = (worth: number, paid: number, order: StoredOrder): Problem => {
  const words = wordsOf(order)
  return new Problem(
    400,
    'refund_too_large',
    `A refund of ${words(worth)} is more than the ${words(paid)} paid for ${named(order.transactionId)}.`,
  )
}

const capped = (worth: number, left: number, order: StoredOrder): EventWarning => {
  const words = wordsOf(order)
  return {
    code: 'refund_capped',
    message: `A refund of ${words(worth)} is more than the ${words(left)} left of ${named(order.transactionId)}; it counts for ${words(left)}.`,
  }
}

const orderUnknown = (transactionId: string): EventWarning => ({
  code: 'order_unknown',
  message: `No write key has sent ${named(transactionId)} yet; the refund counts for no more than the order turns out to have cost.`,
})

/** A warning about an event that was accepted. */
export type EventWarning = Pick<Problem, 'code' | 'message'>

/** The result of validating refunds. */
interface RefundFindings {
  readonly rejected: Map<FactRow, Problem>
  readonly warnings: Map<FactRow, EventWarning>
}

const paidFor = ({ value, tax, shipping }: StoredOrder): number => (value ?? 0) + (tax ?? 0) + (shipping ?? 0)

/** Events that are no duplicates of one that is stored or stands before them. */
const firstOfEach = (stored: readonly StoredRefund[], sent: readonly TransactionEvent[]): TransactionEvent[] => {
  const counted = new Set<string | number>(stored.map(rowOf))
  return sent.filter(fact => {
    const identity = fact.key ?? rowOf(fact)
    return !counted.has(identity) && counted.add(identity)
  })
}

/** Warns of refunds that are more than is left of their order when their time comes. */
const warnOfCapped = (
  order: StoredOrder,
  stored: readonly StoredRefund[],
  sent: readonly TransactionEvent[],
  { warnings }: RefundFindings,
): void => {
  const paid = paidFor(order)
  const all = [...stored.map(refund => ({ refund, fact: null })), ...sent.map(fact => ({ refund: fact, fact }))]
  let left = paid
  for (const { refund, fact } of all.sort((one, other) => one.refund.time - other.refund.time)) {
    const worth = worthOf(refund, order)
    if (worth === null || worth > paid) continue
    if (fact && worth > left) warnings.set(fact, capped(worth, left, order))
    left = Math.max(left - worth, 0)
  }
}

/** Validates refunds of one order that were sent together, against the order and the refunds before each. */
const validateRefundsOf = (
  order: StoredOrder,
  stored: readonly StoredRefund[],
  sent: readonly TransactionEvent[],
  isKnown: (fact: FactRow) => boolean,
  findings: RefundFindings,
): void => {
  const paid = paidFor(order)
  for (const fact of sent) {
    const worth = worthOf(fact, order)
    if (worth !== null && worth > paid) findings.rejected.set(fact, tooLarge(worth, paid, order))
  }
  const accepted = sent.filter(fact => !findings.rejected.has(fact) && !isKnown(fact))
  warnOfCapped(order, stored, firstOfEach(stored, accepted), findings)
}

const byTransaction = <T extends { readonly transactionId: string }>(facts: readonly T[]): Map<string, T[]> =>
  Map.groupBy(facts, ({ transactionId }) => transactionId)

/**
 * Rejects refunds that exceed what was paid for their order, `refund_too_large`, and warns about others.
 *
 * A refund is compared with value, tax and shipping of its order, stored or sent with it, if a write key sent the order:
 * a browser's order rejects nothing. Any other refund is stored, and counts for what is left of its order when a query
 * asks. Events without refunds cost nothing.
 */
export const validateRefunds = async (
  db: Database,
  site: number,
  facts: readonly FactRow[],
): Promise<RefundFindings> => {
  const findings: RefundFindings = { rejected: new Map(), warnings: new Map() }
  const refunds = facts.filter(isRefund)
  if (refunds.length === 0) return findings
  const transactions = new Set(refunds.map(({ transactionId }) => transactionId))
  const purchases = facts
    .filter(isPurchase)
    .filter(({ transactionId, browser }) => !browser && transactions.has(transactionId))
  const keys = [...refunds, ...purchases].flatMap(({ key }) => key ?? [])
  const known = await readOrderHistory(db, site, [...transactions], keys)
  const isKnown = ({ key }: FactRow): boolean => key !== null && known.keys.has(key)
  const orders = byTransaction<StoredOrder>([...known.orders, ...purchases.filter(fact => !isKnown(fact))])
  const stored = byTransaction(known.refunds)
  for (const [transaction, sent] of byTransaction(refunds)) {
    const order = orderAmong(orders.get(transaction) ?? [])
    if (order) validateRefundsOf(order, stored.get(transaction) ?? [], sent, isKnown, findings)
    else for (const fact of sent) if (!isKnown(fact)) findings.warnings.set(fact, orderUnknown(transaction))
  }
  return findings
}
