import type { Database, SqlResult, SqlStatement } from './database'

/** Milliseconds between tries: a person can wait that long before the answer is 503. */
const PAUSES = [20, 80, 250]

/**
 * D1 repeats reads by itself, never writes. These failures leave nothing behind, and every write here
 * can be repeated, so they are tried again; an overloaded database is not.
 * @see https://developers.cloudflare.com/d1/observability/debug-d1/#error-list
 */
const PASSING = /Network connection lost|storage caused object to be reset|reset because its code was updated/

/** One atomic batch, tried again when the connection to the database failed in passing. */
export const writeBatch = async (db: Database, statements: readonly SqlStatement[]): Promise<SqlResult[]> => {
  for (const pause of PAUSES) {
    try {
      return await db.batch(statements)
    } catch (error) {
      if (!PASSING.test(String(error))) throw error
      await new Promise(resolve => setTimeout(resolve, pause * (0.5 + Math.random())))
    }
  }
  return db.batch(statements)
}
