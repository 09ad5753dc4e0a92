import type { Sums } from '../../metrics/metric'
import type { MergeableMeasure, PersonValues } from '../../metrics/people'
import type { PersonOfCell } from './cell'

/** People with equal values. */
export interface AlikePeople {
  readonly people: ReadonlySet<number>
  readonly measure: MergeableMeasure
  readonly values: PersonValues
}

/**
 * What one source says about one measure in one group of the answer: sums, or the values of people. A person whom
 * several sources name is counted once.
 */
export interface PartialResult {
  /** Of the metric in the query. */
  readonly position: number
  /** Of the measure in the metric. */
  readonly index: number
  readonly bucket: number
  readonly dimensions: readonly string[]
  readonly sums: Sums
  readonly person?: PersonOfCell
  /** Other results can name some of these people one by one. */
  readonly alike?: AlikePeople
}
