import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const COMPARISON = fileURLToPath(new URL('../../docs/compare.md', import.meta.url))

const TOOLS = ['**Footfall**', 'Plausible', 'Umami', 'Matomo', 'GA4', 'Shopify', 'Userpilot']

/** Cells of a row, without the empty ones outside its first and last bar. */
const cellsIn = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim())

/** The tables whose rows are tools; their headers begin with an empty cell. */
const tables = readFileSync(COMPARISON, 'utf8')
  .split('\n\n')
  .filter(block => block.startsWith('| | '))
  .map(block => block.trim().split('\n').map(cellsIn))

const isSourced = (cell: string): boolean => cell === '' || /\]\(https:\/\/[^)]+\)/.test(cell)

describe.each(tables.map(([header = [], , ...rows]) => ({ title: header.slice(1).join(', '), header, rows })))(
  '$title',
  ({ header, rows }) => {
    test('has every tool once, in one order', () => {
      expect(rows.map(([tool]) => tool)).toEqual(TOOLS)
    })

    test('has as many cells in each row as in its header', () => {
      expect(rows.filter(row => row.length !== header.length)).toEqual([])
    })

    test('names a source for everything it says about another tool', () => {
      const unsourced = rows.slice(1).flatMap(([, ...cells]) => cells.filter(cell => !isSourced(cell)))
      expect(unsourced).toEqual([])
    })

    test('says in every cell what Footfall does', () => {
      expect(rows[0]?.filter(cell => cell === '')).toEqual([])
    })
  },
)

test('the page compares in every area', () => {
  expect(tables.length).toBeGreaterThan(8)
})
