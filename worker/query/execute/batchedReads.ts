import { takingTurns } from '../../lib/takingTurns'
import type { Database, SqlResult, SqlStatement } from '../../storage/database'
import { isDailyQuotaExceeded } from '../../storage/isDailyQuotaExceeded'
import { isTooBusy } from '../../storage/isTooBusy'

/** A statement and its result, which may still be on its way. */
interface Remembered {
  readonly statement: SqlStatement
  readonly result: Promise<SqlResult>
}

const isSame = (one: SqlStatement, other: SqlStatement): boolean =>
  one.values.length === other.values.length && one.values.every((value, index) => value === other.values[index])

/** Takes the number of rows that were read for it. */
type Count = (rows: number) => void

/** A statement that waits for the next round trip. */
interface Waiting {
  readonly statement: SqlStatement
  readonly count: Count
  readonly result: PromiseWithResolvers<SqlResult>
}

/** Whether every other statement would fail too. */
const failsAll = (error: unknown): boolean => isTooBusy(error) || isDailyQuotaExceeded(error)

/**
 * Reads of one moment. Statements of the same turn share a round trip, unless `sendOneByOne` was called, and an equal
 * statement is sent once.
 */
export class BatchedReads {
  readonly #db: Database
  /** By SQL. */
  readonly #remembered = new Map<string, Remembered[]>()
  #waiting: Waiting[] = []
  #isOneByOne = false
  /** Why no further statement is sent. */
  #failure: { readonly error: unknown } | null = null

  constructor(db: Database) {
    this.#db = db
  }

  /** @param count called for those that were not read before */
  all(statements: readonly SqlStatement[], count: Count): Promise<PromiseSettledResult<SqlResult>[]> {
    return Promise.allSettled(statements.map(statement => this.#resultOf(statement, count)))
  }

  #resultOf(statement: SqlStatement, count: Count): Promise<SqlResult> {
    const alike = this.#remembered.get(statement.sql) ?? []
    const same = alike.find(one => isSame(one.statement, statement))
    if (same) return same.result
    const result = Promise.withResolvers<SqlResult>()
    this.#remembered.set(statement.sql, [...alike, { statement, result: result.promise }])
    if (this.#waiting.length === 0) queueMicrotask(() => this.#send())
    this.#waiting.push({ statement, count, result })
    return result.promise
  }

  /** From now on gives each statement a round trip of its own, so that the database can store beacons in between. */
  sendOneByOne(): void {
    this.#isOneByOne = true
  }

  async #send(): Promise<void> {
    const waiting = this.#waiting
    this.#waiting = []
    if (!this.#isOneByOne) return this.#sendAll(waiting)
    for (const one of waiting) await takingTurns(() => this.#sendAll([one]))
  }

  /**
   * Sends a batch. One that fails is sent again in halves, in order, until the statement at fault fails alone; unless
   * the database is busy, lost or takes nothing more today, when more statements would do harm.
   */
  async #sendAll(batch: readonly Waiting[]): Promise<void> {
    try {
      if (this.#failure) throw this.#failure.error
      const results = await this.#db.batch(batch.map(({ statement: { sql, values } }) => ({ sql, values })))
      for (const [index, { count, result }] of batch.entries()) {
        const own = results[index] as SqlResult
        count(own.rowsRead)
        result.resolve(own)
      }
    } catch (error) {
      if (failsAll(error)) this.#failure = { error }
      if (batch.length > 1 && !this.#failure) {
        const middle = Math.ceil(batch.length / 2)
        await this.#sendAll(batch.slice(0, middle))
        await this.#sendAll(batch.slice(middle))
      } else for (const { result } of batch) result.reject(error)
    }
  }
}
