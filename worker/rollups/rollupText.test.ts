import { expect, test } from 'vitest'
import { metricOf } from '../metrics/definitions'
import type { Metric } from '../metrics/metric'
import { type MergeableMeasure, most } from '../metrics/people'
import type { Cell } from '../query/execute/cell'
import { readRollupSegment } from '../query/execute/readRollupSegment'
import type { RollupSegment } from '../query/plan/segment'
import { ACTIVITY } from '../relations/activity'
import { DayGatherer, rollupTextsOf } from './dayGatherer'
import { rollupsByDay } from './rollupText'
import type { StoredMeasure } from './storedMeasures'

const DAY = 20_000
const MOST_BYTES = 2_000_000

const visitors: MergeableMeasure = {
  form: 'sums',
  relation: ACTIVITY,
  perPerson: { active: most('active'), open: most('open') },
  sums: { count: ['active'], pending: ['open'] },
}

const stored: StoredMeasure = {
  metric: metricOf('visitors') as Metric,
  args: {},
  index: 0,
  key: 'visitors/v1',
  names: Object.keys(visitors.sums),
  isOfPeople: true,
  isOfSessions: false,
  isOfActivity: true,
  isOfEvents: false,
}

const sums = (group: string, count: number): Cell => ({
  measure: 0,
  bucket: DAY,
  dimensions: [group],
  sums: { count, pending: 0 },
})

const people = (group: string, count: number): Cell[] =>
  Array.from({ length: count }, (_, index) => ({
    measure: 0,
    bucket: DAY,
    dimensions: [group],
    sums: {},
    person: { person: -(2 ** 52) - index, measure: visitors, values: { active: 1, open: null } },
  }))

const textsOf = (cells: readonly Cell[]): string[] => {
  const gatherer = new DayGatherer([stored])
  for (const { person, measure, dimensions, sums } of cells)
    if (!person) gatherer.addSums(dimensions[0] ?? '', measure, sums)
  const groups = Map.groupBy(
    cells.filter(({ person }) => person),
    ({ dimensions }) => dimensions[0] ?? '',
  )
  const full = [...groups].flatMap(([group, own]) => [
    ...gatherer.addPeople(
      group,
      [0],
      own.map(({ person }) => [Number(person?.person), [[1, null]]]),
    ),
  ])
  return [...full, ...gatherer.texts()]
}

const bytes = (text: string): number => new TextEncoder().encode(text).length

const segmentOf = (rollups: RollupSegment['rollups']): RollupSegment => ({
  source: 'rollup',
  measures: [{ ...stored, position: 0, stored, measure: visitors }],
  bucket: DAY,
  isGrouped: true,
  groups: null,
  kind: 'daily',
  times: [DAY],
  rollups,
})

const reread = (texts: readonly string[]): Cell[] => {
  const days = rollupsByDay(texts.map(cells => ({ day: DAY, cells })))
  return readRollupSegment(segmentOf([...days.values()])).map(({ position, index: _, ...result }) => ({
    ...result,
    measure: position,
  }))
}

const keyOf = ({ dimensions, person }: Cell): string => `${dimensions[0]} ${person?.person ?? ''}`

const sorted = (cells: readonly Cell[]): Cell[] => [...cells].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

test('an empty day is one string', () => {
  const texts = rollupTextsOf([stored], [])
  expect(texts).toHaveLength(1)
  expect(reread(texts)).toEqual([])
})

test("a day's rollup reads as it was written, in any number of rows, each within the row limit", () => {
  const long = '多'.repeat(500)
  const cells = [
    ...Array.from({ length: 3_000 }, (_, index) => sums(`/${long}${index}`, index + 1)),
    sums('/busy', 9),
    ...people('/busy', 120_000),
    sums('/last', 4),
    ...people('/last', 2),
  ]
  const texts = textsOf(cells)
  expect(texts.length).toBeGreaterThan(4)
  expect(Math.max(...texts.map(bytes))).toBeLessThan(MOST_BYTES)
  expect(sorted(reread(texts))).toEqual(sorted(cells))
})

test('days of the same groups name them once, in any order of arrival', () => {
  const days = [
    [sums('/a', 1), sums('/b', 2)],
    [sums('/b', 3), sums('/a', 4)],
    [sums('/a', 5), sums('/c', 6)],
  ]
  const texts = days.map(cells => rollupTextsOf([stored], cells)[0] ?? '')
  const groups = texts.map(text => JSON.parse(text).groups)
  expect(groups[1]).toBe(groups[0])
  const rows = texts.map((cells, day) => ({ day, cells }))
  const read = rows.map(({ day, cells }) => ({
    day,
    cells: day === 1 ? JSON.stringify({ ...JSON.parse(cells), groups: null }) : cells,
  }))
  expect(rollupsByDay(read)).toEqual(rollupsByDay(rows))
  const results = readRollupSegment(segmentOf([...rollupsByDay(read).values()]))
  expect(results.map(({ dimensions, sums }) => [dimensions[0], sums.count])).toEqual([
    ['/a', 10],
    ['/b', 5],
    ['/c', 6],
  ])
})
