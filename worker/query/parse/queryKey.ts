import { filterTuple } from '../../relations/sql/queryFilter'
import type { Query } from './query'

/** A text that is the same for equal queries only. */
export const queryKey = ({ question: _, metrics, dimensions, filters, ...rest }: Query): string =>
  JSON.stringify([
    metrics.map(({ metric, args }) => [metric.id, args]),
    dimensions.map(({ id }) => id),
    filters.map(filterTuple),
    rest,
  ])
