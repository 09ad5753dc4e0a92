import type { QuantileMeasure } from '../../metrics/metric'
import { medianRanks } from '../../metrics/statistics/medianRanks'
import type { Scope } from '../../relations/sql/scope'
import { begin, groupColumns, groupOf, type MeasurePlace, type ResultRow, type Statement } from './statement'

/** The ranks around the middle and around both ends of its interval: which of them counts is known from n. */
const NEAR_RANKS = `abs(rank - (n + 1) / 2.0) <= 1
  or abs(rank - (n / 2.0 - 0.98 * sqrt(n))) <= 3
  or abs(rank - (n / 2.0 + 0.98 * sqrt(n))) <= 3`

const quantileSums = (rows: readonly ResultRow[]): Record<string, number> => {
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

/** The middle of a column, and the ends of its interval. */
export const quantileStatement = (
  scope: Scope,
  of: MeasurePlace,
  { relation, columns = [], column, open }: QuantileMeasure,
): Statement => {
  const builder = begin(scope)
  builder.needs(...columns)
  const groups = groupColumns(scope)
  const rows = relation.rows(builder)
  const partition = `partition by bucket${groups}`
  return {
    ...builder.statement(`select * from (
select bucket${groups}, ${column} as value,
  row_number() over (${partition} order by ${column}) as rank,
  count(*) over (${partition}) as n,
  sum(${open}) over (${partition}) as pending
from (
${rows}
)
where ${column} is not null
)
where ${NEAR_RANKS}`),
    cells: found =>
      [...Map.groupBy(found, row => JSON.stringify(groupOf(scope, row))).values()].map(rows => ({
        ...of,
        ...groupOf(scope, rows[0] as ResultRow),
        sums: quantileSums(rows),
      })),
  }
}
