import { expect, test } from 'vitest'
import { movedPeriod } from './movedPeriod'

/** The last 30 days and this month are the same days. */
const TODAY = '2026-11-30'

test.each([
  ['today', 'yesterday'],
  ['yesterday', { from: '2026-11-28', to: '2026-11-28' }],
  ['7d', { from: '2026-11-17', to: '2026-11-23' }],
  ['30d', { from: '2026-10-02', to: '2026-10-31' }],
  ['month', 'last_month'],
  ['last_month', { from: '2026-09-01', to: '2026-09-30' }],
  ['quarter', 'last_quarter'],
  ['year', 'last_year'],
  ['12mo', { from: '2024-12-01', to: '2025-11-30' }],
] as const)('%s moves to the period before it and back', (period, before) => {
  expect(movedPeriod(period, -1, TODAY)).toEqual(before)
  expect(movedPeriod(before, 1, TODAY)).toEqual(period)
})

test('a range of whole months moves by months, any other by its days', () => {
  expect(movedPeriod({ from: '2026-02-01', to: '2026-03-31' }, -1, TODAY)).toEqual({
    from: '2025-12-01',
    to: '2026-01-31',
  })
  expect(movedPeriod({ from: '2026-03-02', to: '2026-03-29' }, 1, TODAY)).toEqual({
    from: '2026-03-30',
    to: '2026-04-26',
  })
})

test('nothing moves into the future, and neither all time nor days that do not exist move', () => {
  for (const period of ['today', '7d', '30d', 'month', 'quarter', 'year', '12mo', 'all'] as const)
    expect(movedPeriod(period, 1, TODAY)).toBe(null)
  expect(movedPeriod('all', -1, TODAY)).toBe(null)
  expect(movedPeriod({ from: '2026-13-01', to: '2026-13-02' }, -1, TODAY)).toBe(null)
})
