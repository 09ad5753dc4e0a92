import { type Column, DICTIONARIES, TABLES, type Table, type TableName } from './schema'

/** The columns of a table, by name. */
export type ColumnName<Name extends TableName> = keyof (typeof TABLES)[Name]['columns'] & string

type KeyName<Name extends TableName> = {
  [Column in ColumnName<Name>]: (typeof TABLES)[Name]['columns'][Column] extends { kind: 'key' } ? Column : never
}[ColumnName<Name>]

export const TABLE_NAMES = Object.keys(TABLES) as TableName[]

export const tableOf = (name: TableName): Table => TABLES[name]

/** The columns of a table but `site`, in their order. */
export const columnsOf = <Name extends TableName>(name: Name): readonly ColumnName<Name>[] =>
  Object.keys(TABLES[name].columns) as ColumnName<Name>[]

/** How a table declares a column. */
export const columnOf = (name: TableName, column: string): Column => {
  const found = tableOf(name).columns[column]
  if (!found) throw new Error(`the schema has no column ${column} of ${name}`)
  return found
}

const isKey = <Name extends TableName>(name: Name, column: ColumnName<Name>): column is KeyName<Name> =>
  columnOf(name, column).kind === 'key'

/** The primary key of a table without `site`. */
export const keyOf = <Name extends TableName>(name: Name): readonly KeyName<Name>[] =>
  columnsOf(name).filter(column => isKey(name, column)) as KeyName<Name>[]

/** The columns of a table that are no part of its key. */
export const valueColumnsOf = <Name extends TableName>(
  name: Name,
): readonly Exclude<ColumnName<Name>, KeyName<Name>>[] =>
  columnsOf(name).filter(column => !isKey(name, column)) as Exclude<ColumnName<Name>, KeyName<Name>>[]

export type PackedName = 'context' | 'amounts'

/** The columns of `events` in one of the JSON arrays of `purchases`. */
export const packedIn = (array: PackedName) => TABLES.purchases.columns[array].holds

/**
 * Where a purchase holds a column of `events`: `context->>0`.
 * @returns undefined for a column that no array holds
 */
export const packedPlace = (column: string): string | undefined => {
  for (const array of ['context', 'amounts'] as const) {
    const held: readonly string[] = packedIn(array)
    const position = held.indexOf(column)
    if (position >= 0) return `${array}->>${position}`
  }
  return undefined
}

const exported = (name: string, column: Column): string[] => {
  if (column.notExported) return []
  if (column.kind === 'packed') return column.holds.flatMap(held => exported(held, columnOf('events', held)))
  return column.kind === 'reference' && column.offset === 0 ? [...DICTIONARIES[column.dictionary]] : [name]
}

/** The columns that a person's export holds of a table, those in arrays and those of dictionaries included. */
export const exportedColumns = <Name extends TableName>(name: Name): string[] =>
  columnsOf(name).flatMap(column => exported(column, columnOf(name, column)))
