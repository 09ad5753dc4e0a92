import { expect, test } from 'vitest'
import { flagOf } from './flagOf'

test.each([
  ['SE', '🇸🇪'],
  ['US', '🇺🇸'],
  ['(not set)', null],
  ['se', null],
  ['', null],
])('the flag of %j is %j', (code, flag) => {
  expect(flagOf(code)).toBe(flag)
})
