import type { Measure, SumsMeasure } from '../../metrics/metric'
import { isMergeable } from '../../metrics/people'
import type { Relation } from '../../relations/relation'
import type { Builder } from '../../relations/sql/builder'
import type { Scope } from '../../relations/sql/scope'
import { cohortStatement } from './cohort'
import { type BucketOfDay, dailyStatement, windowStatement } from './days'
import { quantileStatement } from './quantile'
import { begin, type MeasurePlace, type Statement } from './statement'
import { type AskedSums, eachStatement, lastingStatement, sumsStatement } from './sums'
import { survivalStatement } from './survival'

/** D1 gives at most 100 columns; some are the group's. */
const MOST_COLUMNS = 90

/** Says a measure in a statement of its own, or among others. */
export type MeasureOf = (terms: Builder) => Measure

/** A measure that is asked for. */
export interface RequestedMeasure extends MeasurePlace {
  readonly measureOf: MeasureOf
}

/** Measures that have a statement to themselves. */
const ownStatement = (scope: Scope, of: MeasurePlace, measure: Measure, bucketOfDay: BucketOfDay): Statement | null => {
  switch (measure.form) {
    case 'quantile':
      return quantileStatement(scope, of, measure)
    case 'survival':
      return survivalStatement(scope, of, measure)
    case 'daily':
      return dailyStatement(scope, of, bucketOfDay)
    case 'window':
      return windowStatement(scope, of, measure)
    case 'cohort':
      return cohortStatement(scope, of, measure)
    default:
      return null
  }
}

/**
 * How measures over people are told: as sums; as sums, but those who last longer than a day one by one, where only a
 * part of the days is asked for; or everybody one by one, where only a part of a day is.
 */
export type PeopleMode = 'sums' | 'lasting' | 'each'

/** A statement, and the measures it answers. */
export interface AskedStatement extends Statement {
  readonly of: readonly MeasurePlace[]
}

/** What is summed over one relation, whose statement is not begun before it is known who shares it. */
interface Shared {
  readonly relation: Relation
  readonly people: PeopleMode
  readonly asked: { readonly one: RequestedMeasure; readonly measure: SumsMeasure }[]
}

/** Sums over one relation, several metrics at once. */
const sharedStatement = (scope: Scope, { relation, people, asked }: Shared): Statement => {
  const builder = begin(scope)
  const sums = asked.flatMap(({ one: { metric, place, measureOf } }): AskedSums[] => {
    const measure = measureOf(builder)
    if (measure.form !== 'sums') return []
    builder.needs(...(measure.columns ?? []))
    return [{ metric, place, measure }]
  })
  if (people === 'sums') return sumsStatement(scope, builder, sums, relation)
  const mergeable = sums.flatMap(({ measure, ...of }) => (isMergeable(measure) ? [{ ...of, measure }] : []))
  const statement = people === 'lasting' ? lastingStatement : eachStatement
  return statement(scope, builder, mergeable, relation)
}

const sharedKey = (relation: string, measure: SumsMeasure, people: PeopleMode): string =>
  `${relation}/${measure.perPerson ? 'person' : ''}/${people}`

/** Sums of one relation stand together, whosever they are. */
const share = (shared: Map<string, Shared>, measure: SumsMeasure, one: RequestedMeasure, mode: PeopleMode): void => {
  const people = isMergeable(measure) ? mode : 'sums'
  const larger = isMergeable(measure) ? (measure.relation.within ?? []) : []
  const keys = [...larger, measure.relation.key].map(relation => sharedKey(relation, measure, people))
  const key = keys.find(known => shared.has(known)) ?? sharedKey(measure.relation.key, measure, people)
  const group = shared.get(key) ?? { relation: measure.relation, people, asked: [] }
  group.asked.push({ one, measure })
  shared.set(key, group)
}

const columnsOf = ({ sums, perPerson }: SumsMeasure): number =>
  Object.keys(sums).length + Object.keys(perPerson ?? {}).length

const sharedStatements = (scope: Scope, { asked, ...rest }: Shared): AskedStatement[] => {
  const parts: Shared['asked'][] = [[]]
  let columns = 0
  for (const one of asked) {
    columns += columnsOf(one.measure)
    if (columns > MOST_COLUMNS) {
      parts.push([])
      columns = columnsOf(one.measure)
    }
    parts.at(-1)?.push(one)
  }
  return parts.map(part => ({
    ...sharedStatement(scope, { ...rest, asked: part }),
    of: part.map(({ one }) => one),
  }))
}

/**
 * Everything that is asked, in as few statements as there are relations.
 * @param people of measures whose people can be put together from parts of the time
 */
export const statements = (
  scope: Scope,
  asked: readonly RequestedMeasure[],
  bucketOfDay: BucketOfDay,
  people: PeopleMode = 'sums',
): AskedStatement[] => {
  const result: AskedStatement[] = []
  const shared = new Map<string, Shared>()
  const plain = begin(scope)
  const sums: { one: RequestedMeasure; measure: SumsMeasure }[] = []
  for (const one of asked) {
    const measure = one.measureOf(plain)
    const own = ownStatement(scope, one, measure, bucketOfDay)
    if (own) result.push({ ...own, of: [one] })
    else if (measure.form === 'sums') sums.push({ one, measure })
  }
  // Relations that can take in what others are asked come first.
  sums.sort((a, b) => Number(a.measure.relation.within !== undefined) - Number(b.measure.relation.within !== undefined))
  for (const { one, measure } of sums) share(shared, measure, one, people)
  return [...result, ...[...shared.values()].flatMap(group => sharedStatements(scope, group))]
}
