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
  if (granularity === 'hour') return 'Imported days have no hourly data. Use day, week or month.'
  if (rulesOf(filters).length > 0) return 'Imported days cannot be filtered by visitor behavior.'
  const [first, second] = dimensions
  if (second) return `Imported days support one dimension at a time. Use ${first?.id} or ${second.id}, not both.`
  return first && !isDayDimension(first.id) ? `Imported days cannot be broken down by ${first.id}.` : null
}

/** Imported days hold totals, and each dimension by itself. */
export const dayChoice = (query: Query): DayChoice => {
  const all = [...query.dimensions, ...dimensionsOf(query.filters)]
  const dimensions = [...new Map(all.map(dimension => [dimension.id, dimension])).values()]
  return { dimension: dimensions[0] ?? null, refusal: refusalOf(query, dimensions) }
}
