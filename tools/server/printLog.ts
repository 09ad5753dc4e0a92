import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

interface Entry {
  readonly level: string
  readonly message: string
}

/** A line of the log, or what workerd itself wrote beside it. */
const entryOf = (line: string): Entry => {
  try {
    const { level, message } = JSON.parse(line)
    if (typeof message === 'string') return { level, message }
  } catch {}
  return { level: 'error', message: line }
}

/**
 * Prints what the Worker logs, which workerd wraps in lines of JSON.
 * @param quiet warnings and errors only
 */
export const printLog = (stream: Readable, quiet: boolean): void => {
  createInterface({ input: stream }).on('line', line => {
    const { level, message } = entryOf(line)
    if (level === 'error' || level === 'warn') console.error(message)
    else if (!quiet) console.log(message)
  })
}
