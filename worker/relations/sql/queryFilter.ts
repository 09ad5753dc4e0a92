import type { Combination, Operator } from '../../../shared/question'
import type { AnyRule } from '../../../shared/settings'
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

/** Selects visitors who did something in the period. */
export interface DoneFilter {
  readonly operator: 'has_done'
  readonly rule: AnyRule
  /** The goal that the rule is of, with the goal's own filters. */
  readonly goal?: { readonly id: string; readonly where: readonly DimensionFilter[] }
  /** Filters that the page view or event must also pass. */
  readonly where: readonly DimensionFilter[]
}

export type QueryFilter = DimensionFilter | CombinedFilter | DoneFilter

export const isCombined = (filter: QueryFilter): filter is CombinedFilter => 'filters' in filter

export const isDimensionFilter = (filter: QueryFilter): filter is DimensionFilter => 'dimension' in filter

/** Stands for `has_done` among the dimensions of filters: it selects sessions, by their visitors. */
const VISITORS: Dimension = {
  id: 'has_done',
  help: 'What the visitor did in the period.',
  level: 'session',
  joins: [],
  expression: 'null',
}

/** The dimensions of filters, nested ones included. */
export const dimensionsOf = (filters: readonly QueryFilter[]): Dimension[] =>
  filters.flatMap(filter => {
    if (isCombined(filter)) return dimensionsOf(filter.filters)
    return [isDimensionFilter(filter) ? filter.dimension : VISITORS]
  })

/** Every filter that a page view or event must pass. */
export const conditionsOfDone = ({ goal, where }: DoneFilter): DimensionFilter[] => [...(goal?.where ?? []), ...where]

/** The number of filters, nested ones included. */
export const countFilters = (filters: readonly QueryFilter[]): number =>
  filters.reduce((sum, filter) => {
    if (isCombined(filter)) return sum + countFilters(filter.filters)
    return sum + 1 + (isDimensionFilter(filter) ? 0 : conditionsOfDone(filter).length)
  }, 0)

/** What a filter selects: page views and events if one of its dimensions is theirs, otherwise sessions. */
export const levelOf = (filter: QueryFilter): Dimension['level'] => {
  const levels = dimensionsOf([filter]).map(({ level }) => level)
  return levels.includes('event') ? 'event' : (levels[0] ?? 'session')
}

/** A filter as in a query; the patterns of `matches` are globs. */
export const filterTuple = (filter: QueryFilter): readonly unknown[] => {
  if (isCombined(filter)) return [filter.operator, ...filter.filters.map(filterTuple)]
  if (isDimensionFilter(filter)) return [filter.operator, filter.dimension.id, filter.values]
  const { operator, rule, goal, where } = filter
  const done = goal ? { goal: goal.id } : rule
  return [operator, { ...done, ...(where.length > 0 && { where: where.map(filterTuple) }) }]
}

/** The rules that filters name. */
export const rulesOf = (filters: readonly QueryFilter[]): AnyRule[] =>
  filters.flatMap(filter => {
    if (isCombined(filter)) return rulesOf(filter.filters)
    return isDimensionFilter(filter) ? [] : [filter.rule]
  })
