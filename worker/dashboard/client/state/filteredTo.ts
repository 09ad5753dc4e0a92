import type { ValueFilter } from '../../../../shared/question'
import { view } from './view'

/** The filters with one more. It replaces an `is` filter on the same dimension. */
export const filteredTo = (dimension: string, value: string): readonly ValueFilter[] => [
  ...view().filters.filter(([operator, on]) => on !== dimension || operator !== 'is'),
  ['is', dimension, [value]],
]
