import type { ImportFile } from '../importFormat.ts'
import { readLines } from '../readLines.ts'
import type { LoggedRequest, ReadRequest } from './loggedRequest.ts'

/** A line, and its request; `null` if it is none. */
export type LogLine = LoggedRequest | null

/** Lines that are given at a time, at least. */
const TOGETHER = 500

/** A log, open at a place. Lines without a time belong to the one before. */
class OpenLog {
  readonly #parts: AsyncGenerator<readonly LogLine[]>
  #lines: readonly LogLine[] = []
  #at = 0
  #time: number

  constructor(parts: AsyncGenerator<readonly LogLine[]>, time: number) {
    this.#parts = parts
    this.#time = time
  }

  /** The time of the next line. */
  get time(): number {
    return this.#time
  }

  /** Whether every line in memory has been returned. */
  get isEmpty(): boolean {
    return this.#at >= this.#lines.length
  }

  /** Reads on; false at the end. */
  async fill(): Promise<boolean> {
    while (this.isEmpty) {
      const { done, value } = await this.#parts.next()
      if (done) return false
      this.#lines = value
      this.#at = 0
    }
    this.#look()
    return true
  }

  /** The lines up to a time that are in memory, of which there is at least one. */
  take(until: number): LogLine[] {
    const start = this.#at
    do {
      this.#at++
      this.#look()
    } while (this.#at < this.#lines.length && this.#time <= until)
    return this.#lines.slice(start, this.#at)
  }

  #look(): void {
    const time = this.#lines[this.#at]?.time ?? Number.NaN
    if (!Number.isNaN(time)) this.#time = time
  }
}

const partsOf = async function* (
  file: ImportFile,
  read: ReadRequest,
  tooLong: () => void,
): AsyncGenerator<readonly LogLine[]> {
  for await (const lines of readLines(file.open(), tooLong)) yield lines.map(read)
}

/** When a log begins; 0 when nothing in its first lines says so. */
const beginOf = async (file: ImportFile, read: ReadRequest): Promise<number> => {
  for await (const lines of partsOf(file, read, () => {})) {
    const request = lines.find(line => line !== null && !Number.isNaN(line.time))
    if (request) return request.time
    if (lines.length > 0) return 0
  }
  return 0
}

interface WaitingLog {
  readonly file: ImportFile
  readonly time: number
}

/** Logs with their beginnings, the latest first. */
const latestFirst = async (files: readonly ImportFile[], read: ReadRequest): Promise<WaitingLog[]> => {
  const logs: WaitingLog[] = []
  for (const file of files) logs.push({ file, time: await beginOf(file, read) })
  return logs.sort((one, other) => other.time - one.time)
}

const timeOf = (log: { readonly time: number } | undefined): number => log?.time ?? Number.POSITIVE_INFINITY

/**
 * The lines of several logs in the order of time, as far as each log is. A log is opened when the others have come to its
 * beginning, so that as many are open as servers wrote at a time, and not all that were rotated.
 */
export const byTime = async function* (
  files: readonly ImportFile[],
  read: ReadRequest,
  tooLong: () => void,
): AsyncGenerator<readonly LogLine[]> {
  const waiting = await latestFirst(files, read)
  const logs: OpenLog[] = []
  const lines: LogLine[] = []
  while (waiting.length + logs.length > 0) {
    logs.sort((one, other) => one.time - other.time)
    const due = waiting.at(-1)
    if (due && due.time <= timeOf(logs[0])) {
      waiting.pop()
      logs.unshift(new OpenLog(partsOf(due.file, read, tooLong), due.time))
    } else lines.push(...(logs[0]?.take(Math.min(timeOf(logs[1]), timeOf(due))) ?? []))
    if (logs[0]?.isEmpty && !(await logs[0].fill())) logs.shift()
    if (lines.length >= TOGETHER) yield lines.splice(0)
  }
  yield lines
}
