import type { Combination, Operator } from '../../../shared/question'
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

export type QueryFilter = DimensionFilter | CombinedFilter

export const isCombined = (filter: QueryFilter): filter is CombinedFilter => 'filters' in filter

/** Filters with those within them instead of combined ones. */
export const dimensionFilters = (filters: readonly QueryFilter[]): DimensionFilter[] =>
  filters.flatMap(filter => (isCombined(filter) ? dimensionFilters(filter.filters) : [filter]))

export const dimensionsOf = (filters: readonly QueryFilter[]): Dimension[] =>
  dimensionFilters(filters).map(({ dimension }) => dimension)

/** What a filter picks: sessions, unless it asks something of their page views and events. */
export const levelOf = (filter: QueryFilter): Dimension['level'] => {
  const levels = dimensionsOf([filter]).map(({ level }) => level)
  return levels.includes('event') ? 'event' : (levels[0] ?? 'session')
}

/** A filter as questions write it; the patterns of `matches` are globs. */
export const filterTuple = (filter: QueryFilter): readonly unknown[] =>
  isCombined(filter)
    ? [filter.operator, ...filter.filters.map(filterTuple)]
    : [filter.operator, filter.dimension.id, filter.values]
