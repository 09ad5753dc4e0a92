import type { ImportDefinition } from '../../../shared/imports'
import { Problem } from '../../lib/problem'
import { type ImportRow, rowKey } from '../../storage/importRow'
import { type ImportContext, importRow } from './importRow'

/** A row as it was sent, or why it cannot be read. */
export interface ImportLine {
  /** The line of a CSV file or the position in a list, from 1. */
  readonly line: number
  readonly fields: unknown
}

export interface RejectedLine {
  readonly line: number
  readonly code: string
  readonly message: string
}

export interface ReadLines {
  readonly rows: readonly ImportRow[]
  readonly refused: readonly RejectedLine[]
}

const rowOrProblem = ({ fields }: ImportLine, reading: ImportContext): ImportRow | Problem => {
  if (fields instanceof Problem) return fields
  try {
    return importRow(fields, reading)
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

const duplicate = (line: number, { texts }: ImportDefinition): Problem => {
  const names = ['day', ...texts.map(({ name }) => name)].join(', ')
  return new Problem(400, 'duplicate_row', `Line ${line} has the same ${names}; keep only one.`)
}

/** The valid rows of a file and, by line, why the others are rejected. Of two with one key the first is valid. */
export const readLines = (lines: readonly ImportLine[], reading: ImportContext): ReadLines => {
  const rows: ImportRow[] = []
  const refused: RejectedLine[] = []
  const seen = new Map<string, number>()
  for (const line of lines) {
    const read = rowOrProblem(line, reading)
    const key = read instanceof Problem ? '' : `${read.day} ${rowKey(read)}`
    const first = seen.get(key)
    const result = first === undefined ? read : duplicate(first, reading.definition)
    if (result instanceof Problem) refused.push({ line: line.line, code: result.code, message: result.message })
    else {
      seen.set(key, line.line)
      rows.push(result)
    }
  }
  return { rows, refused }
}
