import type { Measure, SumsMeasure } from '../../metrics/metric'
import { isMergeable } from '../../metrics/people'
import type { Relation } from '../../relations/relation'
import type { Scope } from '../../relations/sql/scope'
import type { BucketDays } from './bucketDays'
import { cohortStatement } from './cohortStatement'
import { dailyStatement } from './dailyStatement'
import { type MetricMeasure, measureIn } from './metricMeasure'
import { packedPeopleStatement } from './packedPeopleStatement'
import { pathsStatement } from './pathsStatement'
import { quantileStatement } from './quantileStatement'
import { begin, type MeasureStatement, type Statement } from './statement'
import { eachPersonStatement, type PeopleStatement, persistentStatement, sumsStatement } from './sumsStatement'
import { survivalStatement } from './survivalStatement'
import { windowStatement } from './windowStatement'

/** D1 gives at most 100 columns; some are the group's. */
const MOST_COLUMNS = 90

/**
 * How measures over people are computed:
 * - sums: as sums alone
 * - persistent: with a row for each person with a persistent id, where the statement sees only a part of the days
 * - packed: the same, with these people in JSON texts
 * - each: with a row for each person, where the statement sees only a part of a day
 */
export type PeopleMode = 'sums' | 'persistent' | 'packed' | 'each'

/** The statement of a measure that shares none, `null` for one that does. */
const ownStatement = (scope: Scope, measure: Measure, buckets: readonly BucketDays[]): MeasureStatement | null => {
  switch (measure.form) {
    case 'quantile':
      return quantileStatement(scope, measure)
    case 'survival':
      return survivalStatement(scope, measure)
    case 'paths':
      return pathsStatement(scope, measure)
    case 'daily':
      return dailyStatement(scope, buckets)
    case 'window':
      return windowStatement(scope, measure)
    case 'cohort':
      return cohortStatement(scope, measure)
    default:
      return null
  }
}

/** A measure of a list that is summed over rows. */
interface Summed {
  /** In the list. */
  readonly index: number
  readonly requested: MetricMeasure
  readonly measure: SumsMeasure
}

/** Measures that share one statement over a relation. */
interface Shared {
  readonly relation: Relation
  readonly people: PeopleMode
  readonly summed: Summed[]
}

const PEOPLE_STATEMENTS: Readonly<Record<Exclude<PeopleMode, 'sums'>, PeopleStatement>> = {
  persistent: persistentStatement,
  packed: packedPeopleStatement,
  each: eachPersonStatement,
}

/** Sums of several measures over one relation; each says itself in the terms of their statement. */
const sharedStatement = (scope: Scope, { relation, people, summed }: Shared): Statement => {
  const builder = begin(scope)
  const measures = summed.map(({ requested }) => measureIn(requested, builder) as SumsMeasure)
  builder.needs(...measures.flatMap(({ columns = [] }) => columns))
  const indexes = summed.map(({ index }) => index)
  if (people === 'sums') return { ...sumsStatement(scope, builder, measures, relation), measures: indexes }
  return { ...PEOPLE_STATEMENTS[people](scope, builder, measures.filter(isMergeable), relation), measures: indexes }
}

const sharedKey = (relation: string, measure: SumsMeasure, people: PeopleMode): string =>
  `${relation}/${measure.perPerson ? 'person' : ''}/${people}`

/** Adds a measure to those that are summed over the same relation. */
const share = (shared: Map<string, Shared>, summed: Summed, mode: PeopleMode): void => {
  const { measure } = summed
  const people = isMergeable(measure) ? mode : 'sums'
  const larger = isMergeable(measure) ? (measure.relation.within ?? []) : []
  const keys = [...larger, ...(measure.relation.extendedBy ?? []), measure.relation.key].map(relation =>
    sharedKey(relation, measure, people),
  )
  const key = keys.find(one => shared.has(one)) ?? sharedKey(measure.relation.key, measure, people)
  const group = shared.get(key) ?? { relation: measure.relation, people, summed: [] }
  group.summed.push(summed)
  shared.set(key, group)
}

const isContained = ({ within, extendedBy }: Relation): boolean => within !== undefined || extendedBy !== undefined

const columnsOf = ({ sums, perPerson }: SumsMeasure): number =>
  Object.keys(sums).length + Object.keys(perPerson ?? {}).length

const sharedStatements = (scope: Scope, { summed, ...rest }: Shared): Statement[] => {
  const parts: Summed[][] = [[]]
  let columns = 0
  for (const one of summed) {
    columns += columnsOf(one.measure)
    if (columns > MOST_COLUMNS) {
      parts.push([])
      columns = columnsOf(one.measure)
    }
    parts.at(-1)?.push(one)
  }
  return parts.map(part => sharedStatement(scope, { ...rest, summed: part }))
}

/** Adds the statement of a measure. An equal one, as of two metrics of the last 30 days, runs once for both. */
const addOwn = (statements: Statement[], own: MeasureStatement, index: number): void => {
  const { sql, values, shape } = own
  const at = statements.findIndex(one => one.sql === sql && JSON.stringify(one.values) === JSON.stringify(values))
  const same = statements[at]
  if (same?.shape.form === 'sums' && shape.form === 'sums') {
    const sums = [...same.shape.sums, ...shape.sums]
    statements[at] = { ...same, measures: [...same.measures, index], shape: { form: 'sums', sums } }
  } else statements.push({ ...own, measures: [index] })
}

/**
 * Compiles measures into as few statements as they read relations.
 * @param buckets by which distinct visitors of days are added up; none where everything is in one bucket
 */
export const compileMeasures = (
  scope: Scope,
  measures: readonly MetricMeasure[],
  buckets: readonly BucketDays[] = [],
  people: PeopleMode = 'sums',
): Statement[] => {
  const result: Statement[] = []
  const all: Summed[] = []
  const plain = begin(scope)
  for (const [index, requested] of measures.entries()) {
    const measure = measureIn(requested, plain)
    const own = ownStatement(scope, measure, buckets)
    if (own) addOwn(result, own, index)
    else if (measure.form === 'sums') all.push({ index, requested, measure })
  }
  // Relations whose rows hold those of others come first.
  all.sort((a, b) => Number(isContained(a.measure.relation)) - Number(isContained(b.measure.relation)))
  const shared = new Map<string, Shared>()
  for (const summed of all) share(shared, summed, people)
  return [...result, ...[...shared.values()].flatMap(group => sharedStatements(scope, group))]
}
