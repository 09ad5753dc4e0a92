import { expect, test } from 'vitest'
import type { Interval } from '../../../../shared/question'
import { METRICS } from '../../../metrics/definitions'
import type { Unit } from '../../../metrics/metric'
import { axisText } from './axisText'
import { changeText } from './changeText'
import { duration } from './duration'
import { intervalText } from './intervalText'
import { valueText } from './valueText'

// The reader's locale writes the digits; the test checks their number and unit.
const digits = (value: number, most = 2) =>
  new Intl.NumberFormat(undefined, { maximumFractionDigits: most }).format(value)
const percent = (value: number) =>
  new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 }).format(value)
const time = (...parts: readonly (readonly [number, 'day' | 'hour' | 'minute' | 'second' | 'millisecond'])[]) =>
  parts
    .map(([value, unit]) =>
      new Intl.NumberFormat(undefined, {
        style: 'unit',
        unit,
        unitDisplay: 'narrow',
        maximumFractionDigits: 1,
      }).format(value),
    )
    .join(' ')

const interval = (unit: Unit, value: number | null, bounds: Interval | null) =>
  intervalText({ unit }, { value, interval: bounds, currency: 'EUR' })

const OF_COUNTS = ['pages_per_session', 'clicks_per_session', 'actions_per_session', 'content_pages_per_visitor']

test('the ratios of counts, and no other metrics, have the unit per', () => {
  expect(METRICS.filter(({ unit }) => unit === 'per').map(({ id }) => id)).toEqual(OF_COUNTS)
})

test.each(OF_COUNTS)('%s reads 3.2 and never as a percentage', id => {
  const metric = METRICS.find(one => one.id === id)
  if (!metric) throw new Error(`there is no metric ${id}`)
  expect(valueText(metric, 3.2)).toBe(digits(3.2))
  expect(axisText(metric, 3.2)).toBe(digits(3.2))
  expect(valueText(metric, 0.05)).toBe(digits(0.05))
  // A change is a fraction of the previous value, not points.
  expect(changeText(metric, 0.5)).toMatch(/^\+\D*50\D*%$/)
})

test('a share reads as a percentage', () => {
  expect(valueText({ unit: 'ratio' }, 0.412)).toBe(percent(0.412))
  expect(interval('ratio', 0.412, [0.319, 0.508])).toBe(`${percent(0.319)} to ${percent(0.508)}`)
})

test.each<[Unit, number, Interval, Interval]>([
  // Clicks per session.
  ['per', 0.05, [0.012, 0.088], [0.01, 0.09]],
  ['per', 3.2, [2.914, 3.486], [2.91, 3.49]],
  // A mean of counts, as dau is.
  ['count', 1.2, [0.61, 1.79], [0.61, 1.79]],
  // Counts are whole.
  ['count', 5, [1.6235, 11.6683], [1, 12]],
  // A net promoter score, and a layout shift.
  ['score', 30, [14.69, 45.31], [15, 45]],
  ['score', 0.15, [0.127, 0.173], [0.13, 0.17]],
])('%s %f with the interval %j is rounded as finely as its value', (unit, value, bounds, [low, high]) => {
  expect(interval(unit, value, bounds)).toBe(`${digits(low)} to ${digits(high)}`)
})

test('a zero count has no interval, and neither has a value without variance', () => {
  expect(interval('count', 0, [0, 3.6889])).toBe('')
  expect(interval('per', 0, [0, 0])).toBe('')
  expect(interval('seconds', 40, [40, 40])).toBe('')
  expect(interval('currency', 40, null)).toBe('')
  expect(interval('ratio', null, null)).toBe('')
  // 0 of 10 bounces still bounds the share that may bounce.
  expect(interval('ratio', 0, [0, 0.2775])).toBe(`${percent(0)} to ${percent(0.2775)}`)
})

test('a duration has its two largest units, rounded', () => {
  expect(duration(0)).toBe(time([0, 'second']))
  expect(duration(0.1844)).toBe(time([184, 'millisecond']))
  expect(duration(8.44)).toBe(time([8.4, 'second']))
  expect(duration(9.97)).toBe(time([10, 'second']))
  expect(duration(125)).toBe(time([2, 'minute'], [5, 'second']))
  expect(duration(3599.7)).toBe(time([1, 'hour']))
  expect(duration(3755)).toBe(time([1, 'hour'], [3, 'minute']))
  expect(duration(86_400 * 2 + 3600 * 3 + 1700)).toBe(time([2, 'day'], [3, 'hour']))
  expect(duration(86_399)).toBe(time([1, 'day']))
})

test('a bound of a duration is no coarser than the duration', () => {
  expect(interval('seconds', 8.44, [4.12, 12.76])).toBe(`${time([4.1, 'second'])} to ${time([12.8, 'second'])}`)
  expect(interval('seconds', 3598, [2702, 4225])).toBe(
    `${time([45, 'minute'], [2, 'second'])} to ${time([1, 'hour'], [10, 'minute'], [25, 'second'])}`,
  )
  expect(interval('seconds', 3600 * 30, [1205, 3600 * 60])).toBe(
    `${time([20, 'minute'], [5, 'second'])} to ${time([2, 'day'], [12, 'hour'])}`,
  )
})
