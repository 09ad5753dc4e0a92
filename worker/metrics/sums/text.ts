import { jsonChunks } from '../../store/chunks'
import type { Cell, Place } from '../compile/statement'
import type { Measure } from '../metric'
import { isMergeable } from '../people'
import type { RolledMeasure } from './measures'

/** Of the groups in one row: D1 takes texts of up to 2 MB. */
const BYTES = 1_500_000

/** Values of people in one entry, which has at most about a hundred characters for each. */
const MOST_PEOPLE = 5_000

/**
 * One group's sums, by measure in the order of `prints`, 0 when all of them are; and its people's values. A group
 * with many people has several entries, of which the first has the sums.
 */
type GroupText = readonly [group: string, sums: readonly (readonly number[] | 0)[], people: readonly PersonText[]]
type PersonText = readonly [measure: number, person: number, values: readonly (number | null)[]]

interface DayText {
  readonly prints: readonly number[]
  readonly groups: readonly GroupText[]
}

/** Without the zeros at the end, which most groups have many of. */
const withoutZeros = <T>(list: readonly T[]): readonly T[] => list.slice(0, list.findLastIndex(one => one !== 0) + 1)

const groupTexts = (measures: readonly RolledMeasure[], group: string, cells: readonly Cell[]): GroupText[] => {
  const sums = measures.map(({ names }, metric) => {
    const own = cells.find(cell => cell.metric === metric && !cell.person)
    const numbers = withoutZeros(names.map(name => own?.sums[name] ?? 0))
    return numbers.length === 0 ? 0 : numbers
  })
  const people = cells.flatMap(({ metric, person }): PersonText[] =>
    person
      ? [[metric, person.person, Object.keys(person.measure.perPerson).map(name => person.values[name] ?? null)]]
      : [],
  )
  const entries: GroupText[] = [[group, withoutZeros(sums), people.slice(0, MOST_PEOPLE)]]
  for (let first = MOST_PEOPLE; first < people.length; first += MOST_PEOPLE) {
    entries.push([group, [], people.slice(first, first + MOST_PEOPLE)])
  }
  return entries
}

/**
 * A day's sums as texts, each small enough for one row.
 * @param cells of one day, by one dimension or none; `metric` is the position in `measures`
 */
export const textsOf = (measures: readonly RolledMeasure[], cells: readonly Cell[]): string[] => {
  const prints = measures.map(({ print }) => print)
  const entries = [...Map.groupBy(cells, ({ dimensions }) => dimensions[0] ?? '')].flatMap(([group, own]) =>
    groupTexts(measures, group, own),
  )
  const rows = entries.length === 0 ? ['[]'] : jsonChunks(entries, BYTES)
  return rows.map(groups => `{"prints":${JSON.stringify(prints)},"groups":${groups}}`)
}

/** The text of one row without some people. */
export const withoutPeople = (text: string, gone: ReadonlySet<number>): string => {
  const { prints, groups } = JSON.parse(text) as DayText
  const rest = groups.map(
    ([group, sums, people]): GroupText => [group, sums, people.filter(([, one]) => !gone.has(one))],
  )
  return JSON.stringify({ prints, groups: rest })
}

/** A day's sums as they are kept. */
export interface DaySums {
  readonly day: number
  readonly prints: ReadonlyMap<number, number>
  readonly groups: readonly GroupText[]
}

/** @param texts of the day's rows, in their order */
export const daySumsOf = (day: number, texts: readonly string[]): DaySums => {
  const parts = texts.map(text => JSON.parse(text) as DayText)
  return {
    day,
    prints: new Map((parts[0]?.prints ?? []).map((print, index) => [print, index])),
    groups: parts.flatMap(({ groups }) => groups),
  }
}

/** A measure that is asked for and kept. */
export interface KeptMeasure extends Place {
  readonly rolled: RolledMeasure
  readonly measure: Measure
}

const sumsCell = (
  { metric, place }: Place,
  { names }: RolledMeasure,
  numbers: readonly number[],
): Pick<Cell, 'sums' | 'metric' | 'place'> => ({
  metric,
  place,
  sums: Object.fromEntries(names.map((name, index) => [name, numbers[index] ?? 0])),
})

type Group = Pick<Cell, 'bucket' | 'dimensions'>

const personCells = (of: Group, people: readonly PersonText[], position: number, asked: KeptMeasure): Cell[] => {
  const { metric, place, measure } = asked
  if (measure.form !== 'sums' || !isMergeable(measure)) return []
  const names = Object.keys(measure.perPerson)
  return people.flatMap(([index, person, values]) => {
    if (index !== position) return []
    const own = Object.fromEntries(names.map((name, at) => [name, values[at] ?? null]))
    return [{ ...of, metric, place, sums: {}, person: { person, measure, values: own } }]
  })
}

const cellsOfGroup = (of: Group, [, sums, people]: GroupText, position: number, asked: KeptMeasure): Cell[] => {
  const numbers = sums[position]
  const found: Cell[] = numbers ? [{ ...of, ...sumsCell(asked, asked.rolled, numbers) }] : []
  return people.length === 0 ? found : [...found, ...personCells(of, people, position, asked)]
}

/** Cells of one day, its number being their bucket. */
export const cellsOfDay = (
  { day, prints, groups }: DaySums,
  asked: readonly KeptMeasure[],
  isGrouped: boolean,
): Cell[] =>
  groups.flatMap(text => {
    const of = { bucket: day, dimensions: isGrouped ? [text[0]] : [] }
    return asked.flatMap(one => {
      const position = prints.get(one.rolled.print)
      return position === undefined ? [] : cellsOfGroup(of, text, position, one)
    })
  })

/** The sums of a day in total by measure; `null` when one of them is not kept. */
export const sumsByMeasure = (
  { prints, groups }: DaySums,
  measures: readonly RolledMeasure[],
): Record<string, number>[] | null => {
  const numbers = groups[0]?.[1] ?? []
  if (!measures.every(({ print }) => prints.has(print))) return null
  return measures.map(({ print, names }) => {
    const own = numbers[prints.get(print) ?? -1] || []
    return Object.fromEntries(names.map((name, index) => [name, own[index] ?? 0]))
  })
}
