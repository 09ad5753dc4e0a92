import { expect, test } from 'vitest'
import { inMemory } from '../../test/readImport'
import { readCsv } from './readCsv'

test('a first line that does not end is not kept in memory', async () => {
  const piece = new TextEncoder().encode('x'.repeat(1_000_000))
  const parts = readCsv(inMemory('a.csv', Array(5).fill(piece)).open(), 'a.csv')
  await expect(parts.next()).rejects.toThrow('The first line of a.csv does not end.')
})
