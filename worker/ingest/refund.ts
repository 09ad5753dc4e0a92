import type { EventName } from '../../shared/events'
import { toMajor } from '../money'
import { Problem } from '../problem'
import type { EventFact, Fact } from '../store/fact'
import { hourOf, transactionOf } from '../store/factRows'
import { paidIn, type StoredOrder, type StoredRefund } from '../store/paid'
import { type Item, partOf } from './items'

/** Alone among events it is compared with what is stored. */
export const REFUND: EventName = 'refund'

/** A fact with the transaction that it is of. */
type OfTransaction = EventFact & { readonly transactionId: string }

const isRefund = (fact: Fact): fact is OfTransaction =>
  fact.kind === 'event' && fact.name === REFUND && fact.transactionId !== null

const isPurchase = (fact: Fact): fact is OfTransaction => transactionOf(fact) !== null

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
  return items === null ? whole : Math.round(whole * partOf(items as Item[], (order.items ?? []) as Item[]))
}

/** What two records have in common that are one: the row of the store they go to. */
const rowOf = ({ time, visitor, id }: StoredRefund): string => `${hourOf(time)}/${visitor}/${id}`

const problemOf = (worth: number, back: number, paid: number, { transactionId, currency }: StoredOrder): Problem => {
  const major = (minor: number): string =>
    currency === null ? String(minor) : `${toMajor(minor, currency)} ${currency}`
  return new Problem(
    400,
    'refund_too_large',
    `A refund of ${major(worth)} is more than the ${major(Math.max(paid - back, 0))} that is left of the ${major(paid)} paid for order "${transactionId.slice(0, 60)}".`,
  )
}

/** Of refunds of one order, sent together, those that give back more than is left when their time comes. */
const tooLarge = (
  order: StoredOrder,
  stored: readonly StoredRefund[],
  sent: readonly OfTransaction[],
): [Fact, Problem][] => {
  const paid = (order.value ?? 0) + (order.tax ?? 0) + (order.shipping ?? 0)
  const counted = new Set<string | number>(stored.map(rowOf))
  const problems: [Fact, Problem][] = []
  let back = 0
  const all = [...stored.map(refund => ({ refund, fact: null })), ...sent.map(fact => ({ refund: fact, fact }))]
  for (const { refund, fact } of all.sort((one, other) => one.refund.time - other.refund.time)) {
    const worth = worthOf(refund, order)
    if (worth === null) continue
    if (fact) {
      const identity = fact.key ?? rowOf(fact)
      if (counted.has(identity)) continue
      if (back + worth > paid) {
        problems.push([fact, problemOf(worth, back, paid, order)])
        continue
      }
      counted.add(identity)
    }
    back += worth
  }
  return problems
}

const byTransaction = <T extends { readonly transactionId: string }>(facts: readonly T[]): Map<string, T[]> =>
  Map.groupBy(facts, ({ transactionId }) => transactionId)

/**
 * The refunds among facts that give back more than was paid: `refund_too_large`.
 *
 * Each is compared, with the refunds before it, with value, tax and shipping of its order, whether these
 * are stored or come with it. It passes when its order is not known yet, is in another currency, or when
 * its id is known: then it only repeats. Facts without refunds cost nothing.
 */
export const refusedRefunds = async (
  db: D1Database,
  site: number,
  facts: readonly Fact[],
): Promise<ReadonlyMap<Fact, Problem>> => {
  const refunds = facts.filter(isRefund)
  if (refunds.length === 0) return new Map()
  const transactions = new Set(refunds.map(({ transactionId }) => transactionId))
  const purchases = facts.filter(isPurchase).filter(({ transactionId }) => transactions.has(transactionId))
  const keys = [...refunds, ...purchases].flatMap(({ key }) => key ?? [])
  const known = await paidIn(db, site, [...transactions], keys)
  const isNew = ({ key }: Fact): boolean => key === null || !known.keys.has(key)
  const orders = byTransaction<StoredOrder>([...known.orders, ...purchases.filter(isNew)])
  const stored = byTransaction(known.refunds)
  return new Map(
    [...byTransaction(refunds.filter(isNew))].flatMap(([transaction, sent]) => {
      const order = orderAmong(orders.get(transaction) ?? [])
      return order ? tooLarge(order, stored.get(transaction) ?? [], sent) : []
    }),
  )
}
