import { columnOf, columnsOf } from '../columns'
import type { DictionaryName } from '../dictionaryName'
import type { Column, TableName } from '../schema'
import type { BackupRow } from './backupRow'

/** The id of a dictionary's entry here, for its id in the row. */
export type Renumber = (dictionary: DictionaryName, id: number) => number

const renumberValue = (value: unknown, column: Column, renumber: Renumber): unknown => {
  if (column.kind !== 'reference' || typeof value !== 'number' || value < column.offset) return value
  return column.offset + renumber(column.dictionary, value - column.offset)
}

const renumberArray = (text: string, held: readonly string[], renumber: Renumber): string => {
  const values: unknown[] = JSON.parse(text)
  return JSON.stringify(
    values.map((value, n) => {
      const name = held[n]
      return name === undefined ? value : renumberValue(value, columnOf('events', name), renumber)
    }),
  )
}

/** A row with the ids of all entries of dictionaries replaced. */
export const renumberRow = (table: TableName, row: BackupRow, renumber: Renumber): BackupRow => {
  const result = { ...row }
  for (const name of columnsOf(table)) {
    const column = columnOf(table, name)
    const value = row[name]
    if (value === undefined) continue
    if (column.kind === 'packed') result[name] = renumberArray(String(value), column.holds, renumber)
    if (column.kind === 'reference') result[name] = renumberValue(value, column, renumber) as BackupRow[string]
  }
  return result
}
