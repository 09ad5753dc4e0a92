import { expect, test } from 'vitest'
import { windowText } from './windowText'

test('a window is written in the largest unit that it fills', () => {
  expect([30, 1, 1.5, 0.5, 1 / 24, 1 / 1440].map(windowText)).toEqual([
    '30 days',
    '1 day',
    '1.5 days',
    '12 hours',
    '1 hour',
    '1 minute',
  ])
})
