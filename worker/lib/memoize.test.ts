import { expect, test } from 'vitest'
import { memoize, memoizePlain } from './memoize'

const counted = (wrap: typeof memoize<string>) => {
  const calls: string[] = []
  const made = wrap(text => {
    calls.push(text)
    return `${text}!`
  })
  return { made, calls }
}

test('remembers the results of the last 500 strings, and no more', () => {
  const { made, calls } = counted(memoize)
  const texts = Array.from({ length: 500 }, (_, index) => `${index}`)
  for (const text of [...texts, ...texts]) expect(made(text)).toBe(`${text}!`)
  expect(calls).toEqual(texts)
  made('another')
  expect([made('0'), made('499'), calls.slice(500)]).toEqual(['0!', '499!', ['another', '0']])
})

test.each([
  ['https://shop.example/cart', 1],
  ['https://shop.example/reset?token=secret', 2],
  ['https://shop.example/#access_token=secret', 2],
])('does not remember an address that may identify a person: %s', (address, times) => {
  const { made, calls } = counted(memoizePlain)
  expect([made(address), made(address)]).toEqual([`${address}!`, `${address}!`])
  expect(calls).toHaveLength(times)
})
