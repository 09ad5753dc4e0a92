import type { Database, SqlResult, SqlStatement } from './database'
import { repeatPassing } from './repeatPassing'

/** One atomic batch. Every write here can be repeated, and is when the connection to the database failed in passing. */
export const writeBatch = (db: Database, statements: readonly SqlStatement[]): Promise<SqlResult[]> =>
  repeatPassing(() => db.batch(statements))
