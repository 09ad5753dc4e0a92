import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SlowResults } from './slowResults'

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

const always = () => true

/** Work that takes a time and gives its number: how often it began. */
const worker = () => {
  const state = { begun: 0 }
  const take = (milliseconds: number) => async () => {
    const number = ++state.begun
    await new Promise(resolve => setTimeout(resolve, milliseconds))
    return number
  }
  return { state, take }
}

const after = async <T>(milliseconds: number, result: Promise<T>): Promise<T> => {
  await vi.advanceTimersByTimeAsync(milliseconds)
  return result
}

test('a fast result is computed anew each time', async () => {
  const results = new SlowResults<number>()
  const { take } = worker()
  expect(await after(250, results.get('a', take(250), always))).toBe(1)
  expect(await after(250, results.get('a', take(250), always))).toBe(2)
})

test.each([
  [300, 1_200],
  [9_000, 10_000],
])('a result that took %i ms serves for %i ms', async (took, lasts) => {
  const results = new SlowResults<number>()
  const { take } = worker()
  expect(await after(took, results.get('a', take(took), always))).toBe(1)
  expect(await after(lasts - 1, results.get('a', take(0), always))).toBe(1)
  expect(await after(1, results.get('b', take(0), always))).toBe(2)
  expect(await after(1, results.get('a', take(0), always))).toBe(3)
})

test('others wait for a result at work, and share it if it is slow', async () => {
  const results = new SlowResults<number>()
  const { state, take } = worker()
  const all = [1, 2, 3].map(() => results.get('a', take(400), always))
  await vi.advanceTimersByTimeAsync(500)
  expect([await Promise.all(all), state.begun]).toEqual([[1, 1, 1], 1])
})

test('others work themselves after one that was fast, failed or may not be shared', async () => {
  const results = new SlowResults<number>()
  const { take } = worker()
  const first = results.get('fast', take(10), always)
  const second = results.get('fast', take(10), always)
  await vi.advanceTimersByTimeAsync(100)
  expect([await first, await second]).toEqual([1, 2])

  const failing = results.get('failed', () => Promise.reject(new Error('lost')), always)
  const waiting = results.get('failed', take(10), always)
  await expect(failing).rejects.toThrow('lost')
  expect(await after(100, waiting)).toBe(3)

  await after(
    400,
    results.get('partial', take(400), () => false),
  )
  expect(await after(10, results.get('partial', take(10), always))).toBe(5)
})

test('others do not wait forever for a request that was cancelled', async () => {
  const results = new SlowResults<number>()
  const { take } = worker()
  void results.get('a', () => new Promise(() => {}), always)
  expect(await after(21_000, results.get('a', take(10), always))).toBe(1)
})

test('cleared results are not shared, not even one at work', async () => {
  const results = new SlowResults<number>()
  const { take } = worker()
  await after(400, results.get('a', take(400), always))
  const atWork = results.get('b', take(400), always)
  results.clear()
  expect(await after(400, atWork)).toBe(2)
  expect(await after(10, results.get('a', take(10), always))).toBe(3)
  expect(await after(10, results.get('b', take(10), always))).toBe(4)
})

test('it remembers a bounded number of results', async () => {
  const results = new SlowResults<number>()
  const { state, take } = worker()
  const keys = Array.from({ length: 150 }, (_, n) => `${n}`)
  await after(1_000, Promise.all(keys.map(key => results.get(key, take(1_000), always))))
  await after(0, Promise.all(keys.map(key => results.get(key, take(0), always))))
  expect(state.begun).toBeGreaterThanOrEqual(150 + 50)
})
