import { expect, test } from 'vitest'
import { jsonChunks, numberChunks } from './chunks'

/** Bytes of a bound value that D1 takes. */
const MOST = 2_000_000

const bytesOf = (text: string): number => new TextEncoder().encode(text).length

test.each([
  ['texts', Array.from({ length: 10_000 }, (_, n) => [n, '漢'.repeat(200)]), jsonChunks],
  ['numbers', Array.from({ length: 50_000 }, (_, n) => [n, 1_763_683_200_000 + n, null, n / 7]), numberChunks],
])('rows of %s are bound in their order, in texts that D1 takes', (_name, rows, chunksOf) => {
  const texts = chunksOf(rows) ?? []
  expect(texts.length).toBeGreaterThan(1)
  expect(texts.flatMap(text => JSON.parse(text))).toEqual(rows)
  expect(Math.max(...texts.map(bytesOf))).toBeLessThanOrEqual(MOST)
})

test('rows of numbers fill the texts that they take', () => {
  const rows = Array.from({ length: 100_000 }, (_, n) => [n])
  expect(numberChunks(rows)).toHaveLength(1)
  expect(numberChunks([])).toBeNull()
})
