import type { SurvivalMeasure } from '../../metrics/metric'
import { kaplanMeierMedian } from '../../metrics/statistics/kaplanMeier'
import type { Scope } from '../../relations/sql/scope'
import { begin, groupColumns, groupOf, type MeasurePlace, type ResultRow, type Statement } from './statement'

const survivalSums = (rows: readonly ResultRow[]): Record<string, number> => {
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

/** How many got there at each time, and how many were seen no longer: lasting ids only. */
export const survivalStatement = (scope: Scope, of: MeasurePlace, { relation }: SurvivalMeasure): Statement => {
  const builder = begin(scope)
  const groups = groupColumns(scope)
  return {
    ...builder.statement(`select bucket${groups}, seen,
  sum(person < 0 and took is not null) as reached,
  sum(person < 0 and took is null) as censored,
  sum(person > 0) as others
from (
${relation.rows(builder)}
)
group by bucket${groups}, seen`),
    cells: found =>
      [...Map.groupBy(found, row => JSON.stringify(groupOf(scope, row))).values()].map(rows => ({
        ...of,
        ...groupOf(scope, rows[0] as ResultRow),
        sums: survivalSums(rows),
      })),
  }
}
