/** Totals that the database reported. */
export interface Counts {
  /** Each of a batch counts. */
  statements: number
  rowsWritten: number
  rowsRead: number
  /** Bytes of the database after the last statement. */
  bytes: number
}

type Result = { meta: { rows_written?: number; rows_read?: number; size_after?: number } }

/** A statement whose results are counted. */
class Counted {
  readonly inner: D1PreparedStatement
  readonly #note: (result: Result) => void

  constructor(inner: D1PreparedStatement, note: (result: Result) => void) {
    this.inner = inner
    this.#note = note
  }

  bind(...values: unknown[]): Counted {
    return new Counted(this.inner.bind(...values), this.#note)
  }

  async all<T>(): Promise<D1Result<T>> {
    const result = await this.inner.all<T>()
    this.#note(result)
    return result
  }

  run<T>(): Promise<D1Result<T>> {
    return this.all<T>()
  }

  async first<T>(): Promise<T | null> {
    return (await this.all<T>()).results[0] ?? null
  }
}

/** The database, with a count of the rows it read and wrote. */
export const counting = (db: D1Database): { db: D1Database; counts: Counts } => {
  const counts: Counts = { statements: 0, rowsWritten: 0, rowsRead: 0, bytes: 0 }
  const note = ({ meta }: Result): void => {
    counts.statements += 1
    counts.rowsWritten += meta.rows_written ?? 0
    counts.rowsRead += meta.rows_read ?? 0
    counts.bytes = meta.size_after ?? counts.bytes
  }
  const counted = {
    prepare: (sql: string) => new Counted(db.prepare(sql), note),
    batch: async (statements: Counted[]) => {
      const results = await db.batch(statements.map(({ inner }) => inner))
      for (const result of results) note(result)
      return results
    },
  }
  return { db: counted as unknown as D1Database, counts }
}
