import type { Column } from '../schema'

const unreportedOf = (column: Column): number | undefined => ('unreported' in column ? column.unreported : undefined)

/** A value as its column stores it: a number where nobody reported any. */
export const storedValue = (column: Column, value: string): string => {
  const unreported = unreportedOf(column)
  return unreported === undefined ? value : `coalesce(${value}, ${unreported})`
}

/** What the column of a running total stores before anything is counted. */
export const firstValue = (column: Column): string => String(unreportedOf(column) ?? 0)

/** A stored value as it is read: null where nobody reported any. */
export const readValue = (column: Column, value: string): string => {
  const unreported = unreportedOf(column)
  return unreported === undefined ? value : `nullif(${value}, ${unreported})`
}
