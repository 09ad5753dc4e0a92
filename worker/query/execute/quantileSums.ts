import { quantileRanks } from '../../metrics/statistics/quantileRanks'
import type { ResultRow } from './cell'

/**
 * A quantile of a group and the ends of its interval, from the ranks around them. The quantile is the smallest value that at
 * least that share of the values do not exceed. Between two such values, as with a median of an even count, it is their mean.
 */
export const quantileSums = (rows: readonly ResultRow[], share: number): Record<string, number> => {
  const n = Number(rows[0]?.n ?? 0)
  const at = (rank: number): number => Number(rows.find(row => Number(row.rank) === rank)?.value ?? 0)
  const ranks = quantileRanks(n, share)
  return {
    n,
    quantile: (at(Math.ceil(share * n)) + at(Math.floor(share * n) + 1)) / 2,
    pending: Number(rows[0]?.pending ?? 0),
    ...(ranks && { lower: at(ranks[0]), upper: at(ranks[1]) }),
  }
}
