import Papa from 'papaparse'
import { expect, test } from 'vitest'
import { type CsvCell, columnsIn, csvOf } from '../../../shared/csv'
import type { Answer, MetricValue } from '../../../shared/question'
import { METRICS } from '../../metrics/definitions'
import { csvOfAnswer } from './csv'

const value = (more: Partial<MetricValue> = {}): MetricValue => ({
  value: 0.5,
  numerator: 1,
  denominator: 2,
  interval: [0.1, 0.9],
  status: 'low_sample',
  pending: 3,
  ...more,
})

const answer = (query: Record<string, unknown>, rows: Answer['rows']): Answer => ({
  query: { granularity: null, dimensions: [], compare: null, ...query },
  rows,
  meta: { rows_read: 0, duration_ms: 0, warnings: [] },
})

/** A header and lines, read by an independent parser. */
const read = (text: string): string[][] => Papa.parse<string[]>(text.replace(/\r\n$/, ''), { newline: '\r\n' }).data

const CELLS: readonly (readonly [CsvCell, string])[] = [
  ['plain', 'plain'],
  ['one, two', '"one, two"'],
  ['a "b" c', '"a ""b"" c"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\r=1', '"\'\r=1"'],
  ['\n=1', '"\'\n=1"'],
  ['=HYPERLINK("x","y")', '"\'=HYPERLINK(""x"",""y"")"'],
  [-1, '-1'],
  [0, '0'],
  [1e-7, '1e-7'],
  [null, ''],
  [undefined, ''],
  ['', ''],
]

test.each(CELLS)('the cell %j is written as %j', (cell, written) => {
  expect(csvOf([{ name: 'cell', of: (one: CsvCell) => one }], [cell])).toBe(`cell\r\n${written}\r\n`)
})

test('a header is escaped like a cell and holds no line breaks', () => {
  expect(csvOf([{ name: '=a,b', of: () => null }], [])).toBe('"\'=a,b"\r\n')
})

test('columns of a breakdown inherit from the whole', () => {
  const columns = columnsIn([{ name: 'size', of: (size: number) => size }], (box: { size: number }) => box.size)
  expect(csvOf(columns, [{ size: 2 }, { size: 3 }])).toBe('size\r\n2\r\n3\r\n')
})

test('an answer has only the value of a metric, and the currency of money', () => {
  const rows = [
    {
      time: '2026-01-31',
      dimensions: { page: '/,' },
      metrics: { bounce_rate: value(), revenue: value({ value: 40, currency: 'EUR' }) },
    },
    { time: '2026-02-01', dimensions: { page: '/' }, metrics: { bounce_rate: value({ value: null }) } },
  ]
  const query = { metrics: ['bounce_rate', 'revenue'], dimensions: ['page'], granularity: 'day' }
  expect(read(csvOfAnswer(answer(query, rows), 'value'))).toEqual([
    ['time', 'page', 'bounce_rate', 'revenue', 'revenue_currency'],
    ['2026-01-31', '/,', '0.5', '40', 'EUR'],
    ['2026-02-01', '/', '', '', ''],
  ])
})

test('with all columns it has every field, and the change of a comparison', () => {
  const change = { value: -0.1, interval: [-0.3, 0.1], verdict: 'no_clear_change' } as const
  const rows = [{ metrics: { bounce_rate: value({ reason: 'Too few.', previous: 0.6, change }) } }]
  const query = { metrics: ['bounce_rate'], compare: { from: '2026-01-01', to: '2026-01-31' } }
  expect(read(csvOfAnswer(answer(query, rows), 'all'))).toEqual([
    [
      'bounce_rate',
      ...['numerator', 'denominator', 'low', 'high', 'status', 'reason', 'pending', 'previous'].map(
        one => `bounce_rate_${one}`,
      ),
      ...['change', 'change_low', 'change_high', 'verdict'].map(one => `bounce_rate_${one}`),
    ],
    ['0.5', '1', '2', '0.1', '0.9', 'low_sample', 'Too few.', '3', '0.6', '-0.1', '-0.3', '0.1', 'no_clear_change'],
  ])
  const [plain = []] = read(csvOfAnswer(answer({ ...query, compare: null }, rows), 'all'))
  expect(plain).not.toContain('bounce_rate_previous')
})

test('no two columns of all metrics together have one name', () => {
  const metrics = METRICS.map(({ id }) => id)
  const [header = []] = read(csvOfAnswer(answer({ metrics, compare: { from: '', to: '' } }, []), 'all'))
  expect(header.length).toBeGreaterThan(metrics.length * 12)
  expect(new Set(header).size).toBe(header.length)
})
