import type { QuantileMeasure } from '../../metrics/metric'
import type { Scope } from '../../relations/sql/scope'
import { begin, groupColumns, type MeasureStatement } from './statement'

/** The ranks around the median and both ends of its interval; `n` decides which of them count. */
const NEAR_RANKS = `abs(rank - (n + 1) / 2.0) <= 1
  or abs(rank - (n / 2.0 - 0.98 * sqrt(n))) <= 3
  or abs(rank - (n / 2.0 + 0.98 * sqrt(n))) <= 3`

/** The median of a column and the ends of its interval. */
export const quantileStatement = (
  scope: Scope,
  { relation, columns = [], column, open }: QuantileMeasure,
): MeasureStatement => {
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
    dimensions: scope.dimensions.length,
    shape: { form: 'quantile' },
  }
}
