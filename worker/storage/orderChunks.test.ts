import { expect, test } from 'vitest'
import { orderChunks } from './orderChunks'

test('transactions and keys are split side by side', () => {
  const transactions = Array.from({ length: 4_000 }, (_, n) => `${n}`.padEnd(256, '漢'))
  const keys = Array.from({ length: 10 }, (_, n) => [n])
  const chunks = orderChunks(transactions, keys)
  expect(chunks.length).toBeGreaterThan(1)
  expect(chunks.flatMap(([own]) => JSON.parse(own))).toEqual(transactions)
  expect(chunks.map(([, own]) => JSON.parse(own))).toEqual([keys, ...chunks.slice(1).map(() => [])])
  expect(orderChunks([], keys)).toEqual([['[]', JSON.stringify(keys)]])
  expect(orderChunks([])).toEqual([])
})
