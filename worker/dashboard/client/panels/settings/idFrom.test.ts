import { expect, test } from 'vitest'
import { idFrom } from './idFrom'

test('an id has the letters and digits of its name', () => {
  expect(idFrom('  Free trial (Pro)', 'funnel', [])).toBe('free-trial-pro')
  expect(idFrom('購入', 'funnel', [])).toBe('funnel')
  expect(idFrom(`${'a'.repeat(49)} b`, 'funnel', [])).toBe('a'.repeat(49))
})

test('an id is not taken twice', () => {
  expect(idFrom('Buy', 'funnel', ['buy'])).toBe('buy-2')
  expect(idFrom('Buy', 'funnel', ['buy', 'buy-2', 'buy-3'])).toBe('buy-4')
  expect(idFrom('購入', 'funnel', ['funnel', 'buy'])).toBe('funnel-2')
})
