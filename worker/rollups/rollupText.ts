import type { Cell } from '../query/execute/cell'
import { bytesOf, inChunks } from '../storage/chunks'
import type { StoredMeasure } from './storedMeasures'

/** Of the text of one row: D1 takes strings of up to 2 MB. */
const BYTES = 1_500_000

/** Values of people in one entry, which has at most about a hundred characters for each. */
const MOST_PEOPLE = 5_000

/** What is known of one person: the index of the group, and the values of the measure. */
export type PersonText = readonly [group: number, person: number, values: readonly (number | null)[]]

type Columns = readonly (readonly number[])[]

/**
 * Groups and, by the key of a measure, their totals: a list for each of its sums, in the order of the groups, without
 * the zeros at its end; `null` for a measure that is not stored. A group with many people is listed several times.
 */
export interface RollupText {
  readonly groups: readonly string[]
  readonly sums: Readonly<Record<string, Columns | null>>
  readonly people: Readonly<Record<string, readonly PersonText[] | null>>
}

/**
 * The same as stored, each part a JSON text of its own: the database finds the measures of a query without reading the
 * numbers of others. It gives `null` for groups that equal those of the row before.
 */
interface StoredText {
  readonly groups: string | null
  readonly sums: Readonly<Record<string, string | null>>
  readonly people: Readonly<Record<string, string | null>>
}

/** One group, before it shares lists with others. */
interface Entry {
  readonly group: string
  readonly sums: readonly (readonly number[])[]
  /** By measure. */
  readonly people: readonly (readonly [measure: number, person: number, values: readonly (number | null)[]])[]
}

/** Without the zeros at the end, of which most lists have many. */
const trimmed = <T>(list: readonly T[], isZero: (one: T) => boolean): readonly T[] =>
  list.slice(0, list.findLastIndex(one => !isZero(one)) + 1)

const entriesOf = (measures: readonly StoredMeasure[], group: string, cells: readonly Cell[]): Entry[] => {
  const sums = measures.map(({ names }, index) => {
    const own = cells.find(({ measure, person }) => measure === index && !person)
    return names.map(name => own?.sums[name] ?? 0)
  })
  const people = cells.flatMap(({ measure, person }): Entry['people'] =>
    person
      ? [[measure, person.person, Object.keys(person.measure.perPerson).map(name => person.values[name] ?? null)]]
      : [],
  )
  const entries: Entry[] = [{ group, sums, people: people.slice(0, MOST_PEOPLE) }]
  for (let first = MOST_PEOPLE; first < people.length; first += MOST_PEOPLE) {
    entries.push({ group, sums: [], people: people.slice(first, first + MOST_PEOPLE) })
  }
  return entries
}

const columnsOf = (
  entries: readonly Entry[],
  { names }: StoredMeasure,
  index: number,
): readonly (readonly number[])[] =>
  trimmed(
    names.map((_, name) =>
      trimmed(
        entries.map(({ sums }) => sums[index]?.[name] ?? 0),
        number => number === 0,
      ),
    ),
    column => column.length === 0,
  )

const textOf = (measures: readonly StoredMeasure[], entries: readonly Entry[]): string => {
  const people = Map.groupBy(
    entries.flatMap(({ people }, group) => people.map(([measure, ...rest]) => ({ measure, text: [group, ...rest] }))),
    ({ measure }) => measure,
  )
  const text = ({ key }: StoredMeasure, part: unknown): [string, string] => [key, JSON.stringify(part)]
  const peopleText = (measure: StoredMeasure, index: number): [string, string][] => {
    const own = people.get(index)
    return own
      ? [
          text(
            measure,
            own.map(({ text }) => text),
          ),
        ]
      : []
  }
  const stored: StoredText = {
    groups: JSON.stringify(entries.map(({ group }) => group)),
    sums: Object.fromEntries(measures.map((measure, index) => text(measure, columnsOf(entries, measure, index)))),
    people: Object.fromEntries(measures.flatMap(peopleText)),
  }
  return JSON.stringify(stored)
}

/**
 * The totals of a day as texts, each small enough for one row.
 * @param cells of one day, by one dimension or none
 */
export const rollupTextsOf = (measures: readonly StoredMeasure[], cells: readonly Cell[]): string[] => {
  const groups = [...Map.groupBy(cells, ({ dimensions }) => dimensions[0] ?? '')]
  // Sorted, so that days with the same groups have the same list of them.
  groups.sort(([one], [other]) => (one < other ? -1 : 1))
  const entries = groups.flatMap(([group, own]) => entriesOf(measures, group, own))
  const chunks = inChunks(entries, entry => bytesOf(JSON.stringify(entry)), BYTES)
  return (chunks.length === 0 ? [[]] : chunks).map(chunk => textOf(measures, chunk))
}

const mapValues = <T, U>(object: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))

/** The text of one row without some people. */
export const withoutPeople = (text: string, erased: ReadonlySet<number>): string => {
  const { people, ...rest } = JSON.parse(text) as StoredText
  const left = (own: string | null): string =>
    JSON.stringify((JSON.parse(own ?? '[]') as PersonText[]).filter(([, one]) => !erased.has(one)))
  return JSON.stringify({ ...rest, people: mapValues(people, left) })
}

/** @param before groups of the row before */
const read = (text: string, before: readonly string[]): RollupText => {
  const { groups, sums, people } = JSON.parse(text) as StoredText
  const part = (own: string | null) => (own === null ? null : JSON.parse(own))
  return {
    groups: groups === null ? before : JSON.parse(groups),
    sums: mapValues(sums, part),
    people: mapValues(people, part),
  }
}

/** The rollup of a day. */
export interface DayRollup {
  /** Of the measures it holds. */
  readonly keys: ReadonlySet<string>
  readonly texts: readonly RollupText[]
}

const rollupOf = (texts: readonly RollupText[]): DayRollup => {
  const held = Object.entries(texts[0]?.sums ?? {}).filter(([, columns]) => columns !== null)
  return { keys: new Set(held.map(([key]) => key)), texts }
}

/** @param text of a row by itself */
export const dayRollupOf = (text: string): DayRollup => rollupOf([read(text, [])])

/** A row of a day, as read. */
export interface RollupRow {
  readonly day: number
  readonly cells: string
}

/** @param rows in their order */
export const rollupsByDay = (rows: readonly RollupRow[]): Map<number, DayRollup> => {
  let groups: readonly string[] = []
  const all = rows.map(({ day, cells }) => {
    const text = read(cells, groups)
    groups = text.groups
    return { day, text }
  })
  const days = Map.groupBy(all, ({ day }) => day)
  return new Map([...days].map(([day, own]) => [day, rollupOf(own.map(({ text }) => text))]))
}
