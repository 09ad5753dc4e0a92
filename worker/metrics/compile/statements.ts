import type { Measure, SumsMeasure } from '../metric'
import type { Builder, Scope } from './builder'
import { cohortStatement } from './cohort'
import { type BucketOfDay, dailyStatement, windowStatement } from './days'
import { quantileStatement } from './quantile'
import type { Relation } from './relation'
import { begin, type Statement } from './statement'
import { sumsStatement } from './sums'
import { survivalStatement } from './survival'

/** D1 gives at most 100 columns. */
const METRICS_PER_STATEMENT = 10

/** Measures that have a statement to themselves. */
const ownStatement = (scope: Scope, metric: number, measure: Measure, bucketOfDay: BucketOfDay): Statement | null => {
  switch (measure.form) {
    case 'quantile':
      return quantileStatement(scope, metric, measure)
    case 'survival':
      return survivalStatement(scope, metric, measure)
    case 'daily':
      return dailyStatement(scope, metric, bucketOfDay)
    case 'window':
      return windowStatement(scope, metric, measure)
    case 'cohort':
      return cohortStatement(scope, metric, measure)
    default:
      return null
  }
}

type MeasureOf = (terms: Builder) => Measure | readonly Measure[]

const listOf = (measures: Measure | readonly Measure[]): readonly Measure[] =>
  Array.isArray(measures) ? measures : [measures as Measure]

/** What is summed over one relation, whose statement is not begun before it is known who shares it. */
interface Shared {
  readonly relation: Relation
  readonly asked: { readonly metric: number; readonly place: number; readonly measureOf: MeasureOf }[]
}

/** Sums over one relation, several metrics at once. */
const sharedStatement = (scope: Scope, relation: Relation, asked: Shared['asked']): Statement => {
  const builder = begin(scope)
  const sums = asked.flatMap(({ metric, place, measureOf }) => {
    const measure = listOf(measureOf(builder))[place]
    return measure?.form === 'sums' ? [{ metric, measure }] : []
  })
  return sumsStatement(scope, builder, sums, relation)
}

/** Sums of one relation stand together, whosever they are. */
const share = (shared: Map<string, Shared>, measure: SumsMeasure, asked: Shared['asked'][number]): void => {
  const key = `${measure.relation.key}/${measure.perPerson ? 'person' : ''}`
  const group = shared.get(key) ?? { relation: measure.relation, asked: [] }
  group.asked.push(asked)
  shared.set(key, group)
}

const sharedStatements = (scope: Scope, { relation, asked }: Shared): Statement[] =>
  Array.from({ length: Math.ceil(asked.length / METRICS_PER_STATEMENT) }, (_, part) =>
    sharedStatement(scope, relation, asked.slice(part * METRICS_PER_STATEMENT, (part + 1) * METRICS_PER_STATEMENT)),
  )

/** Everything a question asks, in as few statements as there are relations. */
export const statements = (scope: Scope, measures: readonly MeasureOf[], bucketOfDay: BucketOfDay): Statement[] => {
  const result: Statement[] = []
  const shared = new Map<string, Shared>()
  const plain = begin(scope)
  for (const [metric, measureOf] of measures.entries()) {
    for (const [place, measure] of listOf(measureOf(plain)).entries()) {
      const own = ownStatement(scope, metric, measure, bucketOfDay)
      if (own) result.push(own)
      else if (measure.form === 'sums') share(shared, measure, { metric, place, measureOf })
    }
  }
  return [...result, ...[...shared.values()].flatMap(group => sharedStatements(scope, group))]
}
