import { expect, test } from 'vitest'
import { forEachYielding } from './forEachYielding'

test('other tasks run before long work ends, and items are worked on in order', async () => {
  const items = Array.from({ length: 10_000 }, (_, n) => n)
  const done: number[] = []
  const before: number[] = []
  const look = (): void => {
    before.push(done.length)
    if (done.length < items.length) setTimeout(look, 0)
  }
  setTimeout(look, 0)
  await forEachYielding(items, item => done.push(item))
  expect(done).toEqual(items)
  expect(before.length).toBeGreaterThan(2)
})

test('short work does not yield', async () => {
  const done: number[] = []
  const working = forEachYielding([1, 2, 3], item => done.push(item))
  expect(done).toEqual([1, 2, 3])
  await working
})
