import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { IMPORTS_FOLDER, readImportedDays, sample, textFile } from '../../../test/readImport'
import { fathomCsv } from './fathomCsv'

test('hours are added up to days, and what no referrer brought came directly', async () => {
  const files = await Promise.all((await readdir(join(IMPORTS_FOLDER, 'fathom'))).map(name => sample(`fathom/${name}`)))
  const { days, leftOut } = await readImportedDays(fathomCsv, files)
  expect(leftOut).toEqual({})
  const rowsOf = (dimension: string) =>
    days
      .filter(row => row.dimension === dimension && row.day === '2026-01-01')
      .map(({ day: _, dimension: __, ...row }) => row)
  expect(rowsOf('')).toEqual([{ value: '', visitors: 5, sessions: 5, pageviews: 8, bounces: 2, duration: 240 }])
  expect(rowsOf('page')).toEqual([
    { value: '/', visitors: 5, pageviews: 6 },
    { value: '/pricing', visitors: 2, pageviews: 2 },
  ])
  expect(rowsOf('origin')).toMatchObject([
    { value: 'source=google.com', sessions: 2, pageviews: 4 },
    { value: 'source=blog.example', sessions: 1, pageviews: 2 },
    { value: '', sessions: 2, visitors: 2, pageviews: 2 },
  ])
  expect(rowsOf('device').map(({ value }) => value)).toEqual(['desktop', 'mobile'])
  expect(rowsOf('event')).toEqual([{ value: 'signup', events: 2 }])
})

test('an export without its totals is told', async () => {
  const file = textFile('Pages.csv', 'Timestamp,Pathname,Views\n2026-01-01 09:00:00,/,3\n')
  await expect(readImportedDays(fathomCsv, [file])).rejects.toThrow('no file Site.csv')
})

const SITE = 'Timestamp,Pageviews,Visits,Bounce Rate'
const REFERRERS = 'Timestamp,Referrer Hostname,Views,Visits'

test('two ZIPs, each of some days, are both read', async () => {
  const zip = (day: string) => [
    textFile('Site.csv', `${SITE}\n${day} 09:00:00,5,3,0.5\n`),
    textFile('Referrers.csv', `${REFERRERS}\n${day} 09:00:00,https://a.example,2,1\n`),
  ]
  const { days } = await readImportedDays(fathomCsv, [...zip('2026-01-01'), ...zip('2026-01-02')])
  const origins = days.filter(({ dimension }) => dimension === 'origin')
  expect(origins.map(({ day, value, sessions }) => [day, value, sessions])).toEqual([
    ['2026-01-01', 'source=a.example', 1],
    ['2026-01-01', '', 2],
    ['2026-01-02', 'source=a.example', 1],
    ['2026-01-02', '', 2],
  ])
  await expect(readImportedDays(fathomCsv, [...zip('2026-01-01'), ...zip('2026-01-01')])).rejects.toThrow(
    'both have the totals of 2026-01-01',
  )
})

test.each([
  [
    ['0.8', '60'],
    [1, 60],
  ],
  [
    ['0.8', '0.6'],
    [80, 60],
  ],
])('bounce rates of %j are %j of 100 visits', async (rates, bounces) => {
  const rows = rates.map((rate, index) => `2026-01-0${index + 1} 09:00:00,100,100,${rate}\n`)
  const { days } = await readImportedDays(fathomCsv, [textFile('Site.csv', `${SITE}\n${rows.join('')}`)])
  expect(days.filter(({ dimension }) => dimension === '').map(row => row.bounces)).toEqual(bounces)
})
