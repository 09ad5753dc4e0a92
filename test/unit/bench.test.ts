import { describe, expect, test } from 'vitest'
import { costsOf } from '../bench/figures'
import { CONTENT_SITE, simulateDay } from '../bench/simulate'

describe('what the benchmark makes of what it measured', () => {
  test('rows and bytes of everything, over page views', () => {
    const days = [
      { pageviews: 100, rowsWritten: 240, bytes: 50_000 },
      { pageviews: 300, rowsWritten: 700, bytes: 68_000 },
    ]
    expect(costsOf(40_000, days, 60)).toEqual({
      pageviews: 400,
      rows_written_per_pageview: 2.5,
      bytes_per_pageview: 70,
    })
  })

  test('nothing loaded is no figure', () => {
    expect(() => costsOf(0, [], 0)).toThrow('nothing was loaded')
  })
})

describe('the simulated site', () => {
  const start = Date.UTC(2026, 0, 1)
  const records = simulateDay(CONTENT_SITE, 30 * 20_000, start, 3)
  const begun = records.filter(record => !record.left)
  const left = records.filter(record => record.left)

  test('is the same each time', () => {
    expect(simulateDay(CONTENT_SITE, 30 * 20_000, start, 3)).toEqual(records)
  })

  test('leaves every page once, after it was seen, in the order of sending', () => {
    const leaving = new Map(left.map(record => [`${record.visitor}/${record.id}`, record]))
    expect(leaving.size).toBe(begun.length)
    for (const view of begun) {
      const end = leaving.get(`${view.visitor}/${view.id}`)
      expect(end?.sent).toBe(view.time + (end?.seen ?? Number.NaN))
    }
    expect(records.every((record, index) => index === 0 || record.sent >= (records[index - 1]?.sent ?? 0))).toBe(true)
  })

  test('has the pages a session, the paths, sources and countries it says', () => {
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
})
