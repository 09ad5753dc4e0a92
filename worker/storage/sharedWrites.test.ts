import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { randomFrom } from '../../test/oracle/random'
import type { FactRow } from './factRow'
import { type FactWrite, SharedWrites } from './sharedWrites'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const writeOf = (...ids: readonly number[]): FactWrite => ({
  facts: ids.map(id => ({ id, visitor: 1 }) as FactRow),
  links: [],
})

const idsOf = ({ facts }: FactWrite): number[] => facts.map(({ id }) => id)

/** A store whose calls end when the test says so. */
const heldStore = () => {
  const calls: { readonly ids: number[]; readonly end: () => void; readonly fail: (error: unknown) => void }[] = []
  const store = (write: FactWrite): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    calls.push({ ids: idsOf(write), end: resolve, fail: reject })
    return promise
  }
  return { calls, store }
}

/** Lets every write look at what became of it. */
const settle = () => vi.advanceTimersByTimeAsync(20)

test('writes that arrive while another is at work share one, and are done when it is', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites(1)
  const done: number[] = []
  const runs = [1, 2, 3, 4].map(async id => {
    await shared.run(writeOf(id), store)
    done.push(id)
  })
  await settle()
  expect([calls.map(({ ids }) => ids), done]).toEqual([[[1]], []])
  calls[0]?.end()
  await settle()
  expect([calls.map(({ ids }) => ids), done]).toEqual([[[1], [2, 3, 4]], [1]])
  calls[1]?.end()
  await settle()
  await Promise.all(runs)
  expect(vi.getTimerCount()).toBe(0)
  await Promise.all([shared.run(writeOf(5), store), settle().then(() => calls[2]?.end())])
  expect(calls.map(({ ids }) => ids)).toEqual([[1], [2, 3, 4], [5]])
})

/** The ids of as many writes as are stored side by side. */
const SIXTEEN = Array.from({ length: 16 }, (_, id) => id)

test('sixteen are stored side by side, and those beyond share the next write', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites()
  const runs = [...SIXTEEN, 100, 101, 102].map(id => shared.run(writeOf(id), store))
  await settle()
  expect(calls.map(({ ids }) => ids)).toEqual(SIXTEEN.map(id => [id]))
  calls[3]?.end()
  await settle()
  expect(calls.slice(16).map(({ ids }) => ids)).toEqual([[100, 101, 102]])
  for (const { end } of calls) end()
  await settle()
  await Promise.all(runs)
  expect(vi.getTimerCount()).toBe(0)
})

test('a write that another carries is not stored again when a third one ends first', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites(2)
  const runs = [1, 2, 3, 4].map(id => shared.run(writeOf(id), store))
  await settle()
  calls[0]?.end()
  await settle()
  expect(calls.map(({ ids }) => ids)).toEqual([[1], [2], [3, 4]])
  calls[1]?.end()
  await settle()
  expect(calls).toHaveLength(3)
  calls[2]?.end()
  await settle()
  await Promise.all(runs)
  expect([calls.length, vi.getTimerCount()]).toEqual([3, 0])
})

test('under load, each write is stored once', async () => {
  const random = randomFrom(7)
  const shared = new SharedWrites()
  const stored: number[] = []
  const store = async (write: FactWrite): Promise<void> => {
    await new Promise(resolve => setTimeout(resolve, 8 + random.below(9)))
    stored.push(...idsOf(write))
  }
  const runs: Promise<void>[] = []
  for (let id = 0; id < 300; id++) {
    runs.push(shared.run(writeOf(id), store))
    if (id % 3 === 2) await vi.advanceTimersByTimeAsync(3)
  }
  await vi.advanceTimersByTimeAsync(1_000)
  await Promise.all(runs)
  expect(stored.toSorted((one, other) => one - other)).toEqual(Array.from({ length: 300 }, (_, id) => id))
})

test('a record waits for itself under another visitor id, though there is room, and nobody else waits', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites()
  const again: FactWrite = { facts: [{ id: 1, visitor: 7 } as FactRow], links: [] }
  const third: FactWrite = { facts: [{ id: 1, visitor: 8 } as FactRow], links: [] }
  const runs = [writeOf(1), again, third, writeOf(2), writeOf(1)].map(write => shared.run(write, store))
  await settle()
  expect(calls.map(({ ids }) => ids)).toEqual([[1], [2]])
  runs.push(shared.run(writeOf(3), store))
  await settle()
  expect(calls.map(({ ids }) => ids)).toEqual([[1], [2], [3]])
  for (const position of [0, 3, 4, 5]) {
    calls[position]?.end()
    await settle()
  }
  expect(calls.slice(3).map(({ ids }) => ids)).toEqual([[1], [1], [1]])
  for (const { end } of calls) end()
  await settle()
  await Promise.all(runs)
  expect(vi.getTimerCount()).toBe(0)
})

test('a shared write holds a hundred events at most', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites(1)
  const fifty = (from: number) => writeOf(...Array.from({ length: 50 }, (_, index) => from + index))
  const runs = [shared.run(writeOf(1), store), ...[100, 200, 300].map(from => shared.run(fifty(from), store))]
  for (let position = 0; position < 3; position++) {
    await settle()
    calls[position]?.end()
  }
  await settle()
  await Promise.all(runs)
  expect(calls.map(({ ids }) => ids.length)).toEqual([1, 100, 50])
})

test('a record under two visitor ids is stored in two writes, in order', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites(1)
  const again: FactWrite = { facts: [{ id: 2, visitor: 7 } as FactRow], links: [] }
  const runs = [writeOf(1), writeOf(2), writeOf(3), again, writeOf(4)].map(write => shared.run(write, store))
  for (let position = 0; position < 3; position++) {
    await settle()
    calls[position]?.end()
  }
  await settle()
  await Promise.all(runs)
  expect(calls.map(({ ids }) => ids)).toEqual([[1], [2, 3], [2, 4]])
})

test('of a shared write that fails, each is tried by itself, and only the one at fault fails', async () => {
  const stored: number[][] = []
  const shared = new SharedWrites(1)
  const store = async (write: FactWrite): Promise<void> => {
    await Promise.resolve()
    if (idsOf(write).includes(3)) throw new Error('constraint failed')
    stored.push(idsOf(write))
  }
  const runs = [1, 2, 3, 4].map(id => shared.run(writeOf(id), store))
  const settled = Promise.allSettled(runs)
  await vi.advanceTimersByTimeAsync(100)
  const results = await settled
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(stored.flat().sort()).toEqual([1, 2, 4])
})

test('a busy database is not asked again for each', async () => {
  let calls = 0
  const shared = new SharedWrites(1)
  const store = async (): Promise<void> => {
    await Promise.resolve()
    if (++calls > 1) throw new Error('D1_ERROR: D1 DB is overloaded. Too many requests queued.')
  }
  const runs = [1, 2, 3, 4].map(id => shared.run(writeOf(id), store))
  const settled = Promise.allSettled(runs)
  await vi.advanceTimersByTimeAsync(100)
  const results = await settled
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
  expect(calls).toBe(2)
})

test('when the request of the one at work is gone, those that wait go on after two seconds', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites(1)
  void shared.run(writeOf(1), store)
  const runs = [2, 3].map(id => shared.run(writeOf(id), store))
  await vi.advanceTimersByTimeAsync(1_980)
  expect(calls.length).toBe(1)
  await vi.advanceTimersByTimeAsync(50)
  expect(calls.map(({ ids }) => ids)).toEqual([[1], [2, 3]])
  calls[1]?.end()
  await settle()
  await Promise.all(runs)
  expect(vi.getTimerCount()).toBe(0)
})

test('when the request of a write that carries others is gone, they go on after two seconds, six at a time', async () => {
  const { calls, store } = heldStore()
  const shared = new SharedWrites(6)
  const ids = Array.from({ length: 40 }, (_, id) => id)
  const runs = ids.map(id => shared.run(writeOf(id), store))
  await settle()
  for (const { end } of calls) end()
  await settle()
  expect(calls.slice(6).map(call => call.ids)).toEqual([ids.slice(6)])
  await vi.advanceTimersByTimeAsync(2_100)
  expect(calls.length - 7).toBeGreaterThan(0)
  expect(calls.length - 7).toBeLessThanOrEqual(6)
  for (let ended = 7; ended < calls.length; ) {
    for (; ended < calls.length; ended++) calls[ended]?.end()
    await settle()
  }
  await Promise.all(runs.toSpliced(6, 1))
  expect(new Set(calls.slice(7).flatMap(call => call.ids))).toEqual(new Set(ids.slice(7)))
  expect(vi.getTimerCount()).toBe(0)
})

test.each([
  [1, 1],
  [2, 1],
  [3, 2],
  [4, 3],
  [5, 6],
])('what is acknowledged is stored, with random failures and pauses (seed %i, %i at a time)', async (seed, atATime) => {
  const random = randomFrom(seed)
  const shared = new SharedWrites(atATime)
  const stored = new Map<number, number>()
  let most = 0
  const store = async (write: FactWrite): Promise<void> => {
    most = Math.max(most, write.facts.length)
    await new Promise(resolve => setTimeout(resolve, random.next() < 0.02 ? 3_000 : random.next() * 20))
    if (random.next() < 0.3) throw new Error(random.next() < 0.5 ? 'constraint failed' : 'D1 DB is overloaded')
    for (const id of idsOf(write)) stored.set(id, (stored.get(id) ?? 0) + 1)
  }
  const acknowledged = new Set<number>()
  const failed = new Set<number>()
  const runs = Array.from({ length: 500 }, async (_, id) => {
    await new Promise(resolve => setTimeout(resolve, random.next() * 2_000))
    await shared.run(writeOf(id), store).then(
      () => acknowledged.add(id),
      () => failed.add(id),
    )
  })
  await vi.advanceTimersByTimeAsync(60_000)
  await Promise.all(runs)
  expect(acknowledged.size + failed.size).toBe(500)
  expect(acknowledged.size).toBeGreaterThan(200)
  expect(failed.size).toBeGreaterThan(0)
  expect([...acknowledged].filter(id => !stored.has(id))).toEqual([])
  expect(most).toBeGreaterThan(1)
})
