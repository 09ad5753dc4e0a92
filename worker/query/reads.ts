import type { Database, SqlResult } from '../storage/database'
import { isTooBusy } from '../storage/isTooBusy'

/** A statement with its values. */
export interface SqlQuery {
  readonly sql: string
  readonly values: readonly unknown[]
}

type Result = SqlResult<Record<string, unknown>>

/** A statement and its result, there or on its way. */
interface Known {
  readonly query: SqlQuery
  readonly result: Promise<Result>
}

const isSame = (one: SqlQuery, other: SqlQuery): boolean =>
  one.values.length === other.values.length && one.values.every((value, index) => value === other.values[index])

/** What is told how many rows were read for it. */
type Note = (rows: number) => void

/** A statement that waits for the next round trip. */
interface Waiting {
  readonly query: SqlQuery
  readonly note: Note
  readonly told: PromiseWithResolvers<Result>
}

/** Reads of one moment: what was read for one question is at hand for the next. */
export class Reads {
  readonly #db: Database
  /** By SQL. */
  readonly #known = new Map<string, Known[]>()
  #waiting: Waiting[] = []

  constructor(db: Database) {
    this.#db = db
  }

  /** Results of statements: those that are not known yet in one round trip with what else is asked for now. */
  all(queries: readonly SqlQuery[], note: Note): Promise<PromiseSettledResult<Result>[]> {
    return Promise.allSettled(queries.map(query => this.#resultOf(query, note)))
  }

  #resultOf(query: SqlQuery, note: Note): Promise<Result> {
    const alike = this.#known.get(query.sql) ?? []
    const known = alike.find(one => isSame(one.query, query))
    if (known) return known.result
    const told = Promise.withResolvers<Result>()
    this.#known.set(query.sql, [...alike, { query, result: told.promise }])
    if (this.#waiting.length === 0) queueMicrotask(() => this.#send())
    this.#waiting.push({ query, note, told })
    return told.promise
  }

  #send(): Promise<void> {
    const sent = this.#waiting
    this.#waiting = []
    return this.#sendAll(sent)
  }

  /**
   * A batch that the database refuses is sent again in halves, in order, until the statement at fault fails alone.
   * A database that is busy or lost is left in peace.
   */
  async #sendAll(sent: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.#db.batch<Record<string, unknown>>(sent.map(({ query }) => query))
      for (const [index, { note, told }] of sent.entries()) {
        const result = results[index] as Result
        note(result.rowsRead)
        told.resolve(result)
      }
    } catch (error) {
      if (sent.length > 1 && !isTooBusy(error)) {
        const middle = Math.ceil(sent.length / 2)
        await this.#sendAll(sent.slice(0, middle))
        await this.#sendAll(sent.slice(middle))
      } else for (const { told } of sent) told.reject(error)
    }
  }
}
