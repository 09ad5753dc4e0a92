/** A statement with its values. */
export interface Query {
  readonly sql: string
  readonly values: readonly unknown[]
}

type Result = D1Result<Record<string, unknown>>

/** A statement and its result, there or on its way. */
interface Known {
  readonly query: Query
  readonly result: Promise<Result>
}

const isSame = (one: Query, other: Query): boolean =>
  one.values.length === other.values.length && one.values.every((value, index) => value === other.values[index])

/** Reads of one moment: what was read for one question is at hand for the next. */
export class Reads {
  readonly #db: D1Database
  /** By SQL. */
  readonly #known = new Map<string, Known[]>()

  constructor(db: D1Database) {
    this.#db = db
  }

  /**
   * Results of statements, those that are not known yet in one round trip.
   * @param note told how many rows were read for it
   */
  async all(queries: readonly Query[], note: (rows: number) => void): Promise<Result[]> {
    const fresh: Query[] = []
    const batch = Promise.resolve().then(() => this.#batch(fresh, note))
    const wanted = queries.map(query => {
      const alike = this.#known.get(query.sql) ?? []
      const known = alike.find(one => isSame(one.query, query))
      if (known) return known.result
      const place = fresh.push(query) - 1
      const result = batch.then(results => results[place] as Result)
      this.#known.set(query.sql, [...alike, { query, result }])
      return result
    })
    return Promise.all(wanted)
  }

  async #batch(queries: readonly Query[], note: (rows: number) => void): Promise<Result[]> {
    if (queries.length === 0) return []
    const results = await this.#db.batch<Record<string, unknown>>(
      queries.map(({ sql, values }) => this.#db.prepare(sql).bind(...values)),
    )
    for (const result of results) note(result.meta.rows_read ?? 0)
    return results
  }
}
