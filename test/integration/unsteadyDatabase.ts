import type { Fault } from './faultyDatabase'
import { interceptedDatabase } from './interceptedDatabase'

/** A real database with a fault chosen before each call, if any; `calls` counts them. */
export const unsteadyDatabase = (real: D1Database, next: () => Fault | null) => {
  const state = { calls: 0 }
  const db = interceptedDatabase(real, async (_count, run) => {
    state.calls += 1
    const fault = next()
    if (fault?.when !== 'before') {
      const result = await run(null)
      if (!fault) return result
    }
    throw new Error(fault.message)
  })
  return { db, state }
}
