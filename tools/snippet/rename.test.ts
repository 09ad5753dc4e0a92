import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALPHABET, rename, wholeLetters } from './rename'

const CODE =
  'let a=(b,c)=>d({k:b,t:c.b}),d=b=>b.k+"b;"+(/b/.test(b.t)),e=5;out.x=a(e,{b:"ab"});out.y=(b=>[...b,e])("b")'

test('each declaration and statement has letters of its own', () => {
  expect(rename(CODE, 'xyz ko u v')).toBe(
    'let x=(k,o)=>y({k,t:o.b}),y=u=>u.k+"b;"+(/b/.test(u.t)),z=5;out.x=x(z,{b:"ab"});out.y=(v=>[...v,z])("b")',
  )
})

test('a letter that is missing or taken is another one', () => {
  expect(wholeLetters(CODE, 'xxy yx q')).toBe('xya ab q b')
})

test('any letters give code that does the same', () => {
  const run = (code: string) => {
    const out = {}
    Function('out', code)(out)
    return out
  }
  expect(run(CODE)).toEqual({ x: '5b;true', y: ['b', 5] })
  const words = fc.array(fc.string({ unit: fc.constantFrom(...ALPHABET), maxLength: 8 }), { maxLength: 7 })
  const property = fc.property(words, wanted => {
    expect(run(rename(CODE, wanted.join(' ')))).toEqual(run(CODE))
  })
  fc.assert(property)
})
