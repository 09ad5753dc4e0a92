import { DAY_DIMENSIONS } from '../../../shared/imports'
import type { Dimension } from '../../metrics/dimensions'
import { dimensionsOf, rulesOf } from '../../relations/sql/queryFilter'
import type { Query } from '../parse/query'

/** Which rows of imported days answer a query. */
export interface DayChoice {
  /** `null` for totals. */
  readonly dimension: Dimension | null
  /** Why none can, `null` if some may. */
  readonly refusal: string | null
}

export const isDayDimension = (id: string): boolean => Object.hasOwn(DAY_DIMENSIONS, id)

const refusalOf = ({ granularity, filters }: Query, dimensions: readonly Dimension[]): string | null => {
  if (granularity === 'hour') return 'Imported days cannot be divided into hours; ask by day, week or month.'
  if (rulesOf(filters).length > 0) return 'Imported days cannot be filtered by what visitors did.'
  const [first, second] = dimensions
  if (second) return `Imported days hold one dimension at a time; ask by ${first?.id} or ${second.id} alone.`
  return first && !isDayDimension(first.id) ? `Imported days cannot be told apart by ${first.id}.` : null
}

/** Imported days hold totals, and each dimension by itself. */
export const dayChoice = (query: Query): DayChoice => {
  const all = [...query.dimensions, ...dimensionsOf(query.filters)]
  const dimensions = [...new Map(all.map(dimension => [dimension.id, dimension])).values()]
  return { dimension: dimensions[0] ?? null, refusal: refusalOf(query, dimensions) }
}
