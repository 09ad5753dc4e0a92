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

/** The columns of a conflicting row with the values of the new one. */
export const excluded = (columns: readonly string[]): string =>
  list(columns.map(column => `${column} = excluded.${column}`))
