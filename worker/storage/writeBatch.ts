import type { Database, SqlResult, SqlStatement } from './database'
import { repeatPassing } from './repeatPassing'

/** One atomic batch. Every write here is safe to repeat, so it is repeated if the connection was lost for a moment. */
export const writeBatch = (db: Database, statements: readonly SqlStatement[]): Promise<SqlResult[]> =>
  repeatPassing(() => db.batch(statements))
