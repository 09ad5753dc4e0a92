import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { networkOf } from './networkOf'
import { TokenBuckets } from './tokenBuckets'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] })
  vi.setSystemTime(0)
})
afterEach(() => {
  vi.useRealTimers()
})

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000)

test('a minute holds the limit, at once or spread, for each name separately', () => {
  const buckets = new TokenBuckets(60)
  expect([buckets.take('a', 50), buckets.take('a', 10)]).toEqual([0, 0])
  expect([buckets.take('a', 1), buckets.take('b', 60)]).toEqual([1, 0])
  later(5)
  expect([buckets.take('a', 6), buckets.take('a', 5), buckets.take('a', 1)]).toEqual([1, 0, 1])
})

test('a client that waits as long as requested may continue', () => {
  const buckets = new TokenBuckets(600)
  buckets.take('a', 600)
  const wait = buckets.take('a', 37)
  expect(wait).toBe(4)
  later(wait)
  expect(buckets.take('a', 37)).toBe(0)
})

test('a clock that goes back adds and takes nothing', () => {
  const buckets = new TokenBuckets(60)
  later(100)
  buckets.take('a', 60)
  later(-50)
  expect(buckets.take('a', 1)).toBe(1)
})

test('no minute gives more than twice the limit, and no day more than its share, in any order of calls', () => {
  const moves = fc.array(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 50 })), { minLength: 50, maxLength: 300 })
  const property = fc.property(moves, moves => {
    const buckets = new TokenBuckets(60)
    const began = Date.now()
    const taken: { at: number; count: number }[] = []
    for (const [pause, count] of moves) {
      later(pause)
      if (buckets.take('a', count) === 0) taken.push({ at: Date.now(), count })
    }
    const sum = (from: number, to: number) =>
      taken.filter(({ at }) => at >= from && at < to).reduce((all, { count }) => all + count, 0)
    for (const { at } of taken) expect(sum(at, at + 60_000)).toBeLessThanOrEqual(120)
    expect(sum(began, Infinity)).toBeLessThanOrEqual(60 + (Date.now() - began) / 1000)
  })
  fc.assert(property)
})

test('of very many names the most recent are remembered', () => {
  const buckets = new TokenBuckets(1)
  for (let n = 0; n < 30_000; n++) {
    buckets.take(`${n}`, 1)
    if (n % 1000 === 0) buckets.wait('0', 1)
  }
  expect([buckets.take('29999', 1), buckets.take('10001', 1), buckets.take('1', 1)]).toEqual([60, 60, 0])
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8::1', '2001:db8:0:0'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
  ['::ffff:192.0.2.7', '0:0:0:0'],
  ['', ''],
  ['nonsense]', 'nonsense]'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})
