import type { CachedDatabase } from './cachedDatabase'
import { Caches } from './caches'
import type { SqlResult, SqlStatement } from './database'
import { isDailyQuotaExceeded } from './isDailyQuotaExceeded'

const TOTAL_CHANGES = 'select total_changes() as changes'

/**
 * As D1 binds it: numbers as REAL, true and false as 1 and 0. An object would bind a boolean as text and `undefined` as
 * null.
 */
const boundValue = (value: unknown): SqlStorageValue => {
  if (value === undefined) throw new TypeError('A value of a statement is undefined.')
  return typeof value === 'boolean' ? Number(value) : (value as SqlStorageValue)
}

/**
 * The SQLite database of a Durable Object, which answers without a round trip. Every call is one transaction.
 * @see https://developers.cloudflare.com/durable-objects/api/sqlite-storage-api/
 */
export const durableObject = (storage: DurableObjectStorage): CachedDatabase => {
  const { sql } = storage
  const caches = new Caches()
  const totalChanges = (): number => Number(sql.exec(TOTAL_CHANGES).one().changes)
  const run = <Row>(statement: SqlStatement): SqlResult<Row> => {
    const before = totalChanges()
    const cursor = sql.exec(statement.sql, ...statement.values.map(boundValue))
    const rows = cursor.toArray() as Row[]
    return { rows, rowsRead: cursor.rowsRead, rowsWritten: cursor.rowsWritten, changes: totalChanges() - before }
  }
  const transact = <Result>(work: () => Result): Result => {
    try {
      return storage.transactionSync(work)
    } catch (error) {
      if (isDailyQuotaExceeded(error)) caches.quotaExceeded = true
      throw error
    }
  }
  return {
    caches,
    all: async <Row>(text: string, ...values: readonly unknown[]) => transact(() => run<Row>({ sql: text, values })),
    batch: async <Row>(statements: readonly SqlStatement[]) => transact(() => statements.map(run<Row>)),
  }
}
