import Papa from 'papaparse'
import { type ImportColumn, type ImportDefinition, importColumns } from '../../../shared/imports'
import { LIMITS } from '../../../shared/limits'
import { Problem } from '../../lib/problem'
import type { ImportLine } from './importLines'

/** Lines that are read, empty ones included: a file can hold millions. */
const MOST_LINES = 2 * LIMITS.rowsPerImport

export const tooManyRows = (): Problem =>
  new Problem(413, 'too_many_rows', `An import may hold at most ${LIMITS.rowsPerImport} rows.`)

/** A number as JSON writes it. Leading zeros do no harm. */
const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i

/** A cell as the JSON of the same row has it. A string that is not a number stays a string, which is rejected later. */
const fieldOf = (cell: string, { form }: ImportColumn): unknown => {
  if (form !== 'count' && form !== 'amount') return cell
  const text = cell.trim()
  if (text === '') return null
  return NUMBER.test(text) ? Number(text) : text
}

const columnsOf = (header: readonly string[], definition: ImportDefinition): ImportColumn[] => {
  const known = importColumns(definition)
  const others = new Map(Object.entries(definition.otherNames ?? {}))
  const names = header.map(name => others.get(name.trim().toLowerCase()) ?? name.trim())
  const columns = names.map(name => {
    const column = known.find(of => of.name === name)
    if (column) return column
    const all = known.map(of => of.name).join(', ')
    throw new Problem(
      400,
      'unknown_column',
      `The header names "${name.slice(0, 40)}", which is not a column. Columns: ${all}.`,
    )
  })
  const repeated = names.find((name, index) => names.indexOf(name) < index)
  if (repeated) throw new Problem(400, 'repeated_column', `The header names "${repeated}" twice.`)
  const missing = known.find(({ name, required }) => required && !names.includes(name))
  if (missing) throw new Problem(400, 'missing_column', `The header lacks "${missing.name}".`)
  return columns
}

const breaksIn = (cells: readonly string[]): number => cells.join('').split('\n').length - 1

const lineOf = (cells: readonly string[], line: number, columns: readonly ImportColumn[]): ImportLine => {
  if (cells.length !== columns.length) {
    const message = `The line has ${cells.length} cells and the header ${columns.length}; put a value with a separator in quotes.`
    return { line, fields: new Problem(400, 'wrong_cells', message) }
  }
  return {
    line,
    fields: Object.fromEntries(columns.map((column, at) => [column.name, fieldOf(cells[at] ?? '', column)])),
  }
}

/**
 * The rows of a CSV file with a header, separated by commas or semicolons, with their lines, counted
 * from 1, the header's. Empty lines are no rows.
 * @throws Problem `too_many_rows`, `bad_csv`, `unknown_column`, `repeated_column`, `missing_column`
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export const csvLines = (file: string, definition: ImportDefinition): ImportLine[] => {
  const text = file.replace(/\r\n?/g, '\n')
  // No column's name contains either of them.
  const delimiter = /^[^\n]*;/.test(text) ? ';' : ','
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n', preview: MOST_LINES + 1 })
  if (data.length > MOST_LINES) throw tooManyRows()
  const starts: number[] = []
  let line = 1
  for (const cells of data) {
    starts.push(line)
    line += 1 + breaksIn(cells)
  }
  const [error] = errors
  if (error) {
    throw new Problem(400, 'bad_csv', `The quotes in line ${starts[error.row ?? 0] ?? line} do not match.`)
  }
  const columns = columnsOf(data[0] ?? [], definition)
  return data.flatMap((cells, at) =>
    at === 0 || cells.every(cell => cell.trim() === '') ? [] : [lineOf(cells, starts[at] ?? 0, columns)],
  )
}
