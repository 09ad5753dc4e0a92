import type { Sums } from '../../metrics/metric'
import type { MergeableMeasure, PersonValues } from '../../metrics/people'

/** A row as the database gave it. */
export type ResultRow = Readonly<Record<string, unknown>>

/** The values of one person in a group. */
export interface PersonOfCell {
  readonly person: number
  readonly measure: MergeableMeasure
  readonly values: PersonValues
}

/** Sums of one measure for one group, or what one person adds to them. */
export interface Cell {
  /** In the list of measures that was compiled or stored. */
  readonly measure: number
  readonly bucket: number
  readonly dimensions: readonly string[]
  readonly sums: Sums
  readonly person?: PersonOfCell
  /** Where the person stands for those of an `ActiveGroupsSegment` with this id. */
  readonly active?: { readonly id: number | null; readonly isOpen: boolean }
}
