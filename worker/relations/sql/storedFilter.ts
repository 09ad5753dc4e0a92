import type { ValueFilter } from '../../../shared/question'
import { globOf } from '../../lib/glob'
import { dimensionOf } from '../../metrics/dimensions'
import type { DimensionFilter } from './queryFilter'

/** A filter of a setting, which was checked when it was saved. */
export const storedFilter = ([operator, id, values]: ValueFilter): DimensionFilter => {
  const dimension = dimensionOf(id)
  if (!dimension) throw new Error(`A setting filters on the unknown dimension ${id}.`)
  return { operator, dimension, values: operator === 'matches' ? values.map(globOf) : values }
}
