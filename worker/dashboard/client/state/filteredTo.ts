import type { Filter } from '../../../../shared/question'
import { view } from './view'

/** The filters with one more: of what is already filtered, the new value alone. */
export const filteredTo = (dimension: string, value: string): readonly Filter[] => [
  ...view().filters.filter(([operator, on]) => on !== dimension || operator !== 'is'),
  ['is', dimension, [value]],
]
