/** One statement and its bound values, in the order of `?1`, `?2` … */
export interface SqlStatement {
  readonly sql: string
  readonly values: readonly unknown[]
}

export interface SqlResult<Row = Record<string, unknown>> {
  readonly rows: Row[]
  readonly rowsRead: number
  readonly rowsWritten: number
  /** Rows that the statement inserted, updated or deleted. */
  readonly changes: number
}

/** A SQLite database. Everything below `worker/http/` is given one and knows no other way to its data. */
export interface Database {
  /** Runs one statement. It is atomic, as a batch is. */
  all<Row = Record<string, unknown>>(sql: string, ...values: readonly unknown[]): Promise<SqlResult<Row>>
  /** Runs statements in their order, in one transaction and one round trip. */
  batch<Row = Record<string, unknown>>(statements: readonly SqlStatement[]): Promise<SqlResult<Row>[]>
}

/** @example statement('delete from keys where site = ?1', site) */
export const statement = (sql: string, ...values: readonly unknown[]): SqlStatement => ({ sql, values })

/** The first row of a statement, `null` when there is none. */
export const firstRow = async <Row = Record<string, unknown>>(
  db: Database,
  sql: string,
  ...values: readonly unknown[]
): Promise<Row | null> => (await db.all<Row>(sql, ...values)).rows[0] ?? null
