import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { CommandFailure } from '../failure.ts'
import { endMark } from './endMark.ts'

/** Bytes, more than an end mark has. */
const TAIL = 200
/** The first format whose files have an end mark. */
const END_MARK_SINCE = 6

const readBytes = async (file: FileHandle, position: number, most: number): Promise<string> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, position)
  return buffer.toString('latin1', 0, bytesRead)
}

const sha256Of = async (path: string, bytes: number): Promise<string> => {
  const hash = createHash('sha256')
  if (bytes > 0) for await (const chunk of createReadStream(path, { end: bytes - 1 })) hash.update(chunk)
  return hash.digest('hex')
}

const lastLineOf = (tail: string): string => tail.slice(tail.lastIndexOf('\n', tail.length - 2) + 1)

/** Files of earlier releases have no end mark: of these, only a cut within a site is noticed. */
const isWholeOfEarlierFormat = (head: string, lastLine: string): boolean => {
  const version = /^\{"footfall":"backup","version":(\d+),/.exec(head)?.[1]
  return version !== undefined && Number(version) < END_MARK_SINCE && lastLine.trim() === '{"next":null}'
}

/**
 * Reads the whole file before anything of it is restored.
 * @throws CommandFailure when it was cut off or changed
 */
export const expectWhole = async (path: string): Promise<void> => {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const lastLine = lastLineOf(await readBytes(file, Math.max(size - TAIL, 0), TAIL))
    if (lastLine.startsWith('{"footfall":"end"')) {
      if (lastLine === endMark(await sha256Of(path, size - lastLine.length))) return
      throw new CommandFailure(
        `${path} is damaged: its checksum does not match. Nothing was restored. Restore another copy, or one site of this one with --site.`,
      )
    }
    if (isWholeOfEarlierFormat(await readBytes(file, 0, TAIL), lastLine)) return
    throw new CommandFailure(
      `${path} is incomplete: it has no end mark. Nothing was restored. Restore another copy, or one site of this one with --site.`,
    )
  } finally {
    await file.close()
  }
}
