import { describe, expect, test } from 'vitest'
import { costsOf, median, missed, quantile, scaleFigures, verdictOf } from './figures'
import { benchmarksPage, textTable } from './report'
import { REQUESTS, type RequestCost, type RequestName, requestFigures } from './requestCosts'
import { CONTENT_SITE, partBefore, recordsBetween, simulateDay } from './simulate'

const HOUR = 3_600_000
const DAY = 24 * HOUR

describe('figures of the benchmark', () => {
  test('divides rows and bytes by page views', () => {
    const parts = [
      { pageviews: 100, rowsWritten: 240, rowsRead: 1000, bytes: 50_000, ms: 1000, cronMs: 300 },
      { pageviews: 300, rowsWritten: 700, rowsRead: 3000, bytes: 68_000, ms: 3000, cronMs: 500 },
    ]
    expect(costsOf(40_000, parts, { rowsWritten: 60, bytes: 69_200 })).toEqual({
      pageviews: 400,
      rows_written_per_pageview: 2.5,
      bytes_per_pageview: 73,
      rows_read_per_pageview: 10,
      load_seconds: 4,
      settle_and_roll_up_seconds: 0.8,
    })
  })

  test('rounds growth to the safe side', () => {
    const figures = {
      ingest_beacons_per_second: 500,
      ingest_bare_per_second: 1000,
      settle_and_roll_up_seconds: 60,
      pageviews: 100_000,
    }
    expect(scaleFigures(figures)).toEqual({ cpu_ms_per_beacon: 2, db_ms_per_pageview: 2.6 })
    expect(scaleFigures({ pageviews: 100_000 })).toEqual({})
  })

  test('gives no figure when nothing was loaded', () => {
    expect(() => costsOf(0, [], { rowsWritten: 0, bytes: 0 })).toThrow('nothing was loaded')
  })

  test('computes medians and quantiles', () => {
    expect(median([5, 1, 3])).toBe(3)
    expect(median([4, 1, 3, 2])).toBe(2.5)
    expect(() => median([])).toThrow('nothing was measured')
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2)
    expect(quantile([...Array(100).keys()], 0.95)).toBe(94)
    expect(quantile([7], 0.95)).toBe(7)
  })

  test('counts a value equal to the limit as within it', () => {
    expect(verdictOf('rows_written_per_pageview', 2.8)).toBe('kept')
    expect(verdictOf('rows_written_per_pageview', 2.81)).toBe('MISSED')
    expect(verdictOf('ingest_ratio', 0.85)).toBe('kept')
    expect(verdictOf('ingest_ratio', 0.84)).toBe('MISSED')
    expect(verdictOf('http_beacons_per_second', 1)).toBeNull()
    expect(missed({ overview_ms: 101, speedup_over_raw: 99, ingest_ratio: 1, load_seconds: 9 })).toEqual([
      'overview_ms',
      'speedup_over_raw',
    ])
  })

  test('prints tables', () => {
    const figures = { overview_ms: 27.1234, rows_read_dashboard_30d: 70_000, load_seconds: 1 }
    expect(textTable(figures)).toBe(
      [
        'figure                    value  bar',
        'overview_ms              27.123  at most 100     kept',
        'rows_read_dashboard_30d  70,000  at most 60,000  MISSED',
        'load_seconds                  1',
      ].join('\n'),
    )
    const run = { date: '2026-01-31', command: 'npm run bench', machine: 'a machine' }
    const page = benchmarksPage(figures, run, '')
    expect(page).toContain('| `rows_read_dashboard_30d` | 70,000 | at most 60,000 | MISSED |')

    const cost = { firstCpuMs: 40, cpuMs: 2.34, rowsRead: 1234, ms: 56.7 }
    const costs = Object.fromEntries(Object.keys(REQUESTS).map(name => [name, cost])) as Record<
      RequestName,
      RequestCost
    >
    const later = { ...run, date: '2026-02-28' }
    const both = benchmarksPage(requestFigures(40_000, costs), later, page)
    expect(both.startsWith(page.trimEnd())).toBe(true)
    expect(both).toContain('What `npm run bench` measured on 2026-02-28')
    expect(both).toContain('| a beacon |  | 40 / 2.3 ms CPU, 1,234 rows, 57 ms |  |')
    expect(benchmarksPage(figures, run, both)).toBe(both)
  })

  test('writes a group into a section of its own, and leaves the others as they are', () => {
    const run = { date: '2026-01-31', command: 'npm run bench', machine: 'a machine' }
    const page = benchmarksPage({ overview_ms: 27, export_csv_seconds: 8, statements_report: 31 }, run, '')
    const later = { ...run, date: '2026-02-28' }
    const after = benchmarksPage({ umami_seconds: 44.8 }, later, page)
    expect(after.match(/^## .*/gm)).toEqual(['## Reports', '## Imports', '## Exports'])
    expect(after).toContain(
      'measured on 2026-02-28, on a machine.\n\n| figure | value | bar | |\n|---|---:|---|---|\n| `umami_seconds` | 44.8 | at most 60 | kept |\n\n## Exports\n\nWhat `npm run bench` measured on 2026-01-31',
    )
    expect(benchmarksPage({ overview_ms: 27 }, run, after)).toBe(after)
    expect(after.replace(/## Imports[^#]*/, '')).toBe(page)
    expect(benchmarksPage({ rows_read_pair: 9, catalogue_ms: 4 }, run, page)).toContain('## A month of busy days')
  })
})

describe('the simulated site', () => {
  const start = Date.UTC(2026, 0, 1)
  const records = simulateDay(CONTENT_SITE, 30 * 20_000, start, 3)
  const begun = records.filter(record => !record.left)
  const left = records.filter(record => record.left)

  test('is the same on every run', () => {
    expect(simulateDay(CONTENT_SITE, 30 * 20_000, start, 3)).toEqual(records)
  })

  test('leaves every page once, after its view, in sending order', () => {
    const leaving = new Map(left.map(record => [`${record.visitor}/${record.id}`, record]))
    expect(leaving.size).toBe(begun.length)
    for (const view of begun) {
      const end = leaving.get(`${view.visitor}/${view.id}`)
      expect(end?.sent).toBe(view.time + (end?.seen ?? Number.NaN))
    }
    expect(records.every((record, index) => index === 0 || record.sent >= (records[index - 1]?.sent ?? 0))).toBe(true)
  })

  test('has the stated pages per session, paths, sources and countries', () => {
    const sessions = Math.round((30 * 20_000) / 30 / CONTENT_SITE.pagesPerSession)
    expect(begun.length / sessions).toBeGreaterThan(2.4)
    expect(begun.length / sessions).toBeLessThan(2.6)
    expect(new Set(begun.map(({ path }) => path)).size).toBe(CONTENT_SITE.paths)
    expect(new Set(begun.map(({ source }) => source).filter(source => source >= 0)).size).toBe(CONTENT_SITE.sources)
    expect(new Set(begun.map(({ country }) => country)).size).toBe(CONTENT_SITE.countries)
    const onFirst = begun.filter(({ path }) => path === 0).length
    const onSecond = begun.filter(({ path }) => path === 1).length
    expect(onFirst / onSecond).toBeGreaterThan(1.8)
    expect(onFirst / onSecond).toBeLessThan(2.2)
  })

  test('sends everything once, in order, however it is split', () => {
    const days = [0, 1, 2].flatMap(day => simulateDay(CONTENT_SITE, 30 * 5000, start, day))
    const end = start + 3 * DAY
    const whole = days.filter(({ sent }) => sent < end).sort((a, b) => a.sent - b.sent)
    const parts = Array.from({ length: 12 }, (_, part) => start + part * 6 * HOUR).flatMap(from =>
      recordsBetween(CONTENT_SITE, () => 30 * 5000, start, from, from + 6 * HOUR),
    )
    expect(days.some(({ sent }) => sent >= end)).toBe(true)
    expect(parts).toEqual(whole)
  })

  test('has the stated number of sessions before an hour', () => {
    expect(partBefore(0)).toBe(0)
    expect(partBefore(DAY)).toBeCloseTo(1)
    const evening = start + 3 * DAY + 20.25 * HOUR
    const before = begun.filter(({ time }) => time < evening).length / begun.length
    expect(Math.abs(before - partBefore(20.25 * HOUR))).toBeLessThan(0.02)
  })
})
