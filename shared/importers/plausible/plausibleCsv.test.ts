import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IMPORTS_FOLDER, readImportedDays, sample, textFile } from '../../../test/readImport'
import { plausibleCsv } from './plausibleCsv'

// The columns and the form of the names: https://plausible.io/docs/csv-import#csv-structure
const files = async () =>
  Promise.all((await readdir(join(IMPORTS_FOLDER, 'plausible'))).map(name => sample(`plausible/${name}`)))

const rowsBy = (days: readonly Readonly<Record<string, unknown>>[], dimension: string, day = '2026-01-01') =>
  days.filter(row => row.dimension === dimension && row.day === day).map(({ day: _, dimension: __, ...row }) => row)

test('each table is read as days by its dimensions', async () => {
  const { days, leftOut } = await readImportedDays(plausibleCsv, await files())
  expect(leftOut).toEqual({ 'hostnames of pages: the export names only one for each page': 4 })
  expect(rowsBy(days, '')).toEqual([
    { value: '', visitors: 3, sessions: 4, pageviews: 7, bounces: 1, duration: 600, events: 4 },
  ])
  expect(rowsBy(days, '', '2026-01-02')).toMatchObject([{ sessions: 2, events: 0 }])
  expect(rowsBy(days, 'page')).toEqual([
    { value: '/', visitors: 3, sessions: 3, pageviews: 4 },
    { value: '/pricing', visitors: 2, sessions: 2, pageviews: 3 },
  ])
  expect(rowsBy(days, 'hostname')).toEqual([])
  expect(rowsBy(days, 'entry_page')[1]).toMatchObject({ value: '/pricing', sessions: 1 })
  expect(rowsBy(days, 'exit_page')[1]).toMatchObject({ value: '/pricing', sessions: 2 })
  expect(rowsBy(days, 'origin').map(({ value, sessions }) => [value, sessions])).toEqual([
    ['source=Google', 1],
    ['utm_source=newsletter&utm_medium=email&utm_campaign=winter', 1],
    ['', 2],
  ])
  expect(rowsBy(days, 'country', '2026-01-02')).toMatchObject([{ value: 'SE', visitors: 2, sessions: 2 }])
  expect(rowsBy(days, 'device')).toMatchObject([
    { value: 'desktop', sessions: 3, duration: 500 },
    { value: 'mobile', sessions: 1 },
  ])
  expect(rowsBy(days, 'browser')[0]).toMatchObject({ value: 'Chrome', sessions: 3 })
  expect(rowsBy(days, 'os').map(({ value }) => value)).toEqual(['macOS', 'iOS'])
  expect(rowsBy(days, 'event')).toEqual([
    { value: 'outbound_click', visitors: 2, events: 3 },
    { value: 'Signup', visitors: 1, events: 1 },
  ])
})

const VISITORS = 'imported_visitors.csv'
const HEADER = 'date,visitors,pageviews,bounces,visits,visit_duration'

test('rows without a day are left out, and columns that a file lacks are unknown', async () => {
  const { days, leftOut } = await readImportedDays(plausibleCsv, [
    textFile(VISITORS, 'date,visitors,pageviews\n2026-01-01,1,2\n,3,4\n2026-01-02,x,5\n'),
  ])
  expect(days).toEqual([
    { day: '2026-01-01', dimension: '', value: '', visitors: 1, pageviews: 2 },
    { day: '2026-01-02', dimension: '', value: '', pageviews: 5 },
  ])
  expect(leftOut).toEqual({ 'rows without a day': 1 })
})

test('page views are by hostname when all pages have the same', async () => {
  const { days } = await readImportedDays(plausibleCsv, [
    textFile(VISITORS, `${HEADER}\n`),
    textFile(
      'imported_pages.csv',
      'date,hostname,page,pageviews\n2026-01-01,a.example,/,4\n2026-01-01,a.example,/b,3\n',
    ),
  ])
  expect(rowsBy(days, 'hostname')).toEqual([{ value: 'a.example', pageviews: 7 }])
})

test('the smallest of very many values are added up', async () => {
  const rows = Array.from({ length: 1_500 }, (_, n) => `2026-01-01,shop.example,/${n},1,1,${n + 1}`)
  const { days } = await readImportedDays(plausibleCsv, [
    textFile(VISITORS, `${HEADER}\n`),
    textFile('imported_pages.csv', `date,hostname,page,visits,visitors,pageviews\n${rows.join('\n')}\n`),
  ])
  const pages = rowsBy(days, 'page')
  expect([pages.length, pages.at(-1)]).toEqual([1_001, expect.objectContaining({ value: '(other)', visitors: 500 })])
})

test.each([
  [[textFile('imported_pages.csv', 'date,page\n')], /no file imported_visitors/],
  [
    [textFile(VISITORS, `${HEADER}\n2026-01-01,1,1,1,1,1\n2026-01-02,1,1,1,1,1\n2026-01-01,1,1,1,1,1\n`)],
    /2026-01-01 in two places/,
  ],
])('files that cannot be read whole are told: %#', async (given, reason) => {
  await expect(readImportedDays(plausibleCsv, given)).rejects.toThrow(reason)
})
