import { expect, test } from 'vitest'
import { silentDays } from './silentDays'

const days = (...views: number[]) => views.map((count, n) => ({ day: `2026-03-0${n + 1}`, views: count }))

test('days without page views on a busy site are silent, in one stretch', () => {
  expect(silentDays(days(90, 0, 0, 100, 80, 0, 95))).toEqual([
    { from: '2026-03-02', to: '2026-03-03' },
    { from: '2026-03-06', to: '2026-03-06' },
  ])
})

test('a site with few page views has days without any', () => {
  expect(silentDays(days(3, 0, 5, 2, 0, 0, 4))).toEqual([])
  expect(silentDays(days(0, 0, 0))).toEqual([])
  expect(silentDays([])).toEqual([])
})
