import type { Dimension } from '../../metrics/dimensions'
import { type DimensionFilter, isDimensionFilter } from '../../relations/sql/queryFilter'
import type { Query } from '../parse/query'

/** Which groups of which rollups answer a query. */
export interface RollupChoice {
  /** At most one; none for totals. */
  readonly dimensions: readonly Dimension[]
  /** `null` for all. */
  readonly groups: readonly string[] | null
}

/**
 * Whether a filter picks whole groups. Without a breakdown it must pick one: people in several would count several
 * times.
 */
const picksGroups = ({ operator, dimension, values }: DimensionFilter, { dimensions }: Query): boolean =>
  operator === 'is' && (values.length === 1 || dimensions.some(({ id }) => id === dimension.id))

/** Rollups hold whole days, by one dimension or none. `null` if they cannot answer the query. */
export const rollupChoice = (query: Query): RollupChoice | null => {
  const { filters, granularity, dimensions } = query
  if (!filters.every(isDimensionFilter)) return null
  const all = [...dimensions, ...filters.map(({ dimension }) => dimension)]
  const [first, ...others] = all
  if (granularity === 'hour' || !all.every(({ rolled }) => rolled) || others.some(({ id }) => id !== first?.id))
    return null
  if (!filters.every(filter => picksGroups(filter, query))) return null
  const [filter, ...rest] = filters
  const groups = filter ? filter.values.filter(value => rest.every(({ values }) => values.includes(value))) : null
  return { dimensions: first ? [first] : [], groups }
}
