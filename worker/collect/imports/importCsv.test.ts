import { describe, expect, test } from 'vitest'
import { type ImportDefinition, importDefinition } from '../../../shared/imports'
import { Problem } from '../../lib/problem'
import { csvLines } from './importCsv'

const definition = (kind: string): ImportDefinition => {
  const found = importDefinition(kind)
  if (!found) throw new Error(`There is no kind "${kind}".`)
  return found
}
const costs = definition('costs')

const rejection = (file: string): string => {
  try {
    csvLines(file, costs)
  } catch (error) {
    if (error instanceof Problem) return `${error.code}: ${error.message}`
    throw error
  }
  return 'read'
}

const ROW = { line: 2, fields: { day: '2026-01-31', campaign: 'a', amount: 12.5 } }

test.each([
  ['line feeds', 'day,campaign,amount\n2026-01-31,a,12.5\n'],
  ['no end of the last line', 'day,campaign,amount\n2026-01-31,a,12.5'],
  ['CRLF', 'day,campaign,amount\r\n2026-01-31,a,12.5\r\n'],
  ['carriage returns', 'day,campaign,amount\r2026-01-31,a,12.5\r'],
  ['both kinds of line ends', 'day,campaign,amount\r\n2026-01-31,a,12.5\n'],
  ['a byte order mark', '\ufeffday,campaign,amount\n2026-01-31,a,12.5\n'],
  ['semicolons', 'day;campaign;amount\r\n2026-01-31;a;12.5\r\n'],
  ['quotes', '"day","campaign","amount"\n"2026-01-31","a","12.5"\n'],
  ['quotes and semicolons', '"day";"campaign";"amount"\n"2026-01-31";"a";"12.5"\n'],
  ['spaces around names and numbers', 'day, campaign , amount\n2026-01-31,a, 12.5 \n'],
  ['empty lines at the end', 'day,campaign,amount\n2026-01-31,a,12.5\n\n,,\n   \n'],
])('a file with %s', (_, file) => {
  expect(csvLines(file, costs)).toEqual([ROW])
})

test('columns may come in any order', () => {
  expect(csvLines('amount,campaign,day\n12.5,a,2026-01-31', costs)).toEqual([ROW])
})

test('a quoted cell is one string', () => {
  const [row] = csvLines('day,campaign,amount\n2026-01-31,"a, ""b""; c",1', costs)
  expect(row?.fields).toMatchObject({ campaign: 'a, "b"; c' })
})

test('lines are those of the file, including empty ones and cells over several', () => {
  const file = 'day,campaign,amount\n\n2026-01-31,a,1\n\r\n2026-01-31,"b\r\n\nc",1\n2026-01-31,d,1\n'
  expect(csvLines(file, costs).map(({ line }) => line)).toEqual([3, 5, 8])
})

test.each([
  ['0', 0],
  ['12.50', 12.5],
  ['007', 7],
  ['1e3', 1000],
  ['-1', -1],
  ['', null],
  [' ', null],
  ['12,50', '12,50'],
  ['1 000', '1 000'],
  ['€5', '€5'],
  ['5.', '5.'],
  ['.5', '.5'],
  ['0x10', '0x10'],
  ['Infinity', 'Infinity'],
  ['NaN', 'NaN'],
  ['null', 'null'],
])('the cell %j of a number is %j', (cell, value) => {
  expect(csvLines(`day,amount\n2026-01-31,"${cell}"`, costs)[0]?.fields).toEqual({ day: '2026-01-31', amount: value })
})

test('strings that look like numbers stay strings', () => {
  expect(csvLines('day,campaign,amount\n2026-01-31,007,1', costs)[0]?.fields).toMatchObject({ campaign: '007' })
})

test('a line with a cell too many or too few is not a row', () => {
  const lines = csvLines('day,campaign,amount\n2026-01-31,a,b,1\n2026-01-31,1\n2026-01-31,a,1', costs)
  expect(lines.map(({ line, fields }) => [line, fields instanceof Problem ? fields.code : 'read'])).toEqual([
    [2, 'wrong_cells'],
    [3, 'wrong_cells'],
    [4, 'read'],
  ])
})

describe('a file is rejected in one sentence', () => {
  test.each([
    ['', /^missing_column: .*"day"/],
    ['day,sum\n2026-01-31,1', /^unknown_column: .*"sum".* day, channel, source, campaign, medium, amount, currency\.$/],
    ['Day,amount\n2026-01-31,1', /^unknown_column: .*"Day"/],
    ['day,amount,\n2026-01-31,1,', /^unknown_column: .*""/],
    ['day,constructor\n2026-01-31,1', /^unknown_column: .*"constructor"/],
    ['day,amount,day\n2026-01-31,1,2026-01-31', /^repeated_column: .*"day"/],
    ['day,campaign\n2026-01-31,a', /^missing_column: .*"amount"/],
    ['amount\n1', /^missing_column: .*"day"/],
    ['day,amount\n2026-01-31,1\n2026-01-31,"1\n2026-02-01,2', /^bad_csv: .*line 3/],
    ['day,amount\n2026-01-31,"1"0\n2026-02-01,2', /^bad_csv: .*line 2/],
  ])('%j', (file, refused) => {
    expect(rejection(file)).toMatch(refused)
  })
})
