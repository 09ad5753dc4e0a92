import type { Combination, Operator } from '../../../shared/question'
import type { Rule } from '../../../shared/settings'
import type { Dimension } from '../../metrics/dimensions'

export interface DimensionFilter {
  readonly operator: Operator
  readonly dimension: Dimension
  readonly values: readonly string[]
}

export interface CombinedFilter {
  /** `not` has one filter. */
  readonly operator: Combination
  readonly filters: readonly QueryFilter[]
}

/** Picks the visitors who did something in the period. */
export interface DoneFilter {
  readonly operator: 'has_done'
  readonly rule: Rule
  /** What the page view or event must pass besides. */
  readonly where: readonly DimensionFilter[]
}

export type QueryFilter = DimensionFilter | CombinedFilter | DoneFilter

export const isCombined = (filter: QueryFilter): filter is CombinedFilter => 'filters' in filter

export const isDimensionFilter = (filter: QueryFilter): filter is DimensionFilter => 'dimension' in filter

/** Stands for `has_done` where the dimensions of filters are asked for: it picks sessions, by their visitors. */
const VISITORS: Dimension = {
  id: 'has_done',
  help: 'What the visitor did in the period.',
  level: 'session',
  joins: [],
  expression: 'null',
}

/** The dimensions of filters and of those within them. */
export const dimensionsOf = (filters: readonly QueryFilter[]): Dimension[] =>
  filters.flatMap(filter => {
    if (isCombined(filter)) return dimensionsOf(filter.filters)
    return [isDimensionFilter(filter) ? filter.dimension : VISITORS]
  })

/** How many filters there are, those within others included. */
export const countFilters = (filters: readonly QueryFilter[]): number =>
  filters.reduce((sum, filter) => {
    if (isCombined(filter)) return sum + countFilters(filter.filters)
    return sum + 1 + (isDimensionFilter(filter) ? 0 : filter.where.length)
  }, 0)

/** What a filter picks: sessions, unless it asks something of their page views and events. */
export const levelOf = (filter: QueryFilter): Dimension['level'] => {
  const levels = dimensionsOf([filter]).map(({ level }) => level)
  return levels.includes('event') ? 'event' : (levels[0] ?? 'session')
}

/** A filter as questions write it; the patterns of `matches` are globs. */
export const filterTuple = (filter: QueryFilter): readonly unknown[] => {
  if (isCombined(filter)) return [filter.operator, ...filter.filters.map(filterTuple)]
  if (isDimensionFilter(filter)) return [filter.operator, filter.dimension.id, filter.values]
  const { operator, rule, where } = filter
  return [operator, { ...rule, ...(where.length > 0 && { where: where.map(filterTuple) }) }]
}

/** The rules that filters name. */
export const rulesOf = (filters: readonly QueryFilter[]): Rule[] =>
  filters.flatMap(filter => {
    if (isCombined(filter)) return rulesOf(filter.filters)
    return isDimensionFilter(filter) ? [] : [filter.rule]
  })
