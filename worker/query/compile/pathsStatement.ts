import type { PathMeasure } from '../../metrics/metric'
import { int } from '../../relations/sql/int'
import type { Scope } from '../../relations/sql/scope'
import { begin, groupColumns, type MeasureStatement } from './statement'

/** The number of names that each step returns. */
const MOST_NAMES = 20

/** The most frequent names at each step, and how many sessions reached it. */
export const pathsStatement = (scope: Scope, { relation }: PathMeasure): MeasureStatement => {
  const builder = begin(scope)
  const groups = groupColumns(scope)
  const step = `partition by bucket${groups}, step`
  return {
    ...builder.statement(`select * from (
select bucket${groups}, step, name, count(*) as sessions, sum(count(*)) over (${step}) as reached,
  row_number() over (${step} order by count(*) desc, name) as place
from (
${relation.rows(builder)}
)
group by bucket${groups}, step, name
)
where place <= ${int(MOST_NAMES)}`),
    dimensions: scope.dimensions.length,
    shape: { form: 'paths' },
  }
}
