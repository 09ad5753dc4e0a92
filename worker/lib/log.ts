import { Problem } from './problem'

/** Where it failed: at a request, by the pattern of its route, in a job of the cron, or in one metric of a question. */
export type FailureContext =
  | { readonly method: string; readonly route: string }
  | { readonly job: string; readonly site?: string }
  | { readonly metric: string; readonly site: string }

/** One line of the log. It holds nothing that a visitor or a caller sent: no address, key, body or query. */
export interface Failure {
  readonly level: 'error'
  readonly code: string
  readonly message: string
  /** Of an error nobody thought of: the class, and where it was thrown. */
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
    message: 'The database has more to do than it can.',
  },
  {
    pattern: /maximum DB size|SQLITE_FULL/i,
    code: 'database_full',
    message: 'The database is full: move to a larger plan, or remove a site.',
  },
  {
    pattern: /no such (table|column|index)/,
    code: 'database_behind',
    message: 'The database lacks a table or a column: apply the migrations with npm run deploy.',
  },
  {
    pattern: /too many (subrequests|api requests)/i,
    code: 'too_many_queries',
    message: 'Cloudflare allows no more queries in one run; what is left to settle is settled by later ones.',
  },
  { pattern: /\bD1_/, code: 'database', message: 'The database refused a statement.' },
]

const MOST_FRAMES = 8
/** Function, file, line, column: a frame that looks otherwise is left out. */
const FRAME = /^ {4}at (?:(?:async |new )?[\w$.<>#]+ \([\w./:@-]+:\d+:\d+\)|(?:async )?[\w./:@-]+:\d+:\d+)$/

/** Where an error was thrown. Its message can hold what was sent, over several lines: it must be gone first. */
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
 * What the log says of an error.
 * @example failureOf(new Error('D1_ERROR: no such table: views')).code // 'database_behind'
 */
export const failureOf = (error: unknown): Failure => {
  const level = 'error'
  if (error instanceof Problem) return { level, code: error.code, message: error.message }
  const known = KNOWN.find(({ pattern }) => pattern.test(String(error)))
  if (known) return { level, code: known.code, message: known.message }
  const unexpected = { level, code: 'unexpected', message: 'Something failed that nobody thought of.' } as const
  if (!(error instanceof Error)) return unexpected
  const [name] = /^\w{1,40}$/.exec(error.name) ?? []
  return { ...unexpected, ...(name && { error: name }), stack: framesOf(error) }
}

/** Writes a failure as one line of JSON. What went well and what was refused leaves no line. */
export const logFailure = (error: unknown, place: FailureContext): void =>
  console.error(JSON.stringify({ ...failureOf(error), ...place }))
