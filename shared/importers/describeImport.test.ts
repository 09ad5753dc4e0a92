import { expect, test } from 'vitest'
import { describeImportTally } from './describeImport'
import type { ImportBatch } from './importFormat'
import { ImportTally } from './importTally'

const tallyOf = async (names: readonly string[]): Promise<ImportTally> => {
  const tally = new ImportTally()
  const rows = names.map((name, n) => ({ name, time: Date.UTC(2026, 0, 1 + n), visitor_id: `v${n % 2}` }))
  const batches = (async function* (): AsyncGenerator<ImportBatch> {
    yield { kind: 'events', rows }
  })()
  for await (const _ of tally.counting(batches));
  return tally
}

test('a tally says from when to when, how many visitors, and what by name', async () => {
  const tally = await tallyOf(['page_view', 'page_view', 'buy'])
  tally.leaveOut('requests of bots', 1_234)
  expect(describeImportTally(tally)).toEqual([
    'From 2026-01-01 to 2026-01-03 (UTC).',
    '2 visitors.',
    'By name:',
    '  2 page_view',
    '  1 buy',
    'Left out:',
    '  1,234 requests of bots',
  ])
})

test('a name from a file cannot command the terminal, and names have an end', async () => {
  expect(describeImportTally(await tallyOf(['\u001b[2Jx\ny'])).at(-1)).toBe('  1 \uFFFD[2Jx\uFFFDy')
  const many = describeImportTally(await tallyOf(Array.from({ length: 300 }, (_, n) => `name-${n}`)))
  expect([many.length, many[3], many.at(-1)]).toEqual([24, '  100 (other)', '  and 181 more'])
})

test('a file without anything to import says so', async () => {
  expect(describeImportTally(await tallyOf([]))).toEqual(['The file contains nothing to import.'])
})

test('days are those of the site, not of UTC', async () => {
  const tally = new ImportTally()
  const batches = (async function* (): AsyncGenerator<ImportBatch> {
    yield { kind: 'days', rows: [{ day: '2026-01-01', dimension: '', value: '', visitors: 1 }] }
  })()
  for await (const _ of tally.counting(batches));
  expect(describeImportTally(tally)[0]).toBe('From 2026-01-01 to 2026-01-01.')
})
