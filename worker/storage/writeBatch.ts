/** What a person can wait for before the answer is 503, in milliseconds between tries. */
const PAUSES = [20, 80, 250]

/**
 * D1 repeats reads by itself, never writes. These failures leave nothing behind, and every write here
 * can be repeated, so they are tried again; an overloaded database is not.
 * @see https://developers.cloudflare.com/d1/observability/debug-d1/#error-list
 */
const PASSING = /Network connection lost|storage caused object to be reset|reset because its code was updated/

/** A statement by itself is as atomic as a batch of it, and takes less. */
const write = (db: D1Database, statements: D1PreparedStatement[]): Promise<D1Result<Record<string, unknown>>[]> => {
  const [only] = statements
  return only && statements.length === 1
    ? only.run<Record<string, unknown>>().then(result => [result])
    : db.batch(statements)
}

/** One atomic batch, tried again when the connection to the database failed in passing. */
export const writeBatch = async (
  db: D1Database,
  statements: D1PreparedStatement[],
): Promise<D1Result<Record<string, unknown>>[]> => {
  for (const pause of PAUSES) {
    try {
      return await write(db, statements)
    } catch (error) {
      if (!PASSING.test(String(error))) throw error
      await new Promise(resolve => setTimeout(resolve, pause * (0.5 + Math.random())))
    }
  }
  return write(db, statements)
}
