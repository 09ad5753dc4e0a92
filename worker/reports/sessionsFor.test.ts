import { expect, test } from 'vitest'
import type { Interval } from '../../shared/question'
import { newcombe } from '../metrics/statistics/newcombe'
import { sessionsForChange, sessionsForValue } from './sessionsFor'

const difference = (now: number, before: number, sessions: number): Interval =>
  newcombe(now * sessions, sessions, before * sessions, sessions) ?? [0, 0]

/** Whether a rate of `now` and one of `before` differ clearly with so many sessions each. */
const isClear = (now: number, before: number, sessions: number): boolean => {
  const [low, high] = difference(now, before, sessions)
  return low > 0 || high < 0
}

test.each([
  [0.1, 0.12, 400],
  [0.5, 0.47, 300],
  [0.02, 0.03, 1_000],
])('rates of %f and %f differ clearly from the number of sessions on, and not long before', (now, before, sessions) => {
  expect(isClear(now, before, sessions)).toBe(false)
  const interval = difference(now, before, sessions)
  const needed = sessionsForChange(sessions, 'difference', { value: now - before, interval }) ?? 0
  expect([isClear(now, before, needed * 1.15), isClear(now, before, needed * 0.85)]).toEqual([true, false])
})

test('a fraction is compared on the logarithm', () => {
  // Half the interval is twice the change: four times as many.
  const interval = [Math.expm1(-0.1), Math.expm1(0.3)] as const
  expect(sessionsForChange(100, 'fraction', { value: Math.expm1(0.1), interval })).toBe(400)
})

test('no number is given for a difference that is out of reach', () => {
  expect(sessionsForChange(100, 'difference', { value: 0, interval: [-0.1, 0.1] })).toBeNull()
  expect(sessionsForChange(100, 'difference', { value: 0.001, interval: [-0.1, 0.1] })).toBeNull()
})

test('a rate known within 20 points needs four times as many sessions for 10', () => {
  expect(sessionsForValue(25, [0.3, 0.7])).toBe(100)
})
