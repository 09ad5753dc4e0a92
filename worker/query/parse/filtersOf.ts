import { COMBINATIONS, OPERATORS } from '../../../shared/question'
import { fitsGlob, GLOB_BYTES, globOf } from '../../lib/glob'
import { Problem } from '../../lib/problem'
import { type DimensionFilter, dimensionFilters, type QueryFilter } from '../../relations/sql/queryFilter'
import { dimensionFrom } from './dimensionFrom'

/** Filters on dimensions in a question, those within others included. */
const MOST_FILTERS = 20
const MOST_VALUES = 1000
/** Filters within filters: each level is one more level of the SQL expression, of which D1 takes 100. */
const MOST_LEVELS = 8

const reject = (code: string, message: string): Problem => new Problem(400, code, message)

const badFilter = (): Problem =>
  reject(
    'bad_filter',
    `A filter is [operator, dimension, [values]], like ["is", "country", ["SE", "NO"]], with one of the operators ${OPERATORS.join(', ')}; or ["and", filter, …], ["or", filter, …] or ["not", filter].`,
  )

const isValues = (list: unknown): list is string[] =>
  Array.isArray(list) && list.length > 0 && list.length <= MOST_VALUES && list.every(value => typeof value === 'string')

const valueFilterOf = ([given, id, values]: readonly unknown[]): DimensionFilter => {
  const operator = OPERATORS.find(one => one === given)
  const list = typeof values === 'string' ? [values] : values
  if (!operator || !isValues(list)) throw badFilter()
  if (operator !== 'matches') return { operator, dimension: dimensionFrom(id), values: list }
  if (!list.every(fitsGlob))
    throw reject('pattern_too_long', `A pattern of "matches" may have at most ${GLOB_BYTES} bytes.`)
  return { operator, dimension: dimensionFrom(id), values: list.map(globOf) }
}

const filterOf = (given: unknown, level: number): QueryFilter => {
  if (!Array.isArray(given)) throw badFilter()
  const [name, ...rest] = given
  const operator = COMBINATIONS.find(one => one === name)
  if (!operator) return valueFilterOf(given)
  if (level === MOST_LEVELS) throw reject('bad_filter', `Filters may be nested at most ${MOST_LEVELS} levels deep.`)
  if (rest.length === 0 || (operator === 'not' && rest.length > 1)) throw badFilter()
  return { operator, filters: rest.map(one => filterOf(one, level + 1)) }
}

const tooMany = (): Problem => reject('bad_filters', `"filters" must be a list of at most ${MOST_FILTERS}.`)

/**
 * Checks the filters of a question.
 * @throws Problem `bad_filters`, `bad_filter`, `unknown_dimension`, `pattern_too_long`
 */
export const filtersOf = (given: unknown): QueryFilter[] => {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given) || given.length > MOST_FILTERS) throw tooMany()
  const filters = given.map(one => filterOf(one, 0))
  if (dimensionFilters(filters).length > MOST_FILTERS) throw tooMany()
  return filters
}
