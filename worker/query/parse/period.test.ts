import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Granularity, PERIODS, type Period } from '../../../shared/question'
import { dayOf, formatDay, parseDay } from '../../lib/calendar'
import { Problem } from '../../lib/problem'
import type { Range } from '../../lib/timeRange'
import { bucketsOf, comparedPeriod, resolvePeriod } from './period'

const HOUR = 3_600_000
const ZONE = 'Europe/Stockholm'
/** Friday 2026-11-20, 14:30 in Stockholm. */
const NOW = Date.UTC(2026, 10, 20, 13, 30)

const day = (text: string): number => parseDay(text) as number
const resolve = (period: Period, zone = ZONE, now = NOW, firstDay: number | null = null): Range =>
  resolvePeriod(period, zone, now, firstDay)
const days = (range: Range): string[] => [formatDay(range.firstDay), formatDay(range.lastDay)]
const instants = (range: Range): string[] => [new Date(range.from).toISOString(), new Date(range.to).toISOString()]
const between = (from: string, to: string, zone = ZONE): Range => resolve({ from, to }, zone)

function problemOf(act: () => unknown): Problem {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
  throw new Error('Nothing was thrown.')
}

describe('resolvePeriod', () => {
  test.each([
    ['today', '2026-11-20', '2026-11-20'],
    ['yesterday', '2026-11-19', '2026-11-19'],
    ['7d', '2026-11-14', '2026-11-20'],
    ['28d', '2026-10-24', '2026-11-20'],
    ['30d', '2026-10-22', '2026-11-20'],
    ['90d', '2026-08-23', '2026-11-20'],
    ['12mo', '2025-12-01', '2026-11-30'],
    ['month', '2026-11-01', '2026-11-30'],
    ['last_month', '2026-10-01', '2026-10-31'],
    ['quarter', '2026-10-01', '2026-12-31'],
    ['last_quarter', '2026-07-01', '2026-09-30'],
    ['year', '2026-01-01', '2026-12-31'],
    ['last_year', '2025-01-01', '2025-12-31'],
    ['all', '2026-11-20', '2026-11-20'],
  ] as const)('%s is %s to %s', (period, first, last) => {
    expect(days(resolve(period))).toEqual([first, last])
  })

  test.each([
    ['last_month', '2025-12-01', '2025-12-31'],
    ['quarter', '2026-01-01', '2026-03-31'],
    ['last_quarter', '2025-10-01', '2025-12-31'],
    ['last_year', '2025-01-01', '2025-12-31'],
  ] as const)('%s in January is %s to %s', (period, first, last) => {
    expect(days(resolve(period, ZONE, Date.UTC(2026, 0, 1, 12)))).toEqual([first, last])
  })

  test('a last month, quarter or year ends where the current one begins', () => {
    const someNow = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2040, 0) })
    const property = fc.property(fc.constantFrom('month', 'quarter', 'year'), someNow, (unit, now) => {
      const current = resolve(unit as Period, ZONE, now)
      expect(resolve(`last_${unit}` as Period, ZONE, now).to).toBe(current.from)
      expect(current.from <= now && now < current.to).toBe(true)
    })
    fc.assert(property)
  })

  test('all begins with the first day of data, and never after today', () => {
    expect(days(resolve('all', ZONE, NOW, day('2014-01-07')))).toEqual(['2014-01-07', '2026-11-20'])
    expect(days(resolve('all', ZONE, NOW, day('2026-11-21')))).toEqual(['2026-11-20', '2026-11-20'])
  })

  test('both days of a range are included, in the time zone', () => {
    const range = between('2014-01-07', '2014-01-22')
    expect(days(range)).toEqual(['2014-01-07', '2014-01-22'])
    expect(instants(range)).toEqual(['2014-01-06T23:00:00.000Z', '2014-01-22T23:00:00.000Z'])
  })

  test('today is the local day, not the day in UTC', () => {
    expect(days(resolve('today', 'Pacific/Auckland'))).toEqual(['2026-11-21', '2026-11-21'])
    expect(days(resolve('today', 'Pacific/Auckland', Date.UTC(2026, 10, 20, 10, 59)))).toEqual([
      '2026-11-20',
      '2026-11-20',
    ])
  })

  test.each([
    [{ from: '2026-02-30', to: '2026-03-01' }, '"2026-02-30"'],
    [{ from: '2026-01-01', to: 'tomorrow' }, '"tomorrow"'],
    [{ from: '2026-01-02', to: '2026-01-01' }, 'before it begins'],
    [{ from: '1926-01-01', to: '2026-01-01' }, '100 years'],
    ['8d' as Period, '12mo'],
    ['constructor' as Period, '12mo'],
  ])('rejects %j in one sentence', (period, part) => {
    const problem = problemOf(() => resolve(period))
    expect([problem.status, problem.code]).toEqual([400, 'bad_period'])
    expect(problem.message).toContain(part)
    expect(problem.message).toMatch(/^The [^\n]*\.$/)
  })

  test('a hundred years are allowed', () => {
    expect(days(between('1926-01-01', '2025-12-31'))).toEqual(['1926-01-01', '2025-12-31'])
  })

  test('a range starts and ends with its days', () => {
    const someNow = fc.integer({ min: Date.UTC(1971, 0), max: Date.UTC(2040, 0) })
    const someZone = fc.constantFrom('UTC', ZONE, 'America/New_York', 'Asia/Kathmandu', 'America/Sao_Paulo')
    fc.assert(
      fc.property(fc.constantFrom(...PERIODS), someZone, someNow, (period, zone, now) => {
        const range = resolve(period, zone, now, 0)
        expect([dayOf(range.from, zone), dayOf(range.from - 1, zone)]).toEqual([range.firstDay, range.firstDay - 1])
        expect([dayOf(range.to, zone), dayOf(range.to - 1, zone)]).toEqual([range.lastDay + 1, range.lastDay])
      }),
    )
  })
})

const previousPeriod = (range: Range, zone: string, now: number) => comparedPeriod('previous_period', range, zone, now)

describe('the previous year', () => {
  const yearBefore = (range: Range, zone = ZONE, now = NOW) => comparedPeriod('previous_year', range, zone, now)

  test.each([
    ['2026-01-08', '2026-01-14', '2025-01-08', '2025-01-14'],
    ['2024-02-29', '2024-02-29', '2023-02-28', '2023-02-28'],
    ['2025-02-01', '2025-02-28', '2024-02-01', '2024-02-29'],
    ['2025-02-02', '2025-02-28', '2024-02-02', '2024-02-28'],
    ['2024-02-01', '2024-02-29', '2023-02-01', '2023-02-28'],
    ['2025-01-01', '2025-12-31', '2024-01-01', '2024-12-31'],
    ['2025-12-20', '2026-01-10', '2024-12-20', '2025-01-10'],
  ])('of %s to %s is %s to %s', (from, to, first, last) => {
    expect(days(yearBefore(between(from, to)))).toEqual([first, last])
  })

  test('is cut at the same time of the same day', () => {
    expect(instants(yearBefore(resolve('year')))).toEqual(['2024-12-31T23:00:00.000Z', '2025-11-20T13:30:00.000Z'])
    expect(instants(yearBefore(resolve('today')))).toEqual(['2025-11-19T23:00:00.000Z', '2025-11-20T13:30:00.000Z'])
    // A leap day between them does not shift the end.
    const now = Date.UTC(2024, 2, 5, 12)
    expect(instants(yearBefore(resolve('year', 'UTC', now), 'UTC', now))).toEqual([
      '2023-01-01T00:00:00.000Z',
      '2023-03-05T12:00:00.000Z',
    ])
  })

  test('of a period that has not begun is empty', () => {
    const previous = yearBefore(between('2027-01-01', '2027-01-31'))
    expect(previous.to).toBe(previous.from)
  })

  test('never reaches into the year of its period, and has its length but for leap days', () => {
    const first = fc.integer({ min: day('1990-01-01'), max: day('2030-01-01') })
    const property = fc.property(first, fc.nat({ max: 364 }), (from, more) => {
      const range = between(formatDay(from), formatDay(from + more), 'UTC')
      const previous = yearBefore(range, 'UTC', Date.UTC(2040, 0))
      expect(previous.to <= range.from).toBe(true)
      expect(Math.abs(previous.to - previous.from - (range.to - range.from))).toBeLessThanOrEqual(24 * HOUR)
    })
    fc.assert(property)
  })
})

test('days of one’s own are compared whole', () => {
  const compare = { from: '2026-11-01', to: '2026-11-03' }
  expect(days(comparedPeriod(compare, resolve('today'), ZONE, NOW))).toEqual(['2026-11-01', '2026-11-03'])
})

describe('the previous period', () => {
  test('has as many days, right before', () => {
    const range = between('2026-01-08', '2026-01-14')
    const previous = previousPeriod(range, ZONE, NOW)
    expect(days(previous)).toEqual(['2026-01-01', '2026-01-07'])
    expect(previous.to).toBe(range.from)
  })

  test('is cut at the same point as the current period', () => {
    expect(instants(previousPeriod(resolve('today'), ZONE, NOW))).toEqual([
      '2026-11-18T23:00:00.000Z',
      '2026-11-19T13:30:00.000Z',
    ])
    const month = previousPeriod(resolve('month'), ZONE, NOW)
    expect(days(month)).toEqual(['2026-10-02', '2026-10-21'])
    expect(month.to - month.from).toBe(NOW - resolve('month').from)
  })

  test('of a period that has just ended is whole', () => {
    const range = resolve('yesterday')
    expect(previousPeriod(range, ZONE, range.to).to).toBe(range.from)
  })

  test('of a period that has not begun is empty', () => {
    const previous = previousPeriod(between('2027-01-01', '2027-01-31'), ZONE, NOW)
    expect(previous.to).toBe(previous.from)
    expect(previous.lastDay).toBe(previous.firstDay - 1)
  })
})

describe('bucketsOf', () => {
  const labels = (range: Range, granularity: Granularity, zone = ZONE): string[] =>
    bucketsOf(range, granularity, zone).map(bucket => bucket.label)

  test('hours have their offset, and days of 23 and 25 hours as many rows', () => {
    const spring = labels(between('2026-03-29', '2026-03-29'), 'hour')
    expect(spring).toHaveLength(23)
    expect(spring.slice(1, 3)).toEqual(['2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00'])
    const autumn = labels(between('2026-10-25', '2026-10-25'), 'hour')
    expect(autumn).toHaveLength(25)
    expect(autumn.slice(2, 4)).toEqual(['2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00'])
  })

  test.each([
    ['UTC', '2026-01-31T14:00:00+00:00'],
    ['Asia/Kathmandu', '2026-01-31T14:00:00+05:45'],
    ['America/St_Johns', '2026-01-31T14:00:00-03:30'],
  ])('the fifteenth hour in %s is %s', (zone, label) => {
    expect(bucketsOf(between('2026-01-31', '2026-01-31', zone), 'hour', zone)[14]).toMatchObject({ key: 14, label })
  })

  test('days', () => {
    const range = between('2026-01-30', '2026-02-01')
    expect(labels(range, 'day')).toEqual(['2026-01-30', '2026-01-31', '2026-02-01'])
    expect(bucketsOf(range, 'day', ZONE)[0]?.key).toBe(range.firstDay)
  })

  test('weeks begin on Monday and are cut to the period', () => {
    const range = between('2026-01-31', '2026-02-09')
    const weeks = bucketsOf(range, 'week', ZONE)
    expect(weeks.map(week => week.label)).toEqual(['2026-01-26', '2026-02-02', '2026-02-09'])
    expect(weeks[0]).toMatchObject({ key: Math.floor((range.firstDay + 3) / 7), from: range.from })
    expect(weeks[1]?.from).toBe(Date.UTC(2026, 1, 1, 23))
  })

  test('months are labelled by their first day and cut to the period', () => {
    const range = between('2025-12-15', '2026-02-03')
    const months = bucketsOf(range, 'month', ZONE)
    expect(months.map(month => month.label)).toEqual(['2025-12-01', '2026-01-01', '2026-02-01'])
    expect(months.map(month => month.key)).toEqual([2025 * 12 + 11, 2026 * 12, 2026 * 12 + 1])
    expect([months[0]?.from, months[2]?.to]).toEqual([range.from, range.to])
    expect(labels(between('0050-01-15', '0050-02-15'), 'month')).toEqual(['0050-01-01', '0050-02-01'])
  })

  test('a day that does not exist has no row', () => {
    expect(labels(between('2011-12-29', '2011-12-31', 'Pacific/Apia'), 'day', 'Pacific/Apia')).toEqual([
      '2011-12-29',
      '2011-12-31',
    ])
  })

  test('a period cut short has rows up to the cut', () => {
    const previous = previousPeriod(resolve('today'), ZONE, NOW)
    expect(labels(previous, 'hour')).toHaveLength(15)
    expect(bucketsOf(previous, 'hour', ZONE).at(-1)?.to).toBe(previous.to)
    expect(bucketsOf(previousPeriod(between('2027-01-01', '2027-01-02'), ZONE, NOW), 'day', ZONE)).toEqual([])
  })

  test('rejects more than 10,000', () => {
    const range = between('2000-01-01', '2026-12-31')
    expect(labels(range, 'day')).toHaveLength(9862)
    const problem = problemOf(() => bucketsOf(range, 'hour', ZONE))
    expect([problem.status, problem.code]).toEqual([400, 'too_many_buckets'])
    expect(problemOf(() => bucketsOf(between('1990-01-01', '2026-12-31'), 'day', ZONE)).code).toBe('too_many_buckets')
  })

  test('cover the range without gap or overlap, with keys rising by one', () => {
    const someZone = fc.constantFrom('UTC', ZONE, 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo')
    const someGranularity = fc.constantFrom<Granularity>('hour', 'day', 'week', 'month')
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 25_000 }),
        fc.integer({ min: 0, max: 300 }),
        someZone,
        someGranularity,
        (first, count, zone, granularity) => {
          const range = between(formatDay(first), formatDay(first + count), zone)
          const buckets = bucketsOf(range, granularity, zone)
          expect([buckets[0]?.from, buckets.at(-1)?.to]).toEqual([range.from, range.to])
          for (const [index, bucket] of buckets.slice(1).entries()) {
            expect(bucket.from).toBe(buckets[index]?.to)
            expect(bucket.key - (buckets[index]?.key ?? 0)).toBe(1)
            expect(bucket.to - bucket.from).toBeGreaterThan(0)
          }
          if (granularity !== 'hour') return
          for (const { key, from } of buckets) expect(key).toBe(Math.floor((from - range.from) / HOUR))
        },
      ),
      { numRuns: 60 },
    )
  })
})
