import { expect, test } from 'vitest'
import { inTurns } from './inTurns'

test('others have their turn before long work ends, and all items are worked on in their order', async () => {
  const items = Array.from({ length: 10_000 }, (_, n) => n)
  const done: number[] = []
  const before: number[] = []
  const look = (): void => {
    before.push(done.length)
    if (done.length < items.length) setTimeout(look, 0)
  }
  setTimeout(look, 0)
  await inTurns(items, item => done.push(item))
  expect(done).toEqual(items)
  expect(before.length).toBeGreaterThan(2)
})

test('short work ends in one turn', async () => {
  const done: number[] = []
  const working = inTurns([1, 2, 3], item => done.push(item))
  expect(done).toEqual([1, 2, 3])
  await working
})
