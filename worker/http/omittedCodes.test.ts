import fc from 'fast-check'
import { expect, test } from 'vitest'
import { omittedCode, omittedCodes } from './omittedCodes'

const event = (...names: string[]) => ({ omitted: new Map(names.map(name => [name, 'Why.'])) })

test('each event counts each of its omitted properties', () => {
  expect(omittedCodes([event('plan', 'items.price'), event(), event('plan')])).toEqual([
    'property:plan',
    'property:items.price',
    'property:plan',
  ])
})

test('names beyond the first 10 of a request count as one', () => {
  const names = Array.from({ length: 14 }, (_, n) => `p${n}`)
  const codes = omittedCodes([event(...names), event('p9', 'p10')])
  expect(new Set(codes).size).toBe(11)
  expect(codes.slice(8)).toEqual([
    'property:p8',
    'property:p9',
    ...Array(4).fill('property:(other)'),
    'property:p9',
    'property:(other)',
  ])
})

test('any name makes a code that a header takes and that tells the name', () => {
  const property = fc.property(fc.string({ unit: 'binary', maxLength: 80 }), name => {
    const code = omittedCode(name)
    expect(new Headers({ x: code }).get('x')).toBe(code)
    expect(code).toMatch(/^property:[!-~]*$/)
    expect(code).not.toContain(',')
    expect(decodeURIComponent(code.slice('property:'.length))).toBe(name.slice(0, 64).toWellFormed())
  })
  fc.assert(property)
})
