import { jsonChunks } from './chunks'

/** Transactions and rows of event ids, each as JSON small enough to be bound. */
export type OrderChunk = readonly [transactions: string, keys: string]

/** Splits what changes orders: a statement runs once for each chunk, in whichever order, as an order is of one transaction. */
export const orderChunks = (transactions: readonly unknown[], keys: readonly unknown[] = []): OrderChunk[] => {
  const [ofTransactions, ofKeys] = [jsonChunks(transactions), jsonChunks(keys)]
  const count = Math.max(ofTransactions.length, ofKeys.length)
  return Array.from({ length: count }, (_, n) => [ofTransactions[n] ?? '[]', ofKeys[n] ?? '[]'])
}
