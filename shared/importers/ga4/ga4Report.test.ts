import { expect, test } from 'vitest'
import { readImportedDays, sample, textFile } from '../../../test/readImport'
import { ga4Report } from './ga4Report'

const rowsOf = (days: readonly Readonly<Record<string, unknown>>[], dimension: string) =>
  days.filter(row => row.dimension === dimension).map(({ dimension: _, ...row }) => row)

test('explorations with Date are read as days, whatever the order of their rows', async () => {
  const files = await Promise.all(['days', 'sources', 'countries', 'events'].map(name => sample(`ga4/${name}.csv`)))
  const { days, leftOut } = await readImportedDays(ga4Report, files)
  expect(leftOut).toEqual({ 'rows of totals': 4 })
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
    { day: '2026-01-01', value: 'page_view', events: 15, visitors: 5 },
    { day: '2026-01-01', value: 'sign_up', events: 2, visitors: 2 },
    { day: '2026-01-02', value: 'sign_up', events: 1, visitors: 1 },
  ])
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
