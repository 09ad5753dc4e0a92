import { afterAll, beforeAll, vi } from 'vitest'
import { migrate } from './setup'

/** For all tests of a file: the clock stands still until it is set, and the database is migrated. */
export const clockByHand = (now: number = Date.now()): void => {
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now })
    await migrate()
  })
  afterAll(() => {
    vi.useRealTimers()
  })
}
