import type { PersonValue, Sum, SumsMeasure } from '../../metrics/metric'
import type { MergeableMeasure } from '../../metrics/people'
import type { Relation } from '../../relations/relation'
import type { Builder } from '../../relations/sql/builder'
import type { Scope } from '../../relations/sql/scope'
import { type ColumnNames, groupColumns, type MeasureStatement, type PersonColumns } from './statement'

/** A value per person as SQL. */
export const personSql = (value: PersonValue | string): string =>
  typeof value === 'string' ? value : `${value.merge}(${value.of})`

/** A sum as SQL; squares of whole numbers can be more than 64 bits hold. */
const sumSql = (sum: Sum, columnOf: (name: string) => string): string => {
  if (typeof sum === 'string') return sum
  if (typeof sum === 'function') return sum(columnOf)
  const [first, ...others] = sum.map(columnOf)
  if (first === undefined) return 'count(*)'
  return others.length === 0 ? `sum(${first})` : `sum(1.0 * ${[first, ...others].join(' * ')})`
}

// Columns are named after their measure, so that several measures can share a statement.
const sumColumn = (name: string, index: number): string => `m${index}_${name}`
const personColumn = (name: string, index: number): string => `p${index}_${name}`

const selectPerson = ({ perPerson = {} }: SumsMeasure, index: number): string[] =>
  Object.entries(perPerson).map(([name, value]) => `${personSql(value)} as ${personColumn(name, index)}`)

export const selectSums = ({ sums }: SumsMeasure, index: number): string[] =>
  Object.entries(sums).map(
    ([name, sum]) => `${sumSql(sum, own => personColumn(own, index))} as ${sumColumn(name, index)}`,
  )

export const sumsOf = (measures: readonly SumsMeasure[]): ColumnNames[] =>
  measures.map(({ sums }, index) => Object.fromEntries(Object.keys(sums).map(name => [name, sumColumn(name, index)])))

export const personColumns = (measure: MergeableMeasure, index: number): PersonColumns => ({
  measure,
  columns: Object.fromEntries(Object.keys(measure.perPerson).map(name => [name, personColumn(name, index)])),
})

/** Where everything is one group, the database need not sort for it. */
const groupBy = (scope: Scope, columns: string): string =>
  scope.granularity === null && scope.dimensions.length === 0 ? '' : `\ngroup by ${columns}`

/** Sums of several measures over one relation. */
export const sumsStatement = (
  scope: Scope,
  builder: Builder,
  measures: readonly SumsMeasure[],
  relation: Relation,
): MeasureStatement => {
  const groups = groupColumns(scope)
  const inner = measures.flatMap(selectPerson)
  const outer = measures.flatMap(selectSums)
  const rows = relation.rows(builder)
  const from =
    inner.length > 0
      ? `(\nselect bucket${groups}, person, ${inner.join(', ')}\nfrom (\n${rows}\n)\ngroup by bucket${groups}, person\n)`
      : `(\n${rows}\n)`
  return {
    ...builder.statement(
      `select bucket${groups},\n  ${outer.join(',\n  ')}\nfrom ${from}${groupBy(scope, `bucket${groups}`)}`,
    ),
    dimensions: scope.dimensions.length,
    shape: { form: 'sums', sums: sumsOf(measures) },
  }
}

/** A statement whose measures are over people. */
export type PeopleStatement = (
  scope: Scope,
  builder: Builder,
  measures: readonly MergeableMeasure[],
  relation: Relation,
) => MeasureStatement

/** SQL of one row for each person and group. */
export const selectEach = (...[scope, builder, measures, relation]: Parameters<PeopleStatement>): string => {
  const groups = groupColumns(scope)
  return `select bucket${groups}, person, ${measures.flatMap(selectPerson).join(', ')}
from (
${relation.rows(builder)}
)
group by bucket${groups}, person`
}

/**
 * Sums of the people with a daily id, and a row for each person with a persistent id, who is counted once only when
 * all of that person's days are put together.
 */
export const persistentStatement: PeopleStatement = (scope, builder, measures, relation) => {
  const groups = groupColumns(scope)
  const people = measures.map(personColumns)
  const values = people.flatMap(({ columns }) => Object.values(columns))
  const selected = [...measures.flatMap(selectSums), ...values.map(name => `max(${name}) as ${name}`)]
  return {
    ...builder.statement(`select bucket${groups}, case when person < 0 then person end as lasting,
  ${selected.join(',\n  ')}
from (
${selectEach(scope, builder, measures, relation)}
)
group by bucket${groups}, case when person < 0 then person end`),
    dimensions: scope.dimensions.length,
    shape: { form: 'people', person: 'lasting', people, sums: sumsOf(measures) },
  }
}

/** A row for each person, as a part of a day needs it. */
export const eachPersonStatement: PeopleStatement = (scope, builder, measures, relation) => ({
  ...builder.statement(selectEach(scope, builder, measures, relation)),
  dimensions: scope.dimensions.length,
  shape: { form: 'people', person: 'person', people: measures.map(personColumns), sums: [] },
})
