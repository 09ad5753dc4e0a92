import type { Sums } from '../../metrics/metric'
import type { MergeableMeasure, PersonValues } from '../../metrics/people'
import { Builder, type BuiltStatement } from '../../relations/sql/builder'
import { holders } from '../../relations/sql/holders'
import type { Scope } from '../../relations/sql/scope'

/** What one person who lasts longer than a day adds to a group. */
export interface PersonOfCell {
  readonly person: number
  readonly measure: MergeableMeasure
  readonly values: PersonValues
}

/** Which measure something is of: the position of its metric in the question, and its own in the metric. */
export interface MeasurePlace {
  readonly metric: number
  readonly place: number
}

/** Sums of one metric for one group, or what one person adds to them. */
export interface Cell extends MeasurePlace {
  readonly bucket: number
  readonly dimensions: readonly string[]
  readonly sums: Sums
  readonly person?: PersonOfCell
}

/** One statement and how its rows become cells. */
export interface Statement extends BuiltStatement {
  cells(rows: readonly Record<string, unknown>[]): Cell[]
}

export type ResultRow = Record<string, unknown>

/** A builder of one statement, which can say which sessions hold an event. */
export const begin = (scope: Scope): Builder => {
  const builder = new Builder(scope)
  builder.holders = rules => holders(builder, rules)
  return builder
}

/** The columns of the question's dimensions. */
export const groupColumns = (scope: Scope): string => scope.dimensions.map((_, index) => `, d${index}`).join('')

/** The group a row is of. */
export const groupOf = (scope: Scope, row: ResultRow): { bucket: number; dimensions: string[] } => ({
  bucket: Number(row.bucket ?? 0),
  dimensions: scope.dimensions.map((_, index) => String(row[`d${index}`])),
})
