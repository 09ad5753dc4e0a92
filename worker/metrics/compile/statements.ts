import type { Measure } from '../metric'
import type { Builder, Scope } from './builder'
import { cohortStatement } from './cohort'
import { type BucketEnds, type BucketOfDay, dailyStatement, windowStatement } from './days'
import { quantileStatement } from './quantile'
import type { RelationName } from './relations'
import { begin, type Statement } from './statement'
import { sumsStatement } from './sums'

/** D1 gives at most 100 columns. */
const METRICS_PER_STATEMENT = 10

/** Measures that have a statement to themselves. */
const ownStatement = (
  scope: Scope,
  metric: number,
  measure: Measure,
  bucketOfDay: BucketOfDay,
  ends: BucketEnds,
): Statement | null => {
  switch (measure.form) {
    case 'quantile':
      return quantileStatement(scope, metric, measure.column)
    case 'daily':
      return dailyStatement(scope, metric, bucketOfDay)
    case 'window':
      return windowStatement(scope, metric, measure, ends)
    case 'cohort':
      return cohortStatement(scope, metric, measure)
    default:
      return null
  }
}

type MeasureOf = (terms: Builder) => Measure

/** Sums over one relation, several metrics at once. */
const sharedStatement = (
  scope: Scope,
  relation: RelationName,
  metrics: readonly (readonly [number, MeasureOf])[],
): Statement => {
  const builder = begin(scope)
  const asked = metrics.flatMap(([metric, measureOf]) => {
    const measure = measureOf(builder)
    return measure.form === 'sums' ? [{ metric, measure }] : []
  })
  return sumsStatement(scope, builder, asked, relation)
}

/** Everything a question asks, in as few statements as there are relations. */
export const statements = (
  scope: Scope,
  measures: readonly MeasureOf[],
  bucketOfDay: BucketOfDay,
  ends: BucketEnds,
): Statement[] => {
  const result: Statement[] = []
  const shared = new Map<string, { relation: RelationName; metrics: [number, MeasureOf][] }>()
  const plain = begin(scope)
  for (const [metric, measureOf] of measures.entries()) {
    const measure = measureOf(plain)
    const own = ownStatement(scope, metric, measure, bucketOfDay, ends)
    if (own) result.push(own)
    if (measure.form !== 'sums') continue
    const key = `${measure.relation}/${measure.perPerson ? 'person' : ''}`
    const group = shared.get(key) ?? { relation: measure.relation, metrics: [] }
    group.metrics.push([metric, measureOf])
    shared.set(key, group)
  }
  for (const { relation, metrics } of shared.values()) {
    for (let start = 0; start < metrics.length; start += METRICS_PER_STATEMENT) {
      result.push(sharedStatement(scope, relation, metrics.slice(start, start + METRICS_PER_STATEMENT)))
    }
  }
  return result
}
