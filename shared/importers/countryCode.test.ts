import { expect, test } from 'vitest'
import { countryCode } from './countryCode'

test.each([
  ['Sweden', 'SE'],
  ['United States', 'US'],
  ['United Kingdom', 'GB'],
  ['Czechia', 'CZ'],
  ['Turkey', 'TR'],
  ['Türkiye', 'TR'],
  ['Bosnia & Herzegovina', 'BA'],
  ['Kosovo', 'XK'],
  ['European Union', undefined],
  ['World', undefined],
  ['', undefined],
])('%s is %s', (name, code) => {
  expect(countryCode(name)).toBe(code)
})
