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

/** Days that fall into one row of an answer. */
export interface KeptBucket {
  readonly bucket: number
  readonly days: readonly DaySums[]
}

/** The numbers of one measure in one group, added up. */
const addTo = (total: number[], numbers: readonly number[] | 0 | undefined): void => {
  if (!numbers) return
  for (const [index, number] of numbers.entries()) total[index] = (total[index] ?? 0) + number
}

const positionsIn = ({ prints }: DaySums, asked: readonly KeptMeasure[]): number[] =>
  asked.map(({ rolled }) => prints.get(rolled.print) ?? -1)

/** By group, the numbers of each measure over all of the days: there can be thousands of groups each day. */
const totalsOf = (days: readonly DaySums[], asked: readonly KeptMeasure[]): Map<string, number[][]> => {
  const totals = new Map<string, number[][]>()
  for (const day of days) {
    const positions = positionsIn(day, asked)
    for (const [group, sums] of day.groups) {
      const own = totals.get(group) ?? asked.map(() => [])
      totals.set(group, own)
      for (const [index, position] of positions.entries()) addTo(own[index] as number[], sums[position])
    }
  }
  return totals
}

const sumsCells = (of: Group, own: readonly number[][], asked: readonly KeptMeasure[]): Cell[] =>
  asked.flatMap((one, index) => {
    const numbers = own[index] ?? []
    return numbers.length === 0 ? [] : [{ ...of, ...sumsCell(one, one.rolled, numbers) }]
  })

/** Cells of days: sums of each group, then what each of its people adds. */
export const cellsOfDays = (
  { bucket, days }: KeptBucket,
  asked: readonly KeptMeasure[],
  isGrouped: boolean,
): Cell[] => {
  const of = (group: string): Group => ({ bucket, dimensions: isGrouped ? [group] : [] })
  const people = days.flatMap(day => {
    const positions = positionsIn(day, asked)
    return day.groups
      .filter(([, , own]) => own.length > 0)
      .flatMap(([group, , own]) =>
        asked.flatMap((one, index) => personCells(of(group), own, positions[index] ?? -1, one)),
      )
  })
  return [...[...totalsOf(days, asked)].flatMap(([group, own]) => sumsCells(of(group), own, asked)), ...people]
}

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
