import { COMBINATIONS } from '../../../shared/question'
import type { SiteSettings } from '../../../shared/settings'
import { fitsGlob, GLOB_BYTES } from '../../lib/glob'
import { Problem } from '../../lib/problem'
import { countFilters, type DoneFilter, isCombined, type QueryFilter, rulesOf } from '../../relations/sql/queryFilter'
import { badFilter } from './badFilter'
import { settingNamed } from './settingNamed'
import { factFilterOf, valueFilterOf } from './valueFilterOf'

/** Filters on dimensions in a query, nested ones included. */
const MOST_FILTERS = 20
/** `has_done` filters. To plan a statement with ten of them, SQLite needs more memory than D1 gives. */
const MOST_BEHAVIORS = 4
/** Levels of nested filters. Each adds a level to the SQL expression, and D1 allows 100. */
const MOST_LEVELS = 8

const reject = (code: string, message: string): Problem => new Problem(400, code, message)

const badBehavior = (): Problem =>
  reject(
    'bad_filter',
    'A "has_done" filter is ["has_done", {"event": name}], {"page": path} or {"goal": id}, and may have "where": [filter, …] on dimensions.',
  )

/** The settings whose entries queries may name; `null` while the filters of a segment are being saved. */
export type NamedSettings = Pick<SiteSettings, 'segments' | 'goals' | 'funnels'>

type Done = Pick<DoneFilter, 'rule' | 'goal'>

/** A saved segment may name a goal that is added later. */
const doneGoal = (id: string, known: NamedSettings | null): Done => {
  if (known === null) return { rule: { event: '' }, goal: { id, where: [] } }
  const { where = [], ...rule } = settingNamed('goal', id, known.goals)
  return { rule, goal: { id, where: where.map(factFilterOf) } }
}

const doneOf = (given: Readonly<Record<string, unknown>>, known: NamedSettings | null): Done => {
  const [[name, value] = ['', undefined], another] = Object.entries(given)
  if (typeof value !== 'string' || another) throw badBehavior()
  if (name === 'goal') return doneGoal(value, known)
  if (name === 'event') return { rule: { event: value } }
  if (!fitsGlob(value)) throw reject('pattern_too_long', `A page may have at most ${GLOB_BYTES} bytes.`)
  return { rule: { page: value } }
}

/** The condition of a `has_done` filter. */
const doneFilterOf = (given: unknown, known: NamedSettings | null): DoneFilter => {
  if (
    typeof given !== 'object' ||
    given === null ||
    Object.keys(given).some(name => !['event', 'page', 'goal', 'where'].includes(name))
  )
    throw badBehavior()
  const { where = [], ...rest } = given as Readonly<Record<string, unknown>>
  if (!Array.isArray(where)) throw badBehavior()
  return { operator: 'has_done', ...doneOf(rest, known), where: where.map(factFilterOf) }
}

/** @param isInSegment whether it is a filter of a segment, which names no other */
const filterOf = (given: unknown, level: number, known: NamedSettings | null, isInSegment = false): QueryFilter => {
  if (!Array.isArray(given)) throw badFilter()
  const [name, ...rest] = given
  if (name === 'segment' && rest.length === 1) {
    if (known === null || isInSegment) throw reject('bad_filter', 'A segment must not contain another segment.')
    if (typeof rest[0] !== 'string') throw badFilter()
    const { filters } = settingNamed('segment', rest[0], known.segments)
    return { operator: 'and', filters: filters.map(one => filterOf(one, level + 1, known, true)) }
  }
  if (name === 'has_done' && rest.length === 1) return doneFilterOf(rest[0], known)
  const operator = COMBINATIONS.find(one => one === name)
  if (!operator) return valueFilterOf(given)
  if (level === MOST_LEVELS) throw reject('bad_filter', `Filters may be nested at most ${MOST_LEVELS} levels deep.`)
  if (rest.length === 0 || (operator === 'not' && rest.length > 1)) throw badFilter()
  return { operator, filters: rest.map(one => filterOf(one, level + 1, known, isInSegment)) }
}

const tooMany = (): Problem => reject('bad_filters', `"filters" must be a list of at most ${MOST_FILTERS}.`)

/** Splits `and` filters, because rollups answer filters on a dimension but not combined ones. */
const separate = (filters: readonly QueryFilter[]): QueryFilter[] =>
  filters.flatMap(filter => (isCombined(filter) && filter.operator === 'and' ? separate(filter.filters) : [filter]))

/**
 * Checks filters.
 * @param known what they may name; `null` for the filters of a segment that is being saved
 * @throws Problem `bad_filters`, `bad_filter`, `unknown_dimension`, `unknown_segment`, `unknown_goal`, `pattern_too_long`
 */
export const filtersOf = (given: unknown, known: NamedSettings | null): QueryFilter[] => {
  if (given === undefined || given === null) return []
  if (!Array.isArray(given) || given.length > MOST_FILTERS) throw tooMany()
  const filters = separate(given.map(one => filterOf(one, 0, known)))
  if (countFilters(filters) > MOST_FILTERS) throw tooMany()
  if (rulesOf(filters).length > MOST_BEHAVIORS)
    throw reject('bad_filters', `A query may have at most ${MOST_BEHAVIORS} "has_done" filters.`)
  return filters
}
