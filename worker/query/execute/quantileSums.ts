import { medianRanks } from '../../metrics/statistics/medianRanks'
import type { ResultRow } from './cell'

/** The median of a group and the ends of its interval, from the ranks around them. */
export const quantileSums = (rows: readonly ResultRow[]): Record<string, number> => {
  const n = Number(rows[0]?.n ?? 0)
  const at = (rank: number): number => Number(rows.find(row => Number(row.rank) === rank)?.value ?? 0)
  const ranks = medianRanks(n)
  return {
    n,
    median: (at(Math.floor((n + 1) / 2)) + at(Math.floor(n / 2) + 1)) / 2,
    pending: Number(rows[0]?.pending ?? 0),
    ...(ranks && { lower: at(ranks[0]), upper: at(ranks[1]) }),
  }
}
