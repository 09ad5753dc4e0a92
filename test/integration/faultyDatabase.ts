import { interceptedDatabase, type Run } from './interceptedDatabase'

/** The fault: before a statement, which then leaves nothing behind, or after it, when only the answer is lost. */
export interface Fault {
  readonly when: 'before' | 'after'
  readonly message: string
}

/** @see https://developers.cloudflare.com/d1/observability/debug-d1/#error-list */
export const FAULTS = {
  overloaded: { when: 'before', message: 'D1_ERROR: D1 DB is overloaded. Requests queued for too long.' },
  updated: { when: 'before', message: 'D1_ERROR: D1 DB reset because its code was updated.' },
  lost: { when: 'after', message: 'D1_ERROR: Network connection lost.' },
  reset: {
    when: 'after',
    message: 'D1_ERROR: D1 DB storage operation exceeded timeout which caused object to be reset.',
  },
  unknown: { when: 'after', message: 'D1_ERROR: internal error' },
} as const satisfies Record<string, Fault>

/** Runs something else to its end before the statement continues. */
export interface Hold {
  readonly meanwhile: () => Promise<void>
}

export interface Plan {
  /** The 1-based number of the statement that fails. */
  readonly at: number
  readonly hit: Fault | Hold | 'cut'
}

export interface FaultyDatabase {
  readonly db: D1Database
  /** How many statements were run or tried, those of a batch individually, after each call of the database. */
  readonly calls: readonly number[]
  /** Another Worker takes over after a cut. */
  readonly revive: () => void
}

const CUT = new Error('The Worker was cut off.')

/**
 * A real database whose n-th statement fails, once. In a batch the failing statement
 * is really reached, after those before it, and the batch rolled back.
 *
 * `cut` completes the statement and its batch and nothing after it, like a Worker
 * that is terminated there, until another takes over.
 */
export const faultyDatabase = (real: D1Database, plan: Plan | null): FaultyDatabase => {
  const calls: number[] = []
  let isCut = false

  const hit = async <T>({ hit }: Plan, position: number, run: Run<T>): Promise<T> => {
    if (hit === 'cut') {
      isCut = true
      await run(null)
      throw CUT
    }
    if ('meanwhile' in hit) {
      await hit.meanwhile()
      return run(null)
    }
    if (hit.when === 'after') await run(null)
    else await run(position).catch(() => {})
    throw new Error(hit.message)
  }

  const execute = <T>(count: number, run: Run<T>): Promise<T> => {
    if (isCut) return Promise.reject(CUT)
    const before = calls.at(-1) ?? 0
    const position = (plan?.at ?? 0) - before - 1
    calls.push(before + count)
    return plan && position >= 0 && position < count ? hit(plan, position, run) : run(null)
  }

  const db = interceptedDatabase(real, execute)
  const revive = () => {
    isCut = false
  }
  return { db, calls, revive }
}
