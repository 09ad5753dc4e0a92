import { expect, test } from 'vitest'
import { normal } from '../../../test/unit/normal'
import { randomFrom } from '../../../tools/demoData/dice'
import { quotaForecast } from './quotaForecast'

const DAYS = 28

const daysOf = (usedOn: (day: number) => number, count = DAYS) =>
  Array.from({ length: count }, (_, day) => ({ day, used: usedOn(day) }))

test('a steady rise reaches the limit where the line does', () => {
  const days = daysOf(day => 100 + 10 * day)
  // On day 28 it is 380, and 500 on day 40.
  expect(quotaForecast(days, 500, DAYS, 'year')).toBe(12)
  expect(quotaForecast(days, 495, DAYS, 'year')).toBe(12)
  expect(quotaForecast(days, 380, DAYS, 'year')).toBe(0)
  expect(quotaForecast(days, 200, DAYS, 'year')).toBe(0)
})

test('traffic that is level, falls, or is known for less than two weeks has no forecast', () => {
  expect(
    quotaForecast(
      daysOf(() => 100),
      101,
      DAYS,
      'month',
    ),
  ).toBeNull()
  expect(
    quotaForecast(
      daysOf(day => 500 - day),
      501,
      DAYS,
      'month',
    ),
  ).toBeNull()
  expect(
    quotaForecast(
      daysOf(day => day, 13),
      20,
      13,
      'month',
    ),
  ).toBeNull()
  expect(quotaForecast([], 20, 13, 'month')).toBeNull()
})

/** An unchanged site: quiet on weekends, and each day differs by a fifth. */
const yearOf = (seed: number): number[] => {
  const random = randomFrom(seed)
  return Array.from({ length: 365 + DAYS }, (_, day) => (day % 7 > 4 ? 50 : 100) * Math.exp(0.2 * normal(random)))
}

test.each([
  ['month', 12],
  ['quarter', 4],
  ['year', 1],
] as const)('years of unchanged sites show a rise once a %s at most', (rate, most) => {
  const years = 60
  let incidents = 0
  for (let seed = 1; seed <= years; seed++) {
    const used = yearOf(seed)
    let isOn = false
    for (let today = DAYS; today < used.length; today++) {
      const days = daysOf(day => used[today - DAYS + day] ?? 0).map(one => ({ ...one, day: one.day + today - DAYS }))
      const isRising = quotaForecast(days, 1_000, today, rate) !== null
      if (isRising && !isOn) incidents += 1
      isOn = isRising
    }
  }
  expect(incidents).toBeGreaterThan(0)
  expect(incidents).toBeLessThan(years * most + 3 * Math.sqrt(years * most))
})
