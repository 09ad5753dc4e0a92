import { expect, test } from 'vitest'
import { ratingOf } from './ratingOf'

test.each([
  ['lcp', 2.5, 'good'],
  ['lcp', 2.501, 'needs improvement'],
  ['lcp', 4, 'needs improvement'],
  ['lcp', 4.001, 'poor'],
  ['inp', 0.2, 'good'],
  ['inp', 0.5, 'needs improvement'],
  ['inp', 0.508, 'poor'],
  ['cls', 0.1, 'good'],
  ['cls', 0.25, 'needs improvement'],
  ['cls', 0.2501, 'poor'],
] as const)('%s %f is %s', (vital, value, rating) => {
  expect(ratingOf(vital, value)).toBe(rating)
})
