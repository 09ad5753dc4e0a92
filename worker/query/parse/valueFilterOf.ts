import { OPERATORS } from '../../../shared/question'
import { fitsGlob, GLOB_BYTES, globOf } from '../../lib/glob'
import { Problem } from '../../lib/problem'
import type { DimensionFilter } from '../../relations/sql/queryFilter'
import { badFilter } from './badFilter'
import { dimensionFrom } from './dimensionFrom'

const MOST_VALUES = 1000

const isValues = (list: unknown): list is string[] =>
  Array.isArray(list) && list.length > 0 && list.length <= MOST_VALUES && list.every(value => typeof value === 'string')

/**
 * A filter on the values of one dimension.
 * @throws Problem `bad_filter`, `unknown_dimension`, `pattern_too_long`
 */
export const valueFilterOf = ([given, id, values]: readonly unknown[]): DimensionFilter => {
  const operator = OPERATORS.find(one => one === given)
  const list = typeof values === 'string' ? [values] : values
  if (!operator || !isValues(list)) throw badFilter()
  if (operator !== 'matches') return { operator, dimension: dimensionFrom(id), values: list }
  if (!list.every(fitsGlob))
    throw new Problem(400, 'pattern_too_long', `A pattern of "matches" may have at most ${GLOB_BYTES} bytes.`)
  return { operator, dimension: dimensionFrom(id), values: list.map(globOf) }
}

/**
 * A filter on a dimension that a single page view or event has, by itself or by its session.
 * @throws Problem as `valueFilterOf`
 */
export const factFilterOf = (given: unknown): DimensionFilter => {
  if (!Array.isArray(given)) throw badFilter()
  const filter = valueFilterOf(given)
  const { id, level } = filter.dimension
  if (level === 'session' || level === 'event') return filter
  throw new Problem(400, 'bad_filter', `"where" cannot filter on ${id}, which no single event has.`)
}
