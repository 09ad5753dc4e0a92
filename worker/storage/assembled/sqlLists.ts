/** Names or expressions as a list. */
export const list = (items: readonly string[]): string => items.join(', ')

/**
 * Where a statement finds a value of a row that it is given as a JSON array.
 * @example inArray(['hour', 'visitor'], 'value')('visitor') // 'value->>1'
 */
export const inArray =
  <Name extends string>(names: readonly Name[], array: string) =>
  (name: Name): string =>
    `${array}->>${names.indexOf(name)}`

/**
 * The rows of a statement's JSON array, each made into text once. Without the limit, SQLite would merge this query into the
 * one around it, and make a row into text again for each of its values.
 * @see https://www.sqlite.org/optoverview.html#subquery_flattening
 */
export const ARRAY_ROWS = '(select value from json_each(?2) limit -1)'

/** The columns of a conflicting row with the values of the new one. */
export const excluded = (columns: readonly string[]): string =>
  list(columns.map(column => `${column} = excluded.${column}`))
