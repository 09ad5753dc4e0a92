import fc from 'fast-check'
import { expect, test } from 'vitest'
import { METRICS } from '../metrics/definitions'
import { nearest } from './nearest'

const IDS = METRICS.map(({ id }) => id)

test.each([
  ['page_views', 'pageviews'],
  ['Bounce Rate', 'bounce_rate'],
  ['bouncerate', 'bounce_rate'],
  ['visitor', 'visitors'],
  ['conversion', 'conversions'],
  ['abandonment', 'cart_abandonment_rate'],
  ['retention', 'retention_rate'],
  ['aov', null],
  ['?', null],
  ['', null],
  ['x'.repeat(10_000), null],
])('%j probably means %j', (given, meant) => {
  expect(nearest(given, IDS)).toBe(meant)
})

test('one wrong letter is found, in whichever id it is', () => {
  const long = IDS.filter(id => id.length > 5)
  const property = fc.property(fc.constantFrom(...long), fc.nat(), (id, at) => {
    const place = at % id.length
    expect(nearest(id, IDS)).toBe(id)
    expect(nearest(`${id.slice(0, place)}q${id.slice(place)}`, [id])).toBe(id)
    expect(nearest(`${id.slice(0, place)}${id.slice(place + 1)}`, [id])).toBe(id)
  })
  fc.assert(property)
})
