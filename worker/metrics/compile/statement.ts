import { Builder, type Scope } from './builder'
import { holders } from './holders'

/** Sums of one metric for one group. */
export interface Cell {
  /** Position of the metric in the question. */
  readonly metric: number
  readonly bucket: number
  readonly dimensions: readonly string[]
  readonly sums: Readonly<Record<string, number>>
}

/** One statement and how its rows become cells. */
export interface Statement {
  readonly sql: string
  readonly values: readonly unknown[]
  cells(rows: readonly Record<string, unknown>[]): Cell[]
}

export type Row = Record<string, unknown>

/** A builder of one statement, which can say which sessions hold an event. */
export const begin = (scope: Scope): Builder => {
  const builder = new Builder(scope)
  builder.holders = rules => holders(builder, rules)
  return builder
}

/** The columns of the question's dimensions. */
export const groupColumns = (scope: Scope): string => scope.dimensions.map((_, index) => `, d${index}`).join('')

/** The group a row is of. */
export const groupOf = (scope: Scope, row: Row): { bucket: number; dimensions: string[] } => ({
  bucket: Number(row.bucket ?? 0),
  dimensions: scope.dimensions.map((_, index) => String(row[`d${index}`])),
})
