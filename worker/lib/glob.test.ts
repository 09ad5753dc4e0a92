import { expect, test } from 'vitest'
import { globOf, matchesGlob } from './glob'

test.each([
  ['/blog/a', '/blog/*', true],
  ['/blog', '/blog/*', false],
  ['/blog', '/blog', true],
  ['/blog/', '/blog', false],
  ['', '*', true],
  ['aba', 'ab*ba', false],
  ['abba', 'ab*ba', true],
  ['/a/b/c', '*/b/*', true],
  ['/a/c', '*/b/*', false],
  ['/cart?x', '/cart?*', true],
  ['/cartax', '/cart?*', false],
  ['[a]', '[*]', true],
  ['a', '[*]', false],
  ['a.b', 'a.b', true],
  ['axb', 'a.b', false],
])('%j matches %j: %j', (text, pattern, matches) => {
  expect(matchesGlob(text, globOf(pattern))).toBe(matches)
})
