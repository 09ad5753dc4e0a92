import { expect, test } from 'vitest'
import { plain } from '../column'
import { parquetEncoder } from './parquetEncoder'

const TABLE = {
  name: 'texts',
  help: '',
  stored: 'events',
  rowsAtOnce: 1_000,
  isOfSessions: false,
  columns: [plain('text', 'text', 'A text.')],
  rows: () => '',
} as const

test('rows with long texts are not held until there are thousands of them', () => {
  const encoder = parquetEncoder(TABLE)
  const row = ['x'.repeat(100_000)]
  const held = Array.from({ length: 10 }, () => encoder.rows(Array.from({ length: 10 }, () => row)).length)
  expect(held.slice(1, 7)).toEqual([0, 0, 0, 0, 0, 0])
  expect(held[7]).toBeGreaterThan(0)
})
