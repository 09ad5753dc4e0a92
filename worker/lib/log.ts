import { Problem } from './problem'

/** Where it failed: in a request, by the pattern of its route, in a job of the cron, or in one metric of a query. */
export type FailureContext =
  | { readonly method: string; readonly route: string }
  | { readonly job: string; readonly site?: string }
  | { readonly metric: string; readonly site: string }

/** One line of the log. It contains nothing that a visitor or a caller sent: no address, key, body or query. */
export interface Failure {
  readonly level: 'error'
  readonly code: string
  readonly message: string
  /** For an unexpected error: its class, and where it was thrown. */
  readonly error?: string
  readonly stack?: readonly string[]
}

interface Known {
  readonly pattern: RegExp
  readonly code: string
  readonly message: string
}

/** @see https://developers.cloudflare.com/d1/observability/debug-d1/#error-list */
const KNOWN: readonly Known[] = [
  {
    pattern: /Network connection lost|object to be reset|code was updated/,
    code: 'database_lost',
    message: 'The connection to the database was lost.',
  },
  {
    pattern: /overloaded|Too many requests queued/i,
    code: 'database_overloaded',
    message: 'The database is overloaded.',
  },
  {
    pattern: /free tier daily row (read|write) limit|Exceeded allowed .* in Durable Objects free tier/,
    code: 'daily_quota_exceeded',
    message: "The day's rows of Cloudflare's free plan are used up: nothing is stored or answered until midnight UTC.",
  },
  {
    pattern: /maximum DB size|SQLITE_FULL/i,
    code: 'database_full',
    message: 'The database or its disk is full: free space, move to a larger plan or delete a site.',
  },
  {
    pattern: /no such (table|column|index)/,
    code: 'database_behind',
    message: 'The database is missing a table or a column: apply the migrations with npm run deploy.',
  },
  {
    pattern: /too many (subrequests|api requests)/i,
    code: 'too_many_queries',
    message: 'Cloudflare allows no more queries in this run. The next runs go on from here.',
  },
  { pattern: /\bD1_|SQLITE_/, code: 'database', message: 'The database rejected a statement.' },
]

const MOST_FRAMES = 8
/** Function, file, line, column. Other frames are omitted. */
const FRAME = /^ {4}at (?:(?:async |new )?[\w$.<>#]+ \([\w./:@-]+:\d+:\d+\)|(?:async )?[\w./:@-]+:\d+:\d+)$/

/** Where an error was thrown, without its message, which can contain what was sent, over several lines. */
const framesOf = ({ name, message, stack = '' }: Error): string[] => {
  const head = `${name}: ${message}`
  const frames = stack.startsWith(`${head}\n`) ? stack.slice(head.length) : ''
  return frames
    .split('\n')
    .filter(line => FRAME.test(line))
    .slice(0, MOST_FRAMES)
    .map(line => line.slice(7))
}

/**
 * Describes an error for the log.
 * @example failureOf(new Error('D1_ERROR: no such table: views')).code // 'database_behind'
 */
export const failureOf = (error: unknown): Failure => {
  const level = 'error'
  if (error instanceof Problem) return { level, code: error.code, message: error.message }
  const known = KNOWN.find(({ pattern }) => pattern.test(String(error)))
  if (known) return { level, code: known.code, message: known.message }
  const unexpected = { level, code: 'unexpected', message: 'An unexpected error occurred.' } as const
  if (!(error instanceof Error)) return unexpected
  const [name] = /^\w{1,40}$/.exec(error.name) ?? []
  return { ...unexpected, ...(name && { error: name }), stack: framesOf(error) }
}

/** Writes a failure as one line of JSON. Successful and rejected requests are not logged. */
export const logFailure = (error: unknown, place: FailureContext): void =>
  console.error(JSON.stringify({ ...failureOf(error), ...place }))
