import { ACTIVITY } from '../../relations/activity'
import type { Scope } from '../../relations/sql/scope'
import type { BucketDays } from './bucketDays'
import { begin, groupColumns, type MeasureStatement } from './statement'

/** Distinct visitors of each day, to be added up by bucket. */
export const dailyStatement = (scope: Scope, buckets: readonly BucketDays[]): MeasureStatement => {
  const builder = begin({ ...scope, granularity: 'day' })
  const groups = groupColumns(scope)
  const rows = ACTIVITY.rows(builder)
  return {
    ...builder.statement(
      `select bucket${groups}, count(distinct person) as visitors\nfrom (\n${rows}\n)\ngroup by bucket${groups}`,
    ),
    dimensions: scope.dimensions.length,
    shape: { form: 'daily', buckets },
  }
}
