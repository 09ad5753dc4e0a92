import { LIMITS } from '../limits.ts'
import type { ImportBatch } from './importFormat.ts'
import { type Post, postRetrying } from './postRetrying.ts'

/** Characters of a call, of which most are one byte: far below the limit of its bytes. */
const CALL = 2_000_000

/** Calls that are under way at a time, so that the collector never waits for the next. */
const IN_FLIGHT = 2

/** Rows shown of each code. */
const EXAMPLES = 3
const EXAMPLE_LENGTH = 300

interface Destination {
  readonly path: string
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
  readonly index: number
  readonly code: string
  readonly message: string
}

interface Answer {
  readonly accepted: number
  readonly duplicates?: number
  readonly refused?: readonly Remark[]
  readonly warnings?: readonly Remark[]
}

const note = (found: Map<string, Remarks>, remarks: readonly Remark[] = [], lines: readonly string[]): void => {
  for (const { index, code, message } of remarks) {
    const known = found.get(code) ?? { message, count: 0, examples: [] }
    const example = lines[index]?.slice(0, EXAMPLE_LENGTH) ?? ''
    const examples = known.examples.length < EXAMPLES ? [...known.examples, example] : known.examples
    found.set(code, { ...known, count: known.count + 1, examples })
  }
}

/** The calls of a run of batches, each as large as it may be. */
const callsOf = async function* (
  batches: AsyncIterable<ImportBatch>,
): AsyncGenerator<readonly [Destination, readonly string[]]> {
  const waiting = new Map<Destination, { lines: string[]; length: number }>()
  for await (const { kind, rows } of batches) {
    const destination = DESTINATIONS[kind]
    const call = waiting.get(destination) ?? { lines: [], length: 0 }
    waiting.set(destination, call)
    for (const row of rows) {
      const line = JSON.stringify(row)
      if (call.lines.length === destination.rowsPerCall || call.length + line.length > CALL) {
        yield [destination, call.lines]
        call.lines = []
        call.length = 0
      }
      call.lines.push(line)
      call.length += line.length
    }
  }
  for (const [destination, { lines }] of waiting) if (lines.length > 0) yield [destination, lines]
}

export interface SendOptions extends Post {
  readonly domain: string
  /** Called after each call. */
  onSent?(outcome: ImportOutcome): void
}

/**
 * Sends all rows, and reads no further than the collector stores.
 * @throws ImportFailure when the collector refuses a call whole or cannot be reached
 */
export const sendBatches = async (
  batches: AsyncIterable<ImportBatch>,
  { domain, onSent = () => {}, ...post }: SendOptions,
): Promise<ImportOutcome> => {
  const outcome = {
    accepted: 0,
    duplicates: 0,
    refused: new Map<string, Remarks>(),
    warnings: new Map<string, Remarks>(),
  }
  const send = async ({ path, contentType, body }: Destination, lines: readonly string[]): Promise<void> => {
    const target = `${path}?site=${encodeURIComponent(domain)}`
    const answer: Answer = JSON.parse(await postRetrying(post, target, body(lines), contentType))
    outcome.accepted += answer.accepted
    outcome.duplicates += answer.duplicates ?? 0
    note(outcome.refused, answer.refused, lines)
    note(outcome.warnings, answer.warnings, lines)
    onSent(outcome)
  }
  const inFlight = new Set<Promise<void>>()
  for await (const [destination, lines] of callsOf(batches)) {
    const call = send(destination, lines).finally(() => inFlight.delete(call))
    // Awaited below; until then a failure is not unhandled.
    call.catch(() => {})
    inFlight.add(call)
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight)
  }
  await Promise.all(inFlight)
  return outcome
}
