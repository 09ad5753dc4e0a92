import { describe, expect, test } from 'vitest'
import { billOf, charge, endsOf, enginesOf, freePlanOf } from './bill'
import { type Figures, figuresOf, usageOf } from './usage'

const FIGURES: Figures = {
  rows_written_per_pageview: 2,
  rows_read_per_pageview: 300,
  bytes_per_pageview: 100,
  cpu_ms_per_beacon: 3,
  db_ms_per_pageview: 0.5,
  rows_read_per_cron: 5,
  rows_read_dashboard_30d: 1000,
}

const MILLION = 1e6

describe('the bill at growing traffic, computed by hand', () => {
  test('charges only for usage above the included amount', () => {
    const price = { what: 'eggs', included: 10, dollars: 3, per: 4, source: '', asOf: '' }
    expect(charge(price, 10)).toBe(0)
    expect(charge(price, 9)).toBe(0)
    expect(charge(price, 18)).toBe(6)
  })

  test('prices 100 million page views', () => {
    // 2 beacons each; 288 crons and 20 loads of 10 requests on each of 30 days.
    const requests = 200 * MILLION + (288 + 200) * 30
    expect(usageOf(FIGURES, 100 * MILLION)).toEqual({
      requests,
      cpuMs: requests * 3,
      rowsWritten: 200 * MILLION,
      // Besides the page views': 30 days of 288 crons of 5 rows, and of 20 loads of a hundred times 1,000 rows.
      rowsRead: 30_000 * MILLION + 43_200 + 60 * MILLION,
      bytes: 10e9,
    })
    const month = billOf(FIGURES, 100 * MILLION, 1)
    expect(month.plan).toBe(5)
    expect(month.requests).toBeCloseTo(57.004392, 6) // 190.01464 million at $0.30
    expect(month.cpu).toBeCloseTo(11.4008784, 6) // 570.04392 million at $0.02
    expect(month.rowsWritten).toBe(150) // 150 million at $1
    expect(month.rowsRead).toBeCloseTo(5.0600432, 6) // 5,060.0432 million at $0.001
    expect(month.storage).toBe(3.75) // 5 GB at $0.75
    expect(month.total).toBeCloseTo(232.2153136, 6)
    const year = billOf(FIGURES, 100 * MILLION, 12)
    expect(year.storage).toBe(86.25) // 115 GB
    expect(year.total).toBeCloseTo(314.7153136, 6)
  })

  test('charges only the plan for few page views', () => {
    expect(billOf(FIGURES, 1000, 12).total).toBe(5)
    // The dashboard of a small site is assumed to read at least what was measured.
    expect(usageOf(FIGURES, 1000).rowsRead).toBe(300_000 + 43_200 + 600_000)
  })

  test('limits one database by size or by time', () => {
    expect(endsOf(FIGURES, 100 * MILLION)).toEqual({ monthsToFull: 1, monthsToFullAccount: 100, databases: 12 })
    // 10,800 million in 30 days, a tenth of each in one hour: 10,000 a second; half a thread handles 1,000.
    const light = { ...FIGURES, bytes_per_pageview: 0.01 }
    expect(endsOf(light, 10_800 * MILLION).databases).toBe(10)
  })

  test('limits the free plan by its narrowest limit', () => {
    const free = freePlanOf(FIGURES)
    expect(free.rowsWritten).toBe(50_000)
    expect(free.rowsRead).toBeCloseTo((5_000_000 - 1440 - 20_000) / 300, 6)
    expect(free.requests).toBeCloseTo((100_000 - 488) / 2, 6)
    expect(free.perDay).toBe(free.rowsRead)
    expect(free.kept).toBe(5_000_000)
  })

  test('prices the other engines', () => {
    const { d1, objects, r2, r2Question, r2Deleting, d1Month, queue } = enginesOf(FIGURES, 100 * MILLION)
    expect(d1).toBeCloseTo(314.7153136, 6)
    // 12 objects awake for 2,592,000 s with 0.128 GB, less 400,000 GB-s; 199.01464 million requests; 115 GB.
    const duration = ((12 * 2_592_000 * 0.128 - 400_000) / MILLION) * 12.5
    expect(objects).toBeCloseTo(228.4653136 + 29.852196 + duration + 23, 6)
    expect(r2).toBeCloseTo(232.2153136 + 100 * 0.015, 6) // 110 GB, less 10
    expect(r2Question).toBeCloseTo(0.275, 9)
    expect(r2Deleting).toBe(200)
    expect(d1Month).toBe(7.5)
    expect(queue).toBeCloseTo(239.6, 9) // 599 million operations at $0.40
  })
})

describe('the figures', () => {
  test('come from the output of the benchmark', () => {
    expect(figuresOf({ ...FIGURES, pageviews: 7, overview_ms: 12 })).toEqual(FIGURES)
  })

  test.each([undefined, null, 0, Number.NaN, '2'])(
    'that are not a number above 0, such as %s, are named in the error',
    value => {
      expect(() => figuresOf({ ...FIGURES, bytes_per_pageview: value })).toThrow('The figures lack bytes_per_pageview:')
      expect(() => figuresOf(value)).toThrow('The figures lack rows_written_per_pageview, ')
    },
  )
})
