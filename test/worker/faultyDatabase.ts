/** What goes wrong: before a statement, which then leaves nothing behind, or after it, when only the answer is lost. */
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

/** Lets something else happen, to its end, before the statement goes on. */
export interface Hold {
  readonly meanwhile: () => Promise<void>
}

export interface Plan {
  /** Which statement is hit, the first being 1. */
  readonly at: number
  readonly hit: Fault | Hold | 'cut'
}

export interface FaultyDatabase {
  readonly db: D1Database
  /** How many statements were run or tried, those of a batch one by one, after each call of the database. */
  readonly calls: readonly number[]
  /** Another Worker takes over after one was cut. */
  readonly revive: () => void
}

type Run<T> = (broken: number | null) => Promise<T>

const EXECUTES = new Set(['first', 'all', 'run', 'raw'])

/** Violates the table it writes to, so that the batch it stands in is rolled back half-way by the database itself. */
const BROKEN = "insert into sites (id) values ('broken')"

const CUT = new Error('The Worker was cut off.')

/**
 * A real database at whose n-th statement something goes wrong, once. In a batch the statement that is
 * hit is really reached, after those before it, and the batch rolled back.
 *
 * `cut` lets the statement, and the batch it is in, be done and nothing after it: what a Worker leaves
 * that is ended there, until another takes over.
 */
export const faultyDatabase = (real: D1Database, plan: Plan | null): FaultyDatabase => {
  const calls: number[] = []
  let isCut = false
  const originals = new WeakMap<object, D1PreparedStatement>()

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

  const wrapStatement = (statement: D1PreparedStatement): D1PreparedStatement => {
    const proxy = new Proxy(statement, {
      get: (target, name) => {
        const method = Reflect.get(target, name)
        if (typeof method !== 'function') return method
        if (name === 'bind') return (...values: unknown[]) => wrapStatement(target.bind(...values))
        if (!EXECUTES.has(String(name))) return method.bind(target)
        return (...given: unknown[]) =>
          execute(1, broken => (broken === null ? method.apply(target, given) : Promise.reject(new Error('not run'))))
      },
    })
    originals.set(proxy, statement)
    return proxy
  }

  const batch = (list: readonly D1PreparedStatement[]) => {
    const statements = list.map(one => originals.get(one) ?? one)
    return execute(list.length, broken =>
      real.batch(broken === null ? statements : statements.toSpliced(broken, 0, real.prepare(BROKEN))),
    )
  }

  const db = new Proxy(real, {
    get: (target, name) => {
      if (name === 'prepare') return (sql: string) => wrapStatement(target.prepare(sql))
      if (name === 'batch') return batch
      throw new Error(`the fault-injecting database has no ${String(name)}`)
    },
  })
  const revive = () => {
    isCut = false
  }
  return { db, calls, revive }
}
