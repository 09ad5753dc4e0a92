import type { CachedDatabase } from './cachedDatabase'
import { Caches } from './caches'
import type { SqlResult, SqlStatement } from './database'
import { isDailyQuotaExceeded } from './isDailyQuotaExceeded'

const resultOf = <Row>({ results, meta }: D1Result<Row>): SqlResult<Row> => ({
  rows: results,
  rowsRead: meta.rows_read ?? 0,
  rowsWritten: meta.rows_written ?? 0,
  changes: meta.changes ?? 0,
})

const databases = new WeakMap<D1Database, CachedDatabase>()

const newDatabase = (binding: D1Database, caches: Caches): CachedDatabase => {
  const noteFailure = (error: unknown): never => {
    if (isDailyQuotaExceeded(error)) caches.quotaExceeded = true
    throw error
  }
  const prepared = ({ sql, values }: SqlStatement): D1PreparedStatement => binding.prepare(sql).bind(...values)
  const one = <Row>(only: SqlStatement): Promise<SqlResult<Row>> =>
    prepared(only).all<Row>().then(resultOf, noteFailure)
  return {
    caches,
    all: async <Row>(sql: string, ...values: readonly unknown[]) => one<Row>({ sql, values }),
    batch: async <Row>(statements: readonly SqlStatement[]) => {
      const [only] = statements
      // A statement by itself is atomic too, and D1 takes less time for it than for a batch of one.
      if (only && statements.length === 1) return [await one<Row>(only)]
      return (await binding.batch<Row>(statements.map(prepared)).catch(noteFailure)).map(resultOf)
    },
  }
}

/**
 * A D1 binding as a database: always the same object for one binding, so that its caches live as long as it does.
 * @param caches for a binding seen for the first time, when another binding to the same data has them already
 */
export const d1 = (binding: D1Database, caches: Caches | null = null): CachedDatabase => {
  const known = databases.get(binding)
  if (known) return known
  const made = newDatabase(binding, caches ?? new Caches())
  databases.set(binding, made)
  return made
}
