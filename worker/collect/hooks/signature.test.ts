import { expect, test } from 'vitest'
import { bodySignature, timedSignature } from './signature'

const SCHEME = { separator: ',', time: 't', value: 'v1', joint: '.' }
const value = (n: number): string => n.toString(16).padStart(64, '0')
const timed = (...values: readonly string[]) =>
  timedSignature(['t=1492774577', ...values.map(one => `v1=${one}`)].join(','), '{}', SCHEME)

test('a signature is over the time and the body', () => {
  expect(timed(value(7))).toMatchObject({ signed: '1492774577.{}', time: 1_492_774_577_000 })
  expect(timed(value(7))?.values.map(bytes => bytes[31])).toEqual([7])
})

test('at most five values of 32 bytes are compared', () => {
  const most = timed('', '00', value(1).slice(2), `${value(1)}00`, 'x'.repeat(64), ...[1, 2, 3, 4, 5, 6, 7].map(value))
  expect(most?.values.map(bytes => bytes[31])).toEqual([1, 2, 3, 4, 5])
  expect(timed('00')).toBeNull()
  const base64 = (bytes: number) => bodySignature(btoa('x'.repeat(bytes)), '{}')?.values.length ?? 0
  expect([31, 32, 33].map(base64)).toEqual([0, 1, 0])
})

test('a header of more than 2 KB is none', () => {
  const long = (characters: number) => timed(value(1), 'x'.repeat(characters - timedLength - 4))
  const timedLength = `t=1492774577,v1=${value(1)}`.length
  expect(long(2048)).not.toBeNull()
  expect(long(2049)).toBeNull()
  expect(bodySignature(`${btoa('x'.repeat(32))}${' '.repeat(2048)}`, '{}')).toBeNull()
})
