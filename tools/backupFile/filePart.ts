import { createReadStream } from 'node:fs'
import { CommandFailure } from '../failure.ts'

/** A part of a site's backup, as it stands in a file. */
export interface FilePart {
  readonly domain: string
  readonly number: number
  readonly isLast: boolean
  readonly body: string
}

/** Splits at \n only: `node:readline` would also split at U+2028, which JSON strings may contain. */
const linesIn = async function* (path: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(path, 'utf8')) {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

const parseLine = (line: string | undefined) => {
  try {
    return JSON.parse(line ?? '')
  } catch {
    throw new CommandFailure('The backup is damaged: one of its lines is not JSON. Restore another copy.')
  }
}

const filePartOf = (lines: readonly string[]): FilePart => {
  const head = parseLine(lines[0])
  const domain = head?.site?.domain ?? head?.domain
  if (typeof domain !== 'string') throw new CommandFailure('This file is not a backup: one of its parts names no site.')
  const isLast = parseLine(lines.at(-1)).next === null
  return { domain, number: Number(head.part), isLast, body: `${lines.join('\n')}\n` }
}

/** The parts of a file, of which only one is in memory at a time. */
export const filePartsIn = async function* (path: string): AsyncGenerator<FilePart> {
  let lines: string[] = []
  for await (const line of linesIn(path)) {
    lines.push(line)
    if (!line.startsWith('{"next":')) continue
    yield filePartOf(lines)
    lines = []
  }
}
