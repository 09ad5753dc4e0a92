import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { currencyDigits, isCurrency, toMajor, toMinor } from './money'

describe('isCurrency', () => {
  test.each(['USD', 'EUR', 'SEK', 'JPY', 'KWD', 'HUF'])('%s is a currency', code => {
    expect(isCurrency(code)).toBe(true)
  })

  test.each(['', 'usd', 'US', 'USDT', 'ABC', 'constructor'])('%j is not a currency', code => {
    expect(isCurrency(code)).toBe(false)
  })
})

test.each([
  ['USD', 2],
  ['JPY', 0],
  ['KWD', 3],
  ['HUF', 2],
  ['IDR', 2],
  ['IQD', 3],
])('%s has %i digits', (code, digits) => {
  expect(currencyDigits(code)).toBe(digits)
})

describe('toMinor', () => {
  test.each([
    [1.005, 'USD', 101],
    [19.995, 'USD', 2000],
    [1.004_999, 'USD', 100],
    [40, 'EUR', 4000],
    [0, 'EUR', 0],
    [0.005, 'EUR', 1],
    [0.004_999_999_999_999_999, 'EUR', 0],
    [1e-7, 'EUR', 0],
    [5e-324, 'EUR', 0],
    [-1.005, 'USD', -101],
    [-0.001, 'USD', 0],
    [2.5, 'JPY', 3],
    [1234, 'JPY', 1234],
    [1.2345, 'KWD', 1235],
    [0.0005, 'KWD', 1],
    [1e10, 'KWD', 1e13],
    [9_999_999_999_999.99, 'USD', 999_999_999_999_999],
    [1e21, 'JPY', 1e21],
  ])('%d %s is %i', (amount, currency, minor) => {
    expect(toMinor(amount, currency)).toBe(minor)
  })

  test('rounds the written number, half away from zero', () => {
    const someDigits = fc.integer({ min: 0, max: 10 ** 13 })
    const someCurrency = fc.constantFrom('JPY', 'USD', 'KWD')
    fc.assert(
      fc.property(someDigits, fc.integer({ min: 0, max: 8 }), someCurrency, (written, decimals, currency) => {
        const shift = BigInt(10 ** decimals)
        const doubled = 2n * BigInt(written) * BigInt(10 ** currencyDigits(currency)) + shift
        const expected = Number(doubled / (2n * shift))
        fc.pre(expected <= Number.MAX_SAFE_INTEGER)
        const amount = Number(`${written}e-${decimals}`)
        expect(toMinor(amount, currency)).toBe(expected)
        if (expected > 0) expect(toMinor(-amount, currency)).toBe(-expected)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('toMajor', () => {
  test('is the number written with those digits', () => {
    expect(toMajor(101, 'USD')).toBe(1.01)
    expect(toMajor(1234, 'JPY')).toBe(1234)
    expect(toMajor(1235, 'KWD')).toBe(1.235)
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('JPY', 'USD', 'KWD'), (minor, currency) => {
        expect(toMajor(minor, currency)).toBe(Number(`${minor}e-${currencyDigits(currency)}`))
      }),
    )
  })

  test('inverts toMinor', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(10 ** 14), max: 10 ** 14 }),
        fc.constantFrom('JPY', 'USD', 'KWD'),
        (minor, code) => {
          expect(toMinor(toMajor(minor, code), code)).toBe(minor)
        },
      ),
    )
  })
})
