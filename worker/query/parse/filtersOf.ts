import { COMBINATIONS, OPERATORS } from '../../../shared/question'
import type { Rule, SavedSegment } from '../../../shared/settings'
import { fitsGlob, GLOB_BYTES, globOf } from '../../lib/glob'
import { nearest } from '../../lib/nearest'
import { Problem } from '../../lib/problem'
import {
  countFilters,
  type DimensionFilter,
  type DoneFilter,
  isCombined,
  type QueryFilter,
  rulesOf,
} from '../../relations/sql/queryFilter'
import { dimensionFrom } from './dimensionFrom'

/** Filters on dimensions in a query, nested ones included. */
const MOST_FILTERS = 20
const MOST_VALUES = 1000
/** `has_done` filters. To plan a statement with ten of them, SQLite needs more memory than D1 gives. */
const MOST_BEHAVIORS = 4
/** Levels of nested filters. Each adds a level to the SQL expression, and D1 allows 100. */
const MOST_LEVELS = 8

const reject = (code: string, message: string): Problem => new Problem(400, code, message)

const badFilter = (): Problem =>
  reject(
    'bad_filter',
    `A filter is [operator, dimension, [values]], like ["is", "country", ["SE", "NO"]], with one of the operators ${OPERATORS.join(', ')}; or ["and", filter, …], ["or", filter, …], ["not", filter], ["has_done", {"event": name}] or ["segment", id].`,
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

const badBehavior = (): Problem =>
  reject(
    'bad_filter',
    'A "has_done" filter is ["has_done", {"event": name}] or ["has_done", {"page": path}], and may have "where": [filter, …] on dimensions.',
  )

const ruleOf = ({ event, page }: Readonly<Record<string, unknown>>): Rule => {
  if (typeof event === 'string' && page === undefined) return { event }
  if (typeof page !== 'string' || event !== undefined) throw badBehavior()
  if (!fitsGlob(page)) throw reject('pattern_too_long', `A page may have at most ${GLOB_BYTES} bytes.`)
  return { page }
}

/** The condition of a `has_done` filter. */
const doneFilterOf = (given: unknown): DoneFilter => {
  if (
    typeof given !== 'object' ||
    given === null ||
    Object.keys(given).some(name => !['event', 'page', 'where'].includes(name))
  )
    throw badBehavior()
  const { where = [], ...rest } = given as Readonly<Record<string, unknown>>
  if (!Array.isArray(where) || !where.every(Array.isArray)) throw badBehavior()
  return { operator: 'has_done', rule: ruleOf(rest), where: where.map(one => valueFilterOf(one)) }
}

/** The segments that filters may name; `null` within a segment. */
type Known = readonly SavedSegment[] | null

const segmentNamed = (id: unknown, segments: Known): SavedSegment => {
  if (typeof id !== 'string') throw badFilter()
  if (segments === null) throw reject('bad_filter', 'A segment must not contain another segment.')
  const found = segments.find(segment => segment.id === id)
  if (found) return found
  const ids = segments.map(segment => segment.id)
  const close = nearest(id, ids)
  const hint = close ? `Did you mean ${close}?` : `The segments are in settings.segments: ${ids.join(', ') || 'none'}.`
  throw reject('unknown_segment', `There is no segment "${id.slice(0, 60)}". ${hint}`)
}

const filterOf = (given: unknown, level: number, segments: Known): QueryFilter => {
  if (!Array.isArray(given)) throw badFilter()
  const [name, ...rest] = given
  if (name === 'segment' && rest.length === 1) {
    const { filters } = segmentNamed(rest[0], segments)
    return { operator: 'and', filters: filters.map(one => filterOf(one, level + 1, null)) }
  }
  if (name === 'has_done' && rest.length === 1) return doneFilterOf(rest[0])
  const operator = COMBINATIONS.find(one => one === name)
  if (!operator) return valueFilterOf(given)
  if (level === MOST_LEVELS) throw reject('bad_filter', `Filters may be nested at most ${MOST_LEVELS} levels deep.`)
  if (rest.length === 0 || (operator === 'not' && rest.length > 1)) throw badFilter()
  return { operator, filters: rest.map(one => filterOf(one, level + 1, segments)) }
}

const tooMany = (): Problem => reject('bad_filters', `"filters" must be a list of at most ${MOST_FILTERS}.`)

/** Splits `and` filters, because rollups answer filters on a dimension but not combined ones. */
const separate = (filters: readonly QueryFilter[]): QueryFilter[] =>
  filters.flatMap(filter => (isCombined(filter) && filter.operator === 'and' ? separate(filter.filters) : [filter]))

/**
 * Checks filters.
 * @param segments that they may name; `null` for the filters of a segment itself
 * @throws Problem `bad_filters`, `bad_filter`, `unknown_dimension`, `unknown_segment`, `pattern_too_long`
 */
export const filtersOf = (given: unknown, segments: readonly SavedSegment[] | null): QueryFilter[] => {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given) || given.length > MOST_FILTERS) throw tooMany()
  const filters = separate(given.map(one => filterOf(one, 0, segments)))
  if (countFilters(filters) > MOST_FILTERS) throw tooMany()
  if (rulesOf(filters).length > MOST_BEHAVIORS)
    throw reject('bad_filters', `A query may have at most ${MOST_BEHAVIORS} "has_done" filters.`)
  return filters
}
