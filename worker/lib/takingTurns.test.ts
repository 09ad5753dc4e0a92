import { expect, test, vi } from 'vitest'
import { takingTurns } from './takingTurns'

test('after each task others get a quarter of its time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] })
  try {
    let others = 0
    const working = takingTurns(() => new Promise<string>(resolve => setTimeout(() => resolve('done'), 100)))
    setTimeout(() => others++, 120)
    await vi.advanceTimersByTimeAsync(124)
    expect(await Promise.race([working, 'not yet'])).toBe('not yet')
    await vi.advanceTimersByTimeAsync(1)
    expect([await working, others]).toEqual(['done', 1])
  } finally {
    vi.useRealTimers()
  }
})

test('an error comes through', async () => {
  await expect(takingTurns(() => Promise.reject(new Error('gone')))).rejects.toThrow('gone')
})
