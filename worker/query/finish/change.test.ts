import { describe, expect, test } from 'vitest'
import type { Interval } from '../../../shared/question'
import type { Reading } from '../../metrics/metric'
import { changeOf } from './change'

const reading = (value: number | null, more: Partial<Reading> = {}): Reading => ({
  value,
  numerator: null,
  denominator: null,
  interval: null,
  status: 'ok',
  pending: 0,
  ...more,
})
const estimate = (value: number, variance: number) => reading(value, { variance })
const between = (value: number, low: number, high: number) => reading(value, { interval: [low, high] })

const FRACTION = { change: 'fraction' } as const
const DIFFERENCE = { change: 'difference' } as const
const NOTHING = { value: null, interval: null, verdict: 'not_tested' }

describe('a change as a fraction', () => {
  test('is up, down, or not clear by its interval', () => {
    expect(changeOf(FRACTION, estimate(223, 223), estimate(5, 5))).toMatchObject({ value: 43.6, verdict: 'up' })
    expect(changeOf(FRACTION, estimate(5, 5), estimate(223, 223)).verdict).toBe('down')
    expect(changeOf(FRACTION, estimate(110, 110), estimate(100, 100))).toMatchObject({
      value: 0.1,
      verdict: 'no_clear_change',
    })
  })

  test('is not clear if it is only a rounding error', () => {
    const { value, verdict } = changeOf(FRACTION, estimate(0.1, 0), estimate(0.3 / 3, 0))
    expect([value === 0, verdict]).toEqual([false, 'no_clear_change'])
  })

  test('is not tested without variances and intervals', () => {
    expect(changeOf(FRACTION, reading(20), reading(38_700))).toEqual({
      value: (20 - 38_700) / 38_700,
      interval: null,
      verdict: 'not_tested',
    })
  })

  test('of medians is clear if their intervals do not overlap', () => {
    const before = between(5, 2, 9)
    expect(changeOf(FRACTION, between(15, 10, 19), before)).toEqual({ value: 2, interval: null, verdict: 'up' })
    expect(changeOf(FRACTION, before, between(15, 10, 19)).verdict).toBe('down')
    expect(changeOf(FRACTION, between(15, 9, 19), before).verdict).toBe('not_tested')
  })

  test('to zero is clear if the intervals do not overlap', () => {
    const none = { ...between(0, 0, 3.7), variance: 0 }
    const counted = (value: number, low: number, high: number) => ({ ...between(value, low, high), variance: value })
    expect(changeOf(FRACTION, none, counted(223, 194.7, 254.3))).toMatchObject({ value: -1, verdict: 'down' })
    expect(changeOf(FRACTION, none, counted(5, 1.6, 11.7))).toMatchObject({ value: -1, verdict: 'not_tested' })
  })

  test('of zero or less is undefined', () => {
    expect(changeOf(FRACTION, estimate(223, 223), estimate(0, 0))).toEqual(NOTHING)
    expect(changeOf(FRACTION, estimate(300, 900), estimate(-50, 2500))).toEqual(NOTHING)
    expect(changeOf(FRACTION, reading(null), estimate(5, 5))).toEqual(NOTHING)
    expect(changeOf(FRACTION, estimate(5, 5), reading(null))).toEqual(NOTHING)
  })
})

describe('a change as a difference', () => {
  test('has the variances of both', () => {
    const { value, interval, verdict } = changeOf(DIFFERENCE, estimate(-50, 45), estimate(30, 61))
    expect([value, verdict]).toEqual([-80, 'down'])
    expect((interval as Interval).map(bound => Number(bound.toFixed(2)))).toEqual([-100.18, -59.82])
    expect(changeOf(DIFFERENCE, estimate(25, 61), estimate(30, 61)).verdict).toBe('no_clear_change')
  })

  test('has the interval of its kind if there is one', () => {
    const metric = { ...DIFFERENCE, test: (): Interval => [0.1, 0.3] }
    expect(changeOf(metric, reading(0.5), reading(0.3))).toEqual({ value: 0.2, interval: [0.1, 0.3], verdict: 'up' })
  })

  test('from 0 is one', () => {
    expect(changeOf(DIFFERENCE, estimate(20, 1), estimate(0, 1))).toMatchObject({ value: 20, verdict: 'up' })
  })
})
