import type { Sums } from '../../metrics/metric'
import type { PersonValues } from '../../metrics/people'
import { type BucketDays, bucketOf } from '../compile/bucketDays'
import type { ColumnNames, PersonColumns, ResultShape, Statement } from '../compile/statement'
import type { Cell, ResultRow } from './cell'
import { pathSums } from './pathSums'
import { quantileSums } from './quantileSums'
import { survivalSums } from './survivalSums'

type Group = Pick<Cell, 'bucket' | 'dimensions'>

export const groupOf = (row: ResultRow, dimensions: number): Group => ({
  bucket: Number(row.bucket ?? 0),
  dimensions: Array.from({ length: dimensions }, (_, index) => String(row[`d${index}`])),
})

const numberIn = (row: ResultRow, column: string): number | null => {
  const value = row[column]
  return value === null || value === undefined ? null : Number(value)
}

const readSums = (row: ResultRow, columns: ColumnNames): Sums =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, numberIn(row, column) ?? 0]))

const readPerson = (row: ResultRow, { columns }: PersonColumns): PersonValues =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, numberIn(row, column)]))

const sumsCells = (row: ResultRow, sums: readonly ColumnNames[], dimensions: number): Cell[] => {
  const group = groupOf(row, dimensions)
  return sums.map((columns, measure) => ({ ...group, measure, sums: readSums(row, columns) }))
}

const personCells = (row: ResultRow, people: readonly PersonColumns[], person: number, dimensions: number): Cell[] => {
  const group = groupOf(row, dimensions)
  return people.map((own, measure) => ({
    ...group,
    measure,
    sums: {},
    person: { person, measure: own.measure, values: readPerson(row, own) },
  }))
}

type GroupsShape = Extract<ResultShape, { form: 'active_groups' }>

const activeCells = (row: ResultRow, { closed, open }: GroupsShape, dimensions: number): Cell[] => {
  const id = numberIn(row, 'id')
  const cells = (people: readonly PersonColumns[], isOpen: boolean): Cell[] =>
    personCells(row, people, 0, dimensions).map(cell => ({ ...cell, active: { id, isOpen } }))
  return [...cells(closed, false), ...cells(open, true)]
}

type PeopleShape = Extract<ResultShape, { form: 'people' }>

const peopleCells = (row: ResultRow, { person: column, people, sums }: PeopleShape, dimensions: number): Cell[] => {
  const person = numberIn(row, column)
  return person === null ? sumsCells(row, sums, dimensions) : personCells(row, people, person, dimensions)
}

const inBucket = (group: Group, buckets: readonly BucketDays[]): Group => ({
  ...group,
  bucket: bucketOf(buckets, group.bucket),
})

/** Gives the rows of each group one cell. */
const byGroup = (
  rows: readonly ResultRow[],
  group: (row: ResultRow) => Group,
  sums: (rows: readonly ResultRow[]) => Sums,
): Cell[] =>
  [...Map.groupBy(rows, row => JSON.stringify(group(row))).values()].map(own => ({
    ...group(own[0] as ResultRow),
    measure: 0,
    sums: sums(own),
  }))

/** Visitors of days, and squares of them. */
const dailySums = (rows: readonly ResultRow[]): Sums => {
  const visitors = rows.map(row => Number(row.visitors))
  const add = (total: number, one: number): number => total + one
  return { x: visitors.reduce(add, 0), xx: visitors.map(count => count ** 2).reduce(add, 0) }
}

/** Cells whose `measure` is a position in the statement. */
const cellsIn = ({ shape, dimensions }: Statement, rows: readonly ResultRow[]): Cell[] => {
  const group = (row: ResultRow): Group => groupOf(row, dimensions)
  switch (shape.form) {
    case 'sums':
      return rows.flatMap(row => sumsCells(row, shape.sums, dimensions))
    case 'people':
      return rows.flatMap(row => peopleCells(row, shape, dimensions))
    case 'packed_people':
      return rows.flatMap(row => (row.slice === null ? sumsCells(row, shape.sums, dimensions) : []))
    case 'one_person':
      return rows.flatMap(row => personCells(row, shape.people, 0, dimensions))
    case 'active_groups':
      return rows.flatMap(row => activeCells(row, shape, dimensions))
    case 'daily':
      return byGroup(rows, row => inBucket(group(row), shape.buckets), dailySums)
    case 'quantile':
      return byGroup(rows, group, ofGroup => quantileSums(ofGroup, shape.share))
    case 'paths':
      return byGroup(rows, group, pathSums)
    case 'survival':
      return byGroup(rows, group, survivalSums)
  }
}

/** The cells that the rows of a statement hold. */
export const readRows = (statement: Statement, rows: readonly ResultRow[]): Cell[] =>
  cellsIn(statement, rows).map(cell => ({ ...cell, measure: statement.measures[cell.measure] as number }))
