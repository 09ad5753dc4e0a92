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

/** Why a row is rejected beside the other rows of its day, `null` if it is not. */
type Conflict = (row: ImportRow) => Problem | null

/** Rejects rows that another row of their day stands for. */
const conflictOf = ({ texts }: ImportDefinition, rows: readonly ImportRow[]): Conflict => {
  const standing = texts.flatMap(({ name, standsFor }) => (standsFor ? [{ name, ...standsFor }] : []))
  const days = standing.map(
    ({ name, value }) => new Set(rows.filter(row => row.texts[name] === value).map(({ day }) => day)),
  )
  return row => {
    const at = standing.findIndex(
      ({ name, others }, index) => days[index]?.has(row.day) && others.includes(row.texts[name] ?? ''),
    )
    const by = standing[at]
    if (by === undefined) return null
    const given = row.texts[by.name]
    const message = `Rows of ${by.value} on the same day already count by ${given}; keep only one of the two.`
    return new Problem(400, `beside_${by.value}`, message)
  }
}

/** The valid rows of a file and, by line, why the others are rejected. Of two with one key the first is valid. */
export const readLines = (lines: readonly ImportLine[], reading: ImportContext): ReadLines => {
  const read: { readonly line: number; readonly row: ImportRow }[] = []
  const refused: RejectedLine[] = []
  const refuse = (line: number, { code, message }: Problem): void => {
    refused.push({ line, code, message })
  }
  const seen = new Map<string, number>()
  for (const line of lines) {
    const result = rowOrProblem(line, reading)
    if (result instanceof Problem) refuse(line.line, result)
    else {
      const key = `${result.day} ${rowKey(result)}`
      const first = seen.get(key)
      if (first === undefined) read.push({ line: line.line, row: result })
      else refuse(line.line, duplicate(first, reading.definition))
      seen.set(key, first ?? line.line)
    }
  }
  const conflict = conflictOf(
    reading.definition,
    read.map(({ row }) => row),
  )
  const rows = read.filter(({ line, row }) => {
    const problem = conflict(row)
    if (problem) refuse(line, problem)
    return problem === null
  })
  return { rows: rows.map(({ row }) => row), refused: refused.toSorted((one, other) => one.line - other.line) }
}
