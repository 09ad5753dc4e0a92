import type { CachedDatabase } from './cachedDatabase'

/**
 * Statements that D1 runs for one invocation of the Worker, by Cloudflare's plan.
 * @see https://developers.cloudflare.com/d1/platform/limits/
 */
const STATEMENTS = { free: 50, paid: 1000, none: Infinity } as const

export type CloudflarePlan = keyof typeof STATEMENTS

/** Whether a plan limits the rows that the database reads and writes in a day. */
export const hasDailyRows = (plan: CloudflarePlan = 'none'): boolean => plan === 'free'

/** How many statements one invocation may still run. Each statement of a batch counts. */
export class StatementBudget {
  readonly most: number
  #left: number

  /** @param most `Infinity` for no limit */
  constructor(most: number) {
    this.most = most
    this.#left = most
  }

  spend(statements: number): void {
    this.#left -= statements
  }

  hasRoomFor(statements: number): boolean {
    return this.#left >= statements
  }
}

export const UNLIMITED = new StatementBudget(Infinity)

/** @param plan `none` on a server of one's own */
export const budgetOf = (plan: CloudflarePlan = 'none'): StatementBudget =>
  plan === 'none' ? UNLIMITED : new StatementBudget(STATEMENTS[plan])

/** The same database, whose statements are spent from a budget. It refuses none: work asks before each of its steps. */
export const budgetedDatabase = (db: CachedDatabase, budget: StatementBudget): CachedDatabase => ({
  caches: db.caches,
  all: (sql, ...values) => {
    budget.spend(1)
    return db.all(sql, ...values)
  },
  batch: statements => {
    budget.spend(statements.length)
    return db.batch(statements)
  },
})
