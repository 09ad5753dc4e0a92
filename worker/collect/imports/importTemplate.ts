import Papa from 'papaparse'
import { type ImportDefinition, importColumns } from '../../../shared/imports'

/** The CSV of a kind with one row, to be filled in. */
export const importTemplate = (definition: ImportDefinition): string => {
  const names = importColumns(definition).map(({ name }) => name)
  const rows = [names, names.map(name => definition.example[name] ?? '')]
  return `${Papa.unparse(rows, { newline: '\r\n' })}\r\n`
}
