/** Some rows of a table of a database. A value that is missing is '', or `\N` as MySQL and ClickHouse write it. */
export interface TablePart {
  /** Its name, without a schema. */
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** Reads a value of a row by the name of its column; '' if there is no such column. */
export type ReadCell = (row: readonly string[], column: string) => string

/** A reader of the cells of a table. */
export const cellReader = (columns: readonly string[]): ReadCell => {
  const places = new Map(columns.map((column, place) => [column, place]))
  return (row, column) => {
    const place = places.get(column)
    const value = place === undefined ? '' : (row[place] ?? '')
    return value === '\\N' ? '' : value
  }
}
