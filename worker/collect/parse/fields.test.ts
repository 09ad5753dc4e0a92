import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toMajor, toMinor } from '../../lib/money'
import { amount, number, numeric, wholeNumber } from './fields'

describe('a text where a number is wanted', () => {
  test.each([
    ['40.00', 40],
    ['20', 20],
    ['0', 0],
    ['007', 7],
    ['.5', 0.5],
    ['-3.10', -3.1],
    [' 12.50\n', 12.5],
  ])('%j is the number %d', (text, value) => {
    expect(numeric(text)).toBe(value)
  })

  test.each([
    '1,299.00',
    '1.299,00',
    '19,99',
    '€20',
    '20 EUR',
    '1 000',
    '1e3',
    '0x10',
    '5.',
    '--1',
    'NaN',
    'Infinity',
    '٣',
  ])('%j is not guessed', text => {
    expect(numeric(text)).toBe(text)
    expect(() => number({ n: text }, 'n', 0, 100)).toThrow('"n" must be a number.')
  })

  test.each(['', ' ', '\n'])('%j is nothing', text => {
    expect([numeric(text), number({ n: text }, 'n', 1, 2), amount({ n: text }, 'n', 1)]).toEqual([null, null, null])
  })

  test('has the same bounds as a number', () => {
    expect(() => number({ n: '11' }, 'n', 0, 10)).toThrow('"n" must be from 0 to 10.')
    expect(() => wholeNumber({ n: '1.5' }, 'n', 0, 10)).toThrow('"n" must be a whole number.')
    expect(() => amount({ n: '-1.00' }, 'n', 10)).toThrow('"n" must not be below 0')
    expect(() => amount({ n: '9'.repeat(400) }, 'n', 10)).toThrow('"n" must be at most 10.')
  })

  test('is the amount that its digits say, to the cent', () => {
    const cents = fc.integer({ min: 0, max: 1e12 })
    const property = fc.property(cents, units => {
      const text = toMajor(units, 'EUR').toFixed(2)
      expect(toMinor(Number(amount({ value: text }, 'value', 1e10)), 'EUR')).toBe(units)
    })
    fc.assert(property)
  })

  test('is whatever number JavaScript writes without an exponent', () => {
    const property = fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
      const text = String(value)
      expect(numeric(text)).toBe(text.includes('e') ? text : Number(text))
    })
    fc.assert(property)
  })

  test('of any other form stays as it is, and no text is a number that is not finite or that its digits do not say', () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789.,-+ eE€'), maxLength: 12 }))
    const property = fc.property(text, given => {
      const value = numeric(given)
      const digits = given.trim()
      if (value === null) expect(digits).toBe('')
      else if (typeof value === 'number') {
        expect(Number.isFinite(value)).toBe(true)
        expect(digits).toMatch(/^[-.\d]+$/)
        expect(value).toBe(Number.parseFloat(digits))
      } else expect(value).toBe(given)
    })
    fc.assert(property, { numRuns: 1000 })
  })
})

test('what is no text is not changed', () => {
  const values = fc.oneof(fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.array(fc.string()))
  const property = fc.property(values, value => {
    expect(numeric(value)).toBe(value)
  })
  fc.assert(property)
})
