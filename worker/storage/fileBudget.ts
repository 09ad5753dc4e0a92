import type { StatementBudget } from './statementBudget'

/** Milliseconds that one run may spend on the files of all its sites: runs must not overlap. */
const LONGEST = 20_000

/** What one run may still spend on files. */
export interface FileBudget {
  /** Statements of a whole run. */
  readonly most: number
  /** Whether time and statements are left. */
  hasRoomFor(statements: number): boolean
}

/** Begins with the first file of a run and is shared by all its sites. */
export const fileBudget = (budget: StatementBudget): FileBudget => {
  const end = Date.now() + LONGEST
  return { most: budget.most, hasRoomFor: statements => Date.now() < end && budget.hasRoomFor(statements) }
}
