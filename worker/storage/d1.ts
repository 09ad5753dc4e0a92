import type { Database, SqlResult, SqlStatement } from './database'

const resultOf = <Row>({ results, meta }: D1Result<Row>): SqlResult<Row> => ({
  rows: results,
  rowsRead: meta.rows_read ?? 0,
  rowsWritten: meta.rows_written ?? 0,
  changes: meta.changes ?? 0,
})

/** A D1 database as a `Database`. */
export const d1 = (db: D1Database): Database => {
  const prepared = ({ sql, values }: SqlStatement): D1PreparedStatement => db.prepare(sql).bind(...values)
  return {
    all: async <Row>(sql: string, ...values: readonly unknown[]) =>
      resultOf(await prepared({ sql, values }).all<Row>()),
    batch: async <Row>(statements: readonly SqlStatement[]) => {
      const [only] = statements
      // A statement by itself is atomic too, and D1 takes less time for it than for a batch of one.
      if (only && statements.length === 1) return [resultOf(await prepared(only).all<Row>())]
      return (await db.batch<Row>(statements.map(prepared))).map(resultOf)
    },
  }
}
