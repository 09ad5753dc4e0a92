import type { PersonValue, Sum, SumsMeasure } from '../../metrics/metric'
import { isMergeable, type MergeableMeasure } from '../../metrics/people'
import type { Relation } from '../../relations/relation'
import type { Builder } from '../../relations/sql/builder'
import type { Scope } from '../../relations/sql/scope'
import { type Cell, groupColumns, groupOf, type MeasurePlace, type ResultRow, type Statement } from './statement'

export interface AskedSums extends MeasurePlace {
  readonly measure: SumsMeasure
}

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

/**
 * Columns of one measure: sums, and the values per person they are made of. Their names tell the measure, so that
 * several can share a statement.
 */
const columnsOf = ({ measure }: AskedSums, index: number): { outer: string[]; inner: string[] } => {
  const columnOf = (name: string): string => `${prefixOf(index)}${name}`
  return {
    inner: Object.entries(measure.perPerson ?? {}).map(([name, value]) => `${personSql(value)} as ${columnOf(name)}`),
    outer: Object.entries(measure.sums).map(([name, sum]) => `${sumSql(sum, columnOf)} as m${index}_${name}`),
  }
}

const prefixOf = (index: number): string => `p${index}_`

const number = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value))

const cellsOf = (scope: Scope, asked: readonly AskedSums[], row: ResultRow): Cell[] =>
  asked.map(({ metric, place, measure }, index) => ({
    metric,
    place,
    ...groupOf(scope, row),
    sums: Object.fromEntries(Object.keys(measure.sums).map(name => [name, Number(row[`m${index}_${name}`] ?? 0)])),
  }))

const personCells = (scope: Scope, asked: readonly AskedSums[], row: ResultRow, person: number): Cell[] =>
  asked.flatMap(({ metric, place, measure }, index) =>
    isMergeable(measure)
      ? [
          {
            metric,
            place,
            ...groupOf(scope, row),
            sums: {},
            person: {
              person,
              measure,
              values: Object.fromEntries(
                Object.keys(measure.perPerson).map(name => [name, number(row[`${prefixOf(index)}${name}`])]),
              ),
            },
          },
        ]
      : [],
  )

/** Where everything is one group, the database need not sort for it. */
const groupBy = (scope: Scope, columns: string): string =>
  scope.granularity === null && scope.dimensions.length === 0 ? '' : `\ngroup by ${columns}`

/** Sums of several metrics over one relation. */
export const sumsStatement = (
  scope: Scope,
  builder: Builder,
  asked: readonly AskedSums[],
  relation: Relation,
): Statement => {
  const groups = groupColumns(scope)
  const columns = asked.map(columnsOf)
  const inner = columns.flatMap(one => one.inner)
  const outer = columns.flatMap(one => one.outer)
  const rows = relation.rows(builder)
  const from =
    inner.length > 0
      ? `(\nselect bucket${groups}, person, ${inner.join(', ')}\nfrom (\n${rows}\n)\ngroup by bucket${groups}, person\n)`
      : `(\n${rows}\n)`
  return {
    ...builder.statement(
      `select bucket${groups},\n  ${outer.join(',\n  ')}\nfrom ${from}${groupBy(scope, `bucket${groups}`)}`,
    ),
    cells: found => found.flatMap(row => cellsOf(scope, asked, row)),
  }
}

type AskedPeople = readonly (AskedSums & { readonly measure: MergeableMeasure })[]

/** One row a person and group. */
const eachPerson = (scope: Scope, builder: Builder, asked: AskedPeople, relation: Relation): string => {
  const groups = groupColumns(scope)
  return `select bucket${groups}, person, ${asked
    .map(columnsOf)
    .flatMap(one => one.inner)
    .join(', ')}
from (
${relation.rows(builder)}
)
group by bucket${groups}, person`
}

/**
 * The same with those apart who last longer than a day: one row for each of them, since only with all of their
 * days together they can be counted.
 */
export const lastingStatement = (scope: Scope, builder: Builder, asked: AskedPeople, relation: Relation): Statement => {
  const groups = groupColumns(scope)
  const own = asked.flatMap(({ measure }, index) =>
    Object.keys(measure.perPerson).map(name => `${prefixOf(index)}${name}`),
  )
  const sums = [...asked.map(columnsOf).flatMap(one => one.outer), ...own.map(name => `max(${name}) as ${name}`)]
  return {
    ...builder.statement(`select bucket${groups}, case when person < 0 then person end as lasting,
  ${sums.join(',\n  ')}
from (
${eachPerson(scope, builder, asked, relation)}
)
group by bucket${groups}, case when person < 0 then person end`),
    cells: found =>
      found.flatMap(row =>
        row.lasting === null ? cellsOf(scope, asked, row) : personCells(scope, asked, row, Number(row.lasting)),
      ),
  }
}

/** The same with one row for each person: of a part of a day. */
export const eachStatement = (scope: Scope, builder: Builder, asked: AskedPeople, relation: Relation): Statement => ({
  ...builder.statement(eachPerson(scope, builder, asked, relation)),
  cells: found => found.flatMap(row => personCells(scope, asked, row, Number(row.person))),
})
