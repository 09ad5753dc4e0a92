import type { MergeableMeasure } from '../../metrics/people'
import { Builder, type BuiltStatement } from '../../relations/sql/builder'
import { holders } from '../../relations/sql/holders'
import type { Scope } from '../../relations/sql/scope'
import type { BucketDays } from './bucketDays'

/** By the name of a sum or of a value per person, the column that holds it. */
export type ColumnNames = Readonly<Record<string, string>>

/** The columns of one measure's values per person. */
export interface PersonColumns {
  readonly measure: MergeableMeasure
  readonly columns: ColumnNames
}

/**
 * How the rows of a statement become cells.
 * - sums: a row for each group
 * - people: a row for each person and group, beside one of sums where the column of the person is null
 * - packed_people: rows with the people of a group in JSON texts, beside one of sums where the slice is null
 * - active_groups: a row for each id of a dictionary, with the values of people who are not named
 * - one_person: a row for a person who is not named
 * - daily: a row for each day and group
 * - quantile: a row for each rank near the middle
 * - paths: a row for each frequent name at each step
 * - survival: a row for each time after which somebody arrived or was last seen
 */
export type ResultShape =
  | { readonly form: 'sums'; readonly sums: readonly ColumnNames[] }
  | {
      readonly form: 'people'
      readonly person: string
      readonly people: readonly PersonColumns[]
      readonly sums: readonly ColumnNames[]
    }
  | { readonly form: 'packed_people'; readonly sums: readonly ColumnNames[] }
  | {
      readonly form: 'active_groups'
      readonly closed: readonly PersonColumns[]
      readonly open: readonly PersonColumns[]
    }
  | { readonly form: 'one_person'; readonly people: readonly PersonColumns[] }
  | { readonly form: 'daily'; readonly buckets: readonly BucketDays[] }
  | { readonly form: 'quantile'; readonly share: number }
  | { readonly form: 'paths' }
  | { readonly form: 'survival' }

/** A statement, and data that tells how to read its rows. */
export interface Statement extends BuiltStatement {
  /** The measures it computes, as indexes of the list that was compiled, in the order of its columns. */
  readonly measures: readonly number[]
  readonly dimensions: number
  readonly shape: ResultShape
}

/** A statement without the list that its measures are of. */
export type MeasureStatement = Omit<Statement, 'measures'>

/** A builder of one statement, which can tell the sessions that hold an event. */
export const begin = (scope: Scope): Builder => {
  const builder = new Builder(scope)
  builder.holders = rules => holders(builder, rules)
  return builder
}

/** The columns of the query's dimensions. */
export const groupColumns = (scope: Scope): string => scope.dimensions.map((_, index) => `, d${index}`).join('')
