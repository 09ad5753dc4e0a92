import type { SqlStatement } from '../../storage/database'
import type { BatchedReads } from './batchedReads'
import type { ResultRow } from './cell'

/** The rows of a statement, or why it failed. */
export type ReadResult = { readonly rows: readonly ResultRow[] } | { readonly error: unknown }

/** Reads for one query, which counts the rows they cost. */
export class CountedReads {
  rowsRead = 0
  readonly #reads: BatchedReads

  constructor(reads: BatchedReads) {
    this.#reads = reads
  }

  /** The rows of each statement, or why it failed. */
  async settled(statements: readonly SqlStatement[]): Promise<ReadResult[]> {
    const results = await this.#reads.all(statements, rows => {
      this.rowsRead += rows
    })
    return results.map(result =>
      result.status === 'fulfilled' ? { rows: result.value.rows } : { error: result.reason },
    )
  }

  /** The rows of statements none of which may fail. */
  async batch(statements: readonly SqlStatement[]): Promise<(readonly ResultRow[])[]> {
    return (await this.settled(statements)).map(result => {
      if ('error' in result) throw result.error
      return result.rows
    })
  }

  /** The rows of one statement. */
  async all(sql: string, ...values: readonly unknown[]): Promise<readonly ResultRow[]> {
    return (await this.batch([{ sql, values }]))[0] ?? []
  }
}
