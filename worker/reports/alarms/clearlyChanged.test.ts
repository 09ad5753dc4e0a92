import { expect, test } from 'vitest'
import type { MetricValue, Row } from '../../../shared/question'
import { poisson } from '../../../test/unit/poisson'
import { randomFrom } from '../../../tools/demoData/dice'
import { clearlyChanged } from './clearlyChanged'

interface Week {
  readonly visitors: number
  /** For all conversions, then for each goal: who converted, and how often in all. */
  readonly counts: readonly { readonly converted: number; readonly conversions: number }[]
}

const valueWith = (value: number, previous: number, numerator: number | null = null): MetricValue =>
  ({ value, previous, numerator, denominator: null, interval: null, status: 'ok' }) as unknown as MetricValue

/** Rows as the engine answers them. */
const rowsOf = (now: Week, before: Week) => {
  const metricsOf = (index: number, [count, rate]: readonly [string, string]): Row['metrics'] => {
    const [one, other] = [now.counts[index], before.counts[index]]
    if (!one || !other) throw new Error('no such count')
    return {
      [count]: valueWith(one.conversions, other.conversions),
      [rate]: valueWith(one.converted / now.visitors, other.converted / before.visitors, one.converted),
    }
  }
  const totals = {
    visitors: valueWith(now.visitors, before.visitors),
    ...metricsOf(0, ['conversions', 'conversion_rate']),
  }
  const goals = now.counts.slice(1).map((_, index) => ({
    dimensions: { goal: `g${index + 1}` },
    metrics: metricsOf(index + 1, ['goal_conversions', 'goal_conversion_rate']),
  }))
  return [totals, goals] as const
}

/** A week of an unchanged site: every second of those who convert does so twice. */
const weekOf = (means: readonly number[], random: () => number): Week => ({
  visitors: poisson(2_000, random),
  counts: means.map(mean => {
    const [once, twice] = [poisson(mean / 2, random), poisson(mean / 2, random)]
    return { converted: once + twice, conversions: once + 2 * twice }
  }),
})

test.each([
  ['month', 12],
  ['quarter', 4],
  ['year', 1],
] as const)('years of unchanged sites bring an alarm once a %s at most', (rate, most) => {
  const years = 100
  const random = randomFrom(7)
  let alarms = 0
  for (let year = 0; year < years; year++) {
    const means = [60, 8, 20, 3, 40, 15, 0.5].map(mean => mean * (year % 2 === 0 ? 1 : 5))
    let before = weekOf(means, random)
    for (let week = 0; week < 52; week++) {
      const now = weekOf(means, random)
      if (clearlyChanged(...rowsOf(now, before), rate).length > 0) alarms += 1
      before = now
    }
  }
  expect(alarms).toBeGreaterThan((years * most) / 10)
  expect(alarms).toBeLessThan(years * most + 3 * Math.sqrt(years * most))
})

const week = (...converted: readonly number[]): Week => ({
  visitors: 2_000,
  counts: converted.map(count => ({ converted: count, conversions: count })),
})

test('a goal that halves is found, and it alone', () => {
  expect(clearlyChanged(...rowsOf(week(300, 50, 200), week(310, 100, 190)), 'year')).toEqual([
    { goal: 'g1', value: 50, previous: 100 },
  ])
})

test('one visitor who converts a hundred times is no change', () => {
  const busy: Week = { visitors: 2_000, counts: [{ converted: 41, conversions: 140 }] }
  expect(clearlyChanged(...rowsOf(busy, week(40)), 'month')).toEqual([])
})

test('a site without conversions has nothing to test', () => {
  expect(clearlyChanged({}, [], 'month')).toEqual([])
  expect(clearlyChanged(...rowsOf(week(0, 0), week(0, 0)), 'month')).toEqual([])
})
