import { Z } from '../../../shared/normal'
import type { QuantileMeasure } from '../../metrics/metric'
import type { Scope } from '../../relations/sql/scope'
import { begin, groupColumns, type MeasureStatement } from './statement'

/** A condition for ranks around a quantile and around both ends of its interval; `n` decides which of them count. */
const nearRanks = (share: number): string => {
  const half = (Z * Math.sqrt(share * (1 - share))).toFixed(2)
  return `abs(rank - ${share} * n) <= 1
  or abs(rank - (${share} * n - ${half} * sqrt(n))) <= 3
  or abs(rank - (${share} * n + ${half} * sqrt(n))) <= 3`
}

/** A quantile of a column and the ends of its interval. */
export const quantileStatement = (
  scope: Scope,
  { relation, share, columns = [], column, open }: QuantileMeasure,
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
where ${nearRanks(share)}`),
    dimensions: scope.dimensions.length,
    shape: { form: 'quantile', share },
  }
}
