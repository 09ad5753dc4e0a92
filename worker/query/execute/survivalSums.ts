import { kaplanMeierMedian } from '../../metrics/statistics/kaplanMeier'
import type { ResultRow } from './cell'

/** The median time of a group and its interval, from how many arrived or were last seen at each time. */
export const survivalSums = (rows: readonly ResultRow[]): Record<string, number> => {
  const median = kaplanMeierMedian(
    rows.map(row => ({ time: Number(row.seen), reached: Number(row.reached), censored: Number(row.censored) })),
  )
  const sum = (column: string): number => rows.reduce((total, row) => total + Number(row[column] ?? 0), 0)
  return {
    n: sum('reached') + sum('censored'),
    reached: sum('reached'),
    censored: sum('censored'),
    lasting: sum('reached') + sum('censored'),
    others: sum('others'),
    ...(median.value !== null && { median: median.value }),
    ...(median.interval && { lower: median.interval[0], upper: median.interval[1] }),
  }
}
