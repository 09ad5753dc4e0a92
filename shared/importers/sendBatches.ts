import { LIMITS } from '../limits.ts'
import type { ImportBatch } from './importFormat.ts'
import { type Post, postRetrying } from './postRetrying.ts'

/** Bytes of a call: below the collector's limit, with room for what surrounds the rows. */
const CALL = 2_000_000

/** Calls that are under way at a time, so that the collector never waits for the next. */
const IN_FLIGHT = 2

/** Fields of a row that are never shown: nobody's address may stay in a terminal or its log. */
const UNSHOWN: readonly string[] = ['ip', 'user_agent']

/** Rows shown of each code. */
const EXAMPLES = 3
const EXAMPLE_LENGTH = 300

interface Destination {
  readonly path: string
  /** Of the address, besides the site. */
  readonly query?: string
  /** Whether rows of one batch go in one call. */
  readonly isWhole?: true
  readonly contentType: string
  readonly rowsPerCall: number
  body(lines: readonly string[]): string
}

/** Where the rows of each kind go. */
const DESTINATIONS: Readonly<Record<ImportBatch['kind'], Destination>> = {
  events: {
    path: '/api/v1/events',
    contentType: 'application/x-ndjson',
    rowsPerCall: LIMITS.eventsPerCall,
    body: lines => lines.join('\n'),
  },
  days: {
    path: '/api/v1/imports/days',
    query: 'partial=true',
    isWhole: true,
    contentType: 'application/json',
    rowsPerCall: LIMITS.rowsPerImport,
    body: lines => `{"rows":[${lines.join(',')}]}`,
  },
  ai_fetches: {
    path: '/api/v1/imports/ai_fetches',
    query: 'partial=true&replace=day',
    isWhole: true,
    contentType: 'application/json',
    rowsPerCall: LIMITS.rowsPerImport,
    body: lines => `{"rows":[${lines.join(',')}]}`,
  },
}

/** What the collector said of the rows with one code. */
export interface Remarks {
  readonly message: string
  readonly count: number
  /** The first rows, as JSON. */
  readonly examples: readonly string[]
}

/** What became of the rows that were sent. */
export interface ImportOutcome {
  readonly accepted: number
  /** Rows that the collector had already. */
  readonly duplicates: number
  readonly refused: ReadonlyMap<string, Remarks>
  /** Of rows that were stored without a part of them. */
  readonly warnings: ReadonlyMap<string, Remarks>
}

interface Remark {
  readonly index?: number
  /** From 1, in place of the index. */
  readonly line?: number
  readonly code: string
  readonly message: string
}

interface Answer {
  readonly accepted: number
  readonly duplicates?: number
  /** Of days: rows of the same day and value that were there. */
  readonly replaced?: number
  readonly refused?: readonly Remark[]
  readonly warnings?: readonly Remark[]
}

const exampleOf = (line = ''): string => {
  if (line === '') return ''
  const shown = JSON.stringify(JSON.parse(line), (name, value) => (UNSHOWN.includes(name) ? '(not shown)' : value))
  return shown.slice(0, EXAMPLE_LENGTH)
}

const note = (found: Map<string, Remarks>, remarks: readonly Remark[] = [], lines: readonly string[]): void => {
  for (const { line = 0, index = line - 1, code, message } of remarks) {
    const known = found.get(code) ?? { message, count: 0, examples: [] }
    const examples = known.examples.length < EXAMPLES ? [...known.examples, exampleOf(lines[index])] : known.examples
    found.set(code, { ...known, count: known.count + 1, examples })
  }
}

const encoder = new TextEncoder()

const bytesOf = (line: string): number => encoder.encode(line).byteLength

/** Lines that wait to be sent to one destination. */
class Call {
  readonly #destination: Destination
  #lines: string[] = []
  #length = 0

  constructor(destination: Destination) {
    this.#destination = destination
  }

  /** Adds lines that belong together. Gives those before them where not all fit into one call. */
  *add(lines: readonly string[]): Generator<readonly string[]> {
    const length = lines.reduce((sum, line) => sum + bytesOf(line), 0)
    const isFull = this.#lines.length + lines.length > this.#destination.rowsPerCall || this.#length + length > CALL
    if (isFull) yield* this.end()
    this.#lines.push(...lines)
    this.#length += length
  }

  *end(): Generator<readonly string[]> {
    if (this.#lines.length > 0) yield this.#lines
    this.#lines = []
    this.#length = 0
  }
}

/** The calls of a run of batches, each as large as it may be. */
const callsOf = async function* (
  batches: AsyncIterable<ImportBatch>,
): AsyncGenerator<readonly [Destination, readonly string[]]> {
  const waiting = new Map<Destination, Call>()
  for await (const { kind, rows } of batches) {
    const destination = DESTINATIONS[kind]
    const call = waiting.get(destination) ?? new Call(destination)
    waiting.set(destination, call)
    const lines = rows.map(row => JSON.stringify(row))
    for (const group of destination.isWhole ? [lines] : lines.map(line => [line]))
      for (const full of call.add(group)) yield [destination, full]
  }
  for (const [destination, call] of waiting) for (const last of call.end()) yield [destination, last]
}

/** Calls under way, no more than `IN_FLIGHT`. The first that fails ends the run. */
class CallsInFlight {
  readonly #calls = new Set<Promise<void>>()
  #failure: { readonly error: unknown } | null = null

  /** @throws the error of the first call that failed, in place of another call */
  async start(send: () => Promise<void>): Promise<void> {
    this.#throwFailure()
    const call = send()
      .catch(error => {
        this.#failure ??= { error }
      })
      .finally(() => this.#calls.delete(call))
    this.#calls.add(call)
    if (this.#calls.size >= IN_FLIGHT) await Promise.race(this.#calls)
  }

  async end(): Promise<void> {
    await Promise.all(this.#calls)
    this.#throwFailure()
  }

  #throwFailure(): void {
    if (this.#failure) throw this.#failure.error
  }
}

export interface SendOptions extends Post {
  readonly domain: string
  /** The tool that the rows come from. */
  readonly source: string
  /** Called after each call. */
  onSent?(outcome: ImportOutcome): void
}

/**
 * Sends all rows, and reads no further than the collector stores.
 * @throws ImportFailure when the collector refuses a call whole or cannot be reached
 */
export const sendBatches = async (
  batches: AsyncIterable<ImportBatch>,
  { domain, source, onSent = () => {}, ...post }: SendOptions,
): Promise<ImportOutcome> => {
  const outcome = {
    accepted: 0,
    duplicates: 0,
    refused: new Map<string, Remarks>(),
    warnings: new Map<string, Remarks>(),
  }
  const send = async ({ path, query, contentType, body }: Destination, lines: readonly string[]): Promise<void> => {
    const target = `${path}?site=${encodeURIComponent(domain)}${query ? `&${query}&source=${source}` : ''}`
    const answer: Answer = JSON.parse(await postRetrying(post, target, body(lines), contentType))
    outcome.accepted += answer.accepted
    outcome.duplicates += answer.duplicates ?? Math.min(answer.replaced ?? 0, answer.accepted)
    note(outcome.refused, answer.refused, lines)
    note(outcome.warnings, answer.warnings, lines)
    onSent(outcome)
  }
  const calls = new CallsInFlight()
  for await (const [destination, lines] of callsOf(batches)) await calls.start(() => send(destination, lines))
  await calls.end()
  return outcome
}
