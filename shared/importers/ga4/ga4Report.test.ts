import { expect, test } from 'vitest'
import { readImportedDays, sample, textFile } from '../../../test/readImport'
import { ga4Report } from './ga4Report'

const rowsOf = (days: readonly Readonly<Record<string, unknown>>[], dimension: string) =>
  days.filter(row => row.dimension === dimension).map(({ dimension: _, ...row }) => row)

test('explorations with Date are read as days, whatever the order of their rows', async () => {
  const files = await Promise.all(['days', 'sources', 'countries', 'events'].map(name => sample(`ga4/${name}.csv`)))
  const { days, leftOut } = await readImportedDays(ga4Report, files)
  expect(leftOut).toEqual({
    'rows of totals': 4,
    'page_view events: they are counted as page views': 15,
    'session_start events: sessions are derived from page views and events': 6,
  })
  expect(rowsOf(days, '')).toEqual([
    { day: '2026-01-01', value: '', sessions: 6, engaged_sessions: 3, visitors: 5, pageviews: 15, duration: 210 },
    { day: '2026-01-02', value: '', sessions: 4, engaged_sessions: 3, visitors: 4, pageviews: 10, duration: 240 },
  ])
  expect(rowsOf(days, 'origin').map(({ value, sessions }) => [value, sessions])).toEqual([
    ['utm_source=google&utm_medium=organic', 3],
    ['', 2],
    ['utm_source=newsletter&utm_medium=email', 1],
    ['utm_source=google&utm_medium=cpc', 4],
  ])
  expect(rowsOf(days, 'country')).toMatchObject([
    { value: 'SE', sessions: 4, engaged_sessions: 2 },
    { value: '', sessions: 2, engaged_sessions: 1 },
    { value: 'NO', sessions: 4, engaged_sessions: 3 },
  ])
  expect(rowsOf(days, 'event')).toEqual([
    { day: '2026-01-01', value: 'sign_up', events: 2, visitors: 2 },
    { day: '2026-01-02', value: 'sign_up', events: 1, visitors: 1 },
  ])
})

const reportOf = (name: string, ...lines: readonly string[]) => textFile(name, `${lines.join('\n')}\n`)

test.each([
  [['Date,Country,Sessions', '20260101,Sweden,4'], ['Date,Country,Sessions', '20260101,Sweden,4'], 'country'],
  [['Date,Session source,Sessions', '20260101,a,4'], ['Date,Session medium,Sessions', '20260101,b,4'], 'origin'],
  [['Date,Page path,Views', '20260101,/,4'], ['Date,Page path + query string,Views', '20260101,/?a,4'], 'page'],
  [['Date,Sessions', '20260101,4'], ['Date,Sessions', '20260101,4'], null],
])('two reports of the same are not added up: %#', async (one, other, dimension) => {
  const what = dimension === null ? 'the totals' : `values by ${dimension}`
  await expect(
    readImportedDays(ga4Report, [reportOf('one.csv', ...one), reportOf('one (1).csv', ...other)]),
  ).rejects.toThrow(`one.csv and one (1).csv both have ${what} of 2026-01-01`)
})

test('channels are left out of days that have sources, which give channels too', async () => {
  const { days, leftOut } = await readImportedDays(ga4Report, [
    reportOf('a.csv', 'Date,Session default channel group,Sessions', '20260101,Email,4', '20260102,Email,5'),
    reportOf('b.csv', 'Date,Session source / medium,Sessions', '20260101,a / email,4'),
  ])
  expect(days.map(({ day, dimension }) => [day, dimension])).toEqual([
    ['2026-01-01', 'origin'],
    ['2026-01-02', 'channel'],
  ])
  expect(leftOut).toEqual({ 'values by channel: they follow from the session source': 1 })
})

test('events have the names that the export to BigQuery gives them, and a number that is missing is unknown', async () => {
  const { days, leftOut } = await readImportedDays(ga4Report, [
    reportOf(
      'a.csv',
      'Date,Event name,Event count,Total users',
      '20260101,click,3,2',
      '20260101,scroll,9,4',
      '20260101,constructor,,2',
    ),
  ])
  expect(rowsOf(days, 'event')).toEqual([
    { day: '2026-01-01', value: 'outbound_click', events: 3, visitors: 2 },
    { day: '2026-01-01', value: 'constructor', visitors: 2 },
  ])
  expect(leftOut).toEqual({ 'scroll events: they are the scroll depth of page views': 9 })
})

test('no more sessions are engaged than there are', async () => {
  const report = reportOf('a.csv', 'Date,Sessions,Engaged sessions', '20260101,4,5')
  expect((await readImportedDays(ga4Report, [report])).days).toMatchObject([{ sessions: 4, engaged_sessions: 4 }])
})

test.each([
  ['# Pages\n\nPage path,Views\n/,12\n', /report\.csv has no column Date.* add the dimension Date/],
  ['Date,Page path,Country,Views\n20260101,/,Sweden,12\n', /several dimensions, page path and country/],
])('a report that holds no days is told: %#', async (text, reason) => {
  await expect(readImportedDays(ga4Report, [textFile('report.csv', text)])).rejects.toThrow(reason)
})

test('a long table is read to its end, and only comments at its top are left out', async () => {
  const rows = Array.from({ length: 5_000 }, (_, n) => `20260101,#${n},1`)
  const { days } = await readImportedDays(ga4Report, [
    textFile('report.csv', `# a\n# b\n\nDate,City,Sessions\n${rows.join('\n')}\n`),
  ])
  expect(days.reduce((sum, { sessions }) => sum + Number(sessions), 0)).toBe(5_000)
})
