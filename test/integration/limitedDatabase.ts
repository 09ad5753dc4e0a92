import { d1 } from '../../worker/storage/d1'
import { D1_LIMITS } from './d1Limits'
import { functionCalls } from './functionCalls'

/** The limits of one invocation of a Worker. */
export interface InvocationLimits {
  /** Statements by themselves and batches. */
  readonly calls: number
  /** Statements, each of a batch too. */
  readonly statements: number
  /** Rows that one call reads. */
  readonly rowsRead: number
}

/** The calls, statements and rows of one invocation of a Worker. */
export interface Usage {
  calls: number
  statements: number
  rowsRead: number
  rowsWritten: number
  /** The errors of calls, refused by this database or the real one. */
  readonly errors: string[]
}

interface BoundStatement {
  readonly inner: D1PreparedStatement
  readonly sql: string
  readonly values: readonly unknown[]
}

const TOO_BIG = 'D1_ERROR: string or blob too big: SQLITE_TOOBIG'

const encoder = new TextEncoder()

const bytesOf = (value: unknown): number => (typeof value === 'string' ? encoder.encode(value).length : 8)

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

const bytesOfRow = (row: unknown): number => sumOf(Object.values(row as Record<string, unknown>).map(bytesOf))

/** @throws what D1 refuses before it runs a statement, and workerd does not */
const checkStatement = ({ sql, values }: BoundStatement): void => {
  if (values.some(value => bytesOf(value) > D1_LIMITS.valueBytes)) throw new Error(TOO_BIG)
  const call = functionCalls(sql).find(({ count }) => count > D1_LIMITS.functionArguments)
  if (call) throw new Error(`D1_ERROR: too many arguments on function ${call.name}: SQLITE_ERROR`)
}

const checkResults = (results: readonly D1Result[], rowsRead: number): void => {
  const sizes = results.map(({ results }) => results.map(bytesOfRow))
  if (sizes.flat().some(size => size > D1_LIMITS.valueBytes)) throw new Error(TOO_BIG)
  if (sizes.some(rows => sumOf(rows) > D1_LIMITS.resultBytes))
    throw new Error('D1_ERROR: The result of the query is too large.')
  if (sumOf(results.map(({ meta }) => meta.rows_read)) > rowsRead)
    throw new Error('D1_ERROR: D1 DB exceeded its CPU time limit and was reset.')
}

/**
 * A real database that refuses what D1 refuses in production, for one invocation of a Worker, and counts. workerd
 * itself refuses the rest, as `limitedDatabase.test.ts` shows.
 * @param limits no limit of an invocation holds by default
 */
export const limitedDatabase = (
  real: D1Database,
  limits: Partial<InvocationLimits> = {},
): { db: D1Database; usage: Usage } => {
  const { calls = Infinity, statements = Infinity, rowsRead = D1_LIMITS.rowsRead } = limits
  const usage: Usage = { calls: 0, statements: 0, rowsRead: 0, rowsWritten: 0, errors: [] }

  const check = (list: readonly BoundStatement[]): void => {
    usage.calls += 1
    usage.statements += list.length
    if (usage.calls > calls || usage.statements > statements)
      throw new Error('Too many API requests by single Worker invocation.')
    for (const statement of list) checkStatement(statement)
  }

  type Send = () => Promise<D1Result[]>

  const run = async (list: readonly BoundStatement[], send: Send): Promise<D1Result[]> => {
    try {
      check(list)
      const results = await send()
      usage.rowsRead += sumOf(results.map(({ meta }) => meta.rows_read))
      usage.rowsWritten += sumOf(results.map(({ meta }) => meta.rows_written))
      checkResults(results, rowsRead)
      return results
    } catch (error) {
      usage.errors.push(String(error))
      throw error
    }
  }

  const prepared = (statement: BoundStatement) => ({
    ...statement,
    bind: (...values: unknown[]) => prepared({ ...statement, values, inner: statement.inner.bind(...values) }),
    all: async () => (await run([statement], async () => [await statement.inner.all()]))[0],
  })

  const db = {
    prepare: (sql: string) => prepared({ inner: real.prepare(sql), sql, values: [] }),
    batch: (list: readonly BoundStatement[]) => run(list, () => real.batch(list.map(({ inner }) => inner))),
  } as unknown as D1Database
  // It has the same data: an isolate that knows the real one knows this one.
  d1(db, d1(real).caches)
  return { db, usage }
}
