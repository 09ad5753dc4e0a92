import type { SurvivalMeasure } from '../../metrics/metric'
import type { Scope } from '../../relations/sql/scope'
import { begin, groupColumns, type MeasureStatement } from './statement'

/** How many people arrived after each time, and how many were last seen then; persistent ids only. */
export const survivalStatement = (scope: Scope, { relation }: SurvivalMeasure): MeasureStatement => {
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
    dimensions: scope.dimensions.length,
    shape: { form: 'survival' },
  }
}
