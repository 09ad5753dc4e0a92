import { bytesOf, inChunks } from '../storage/chunks'
import type { StoredMeasure } from './storedMeasures'

/** Of the text of one row: D1 takes strings of up to 2 MB. */
export const ROW_BYTES = 1_500_000

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

/** One group of a day, before it shares lists with others. */
export interface RollupEntry {
  readonly group: string
  /** By measure; empty if this entry only has people. */
  readonly sums: readonly (readonly number[])[]
  readonly people: readonly (readonly [measure: number, person: number, values: readonly (number | null)[]])[]
}

/** Without the zeros at the end, of which most lists have many. */
const trimmed = <T>(list: readonly T[], isZero: (one: T) => boolean): readonly T[] =>
  list.slice(0, list.findLastIndex(one => !isZero(one)) + 1)

const columnsOf = (
  entries: readonly RollupEntry[],
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

const peopleOf = (entries: readonly RollupEntry[], measures: readonly StoredMeasure[]): Record<string, string> => {
  const texts = measures.map((): string[] => [])
  for (const [group, { people }] of entries.entries())
    for (const [measure, ...rest] of people) texts[measure]?.push(JSON.stringify([group, ...rest]))
  return Object.fromEntries(
    measures.flatMap(({ key }, index) => {
      const own = texts[index] ?? []
      return own.length > 0 ? [[key, `[${own.join(',')}]`]] : []
    }),
  )
}

const textOf = (
  entries: readonly RollupEntry[],
  measures: readonly StoredMeasure[],
  sums: StoredText['sums'],
): string => {
  const groups = JSON.stringify(entries.map(({ group }) => group))
  const stored: StoredText = { groups, sums, people: peopleOf(entries, measures) }
  return JSON.stringify(stored)
}

/** The text of a row of people alone. It has no sums, because these say which measures a day holds. */
export const textOfPeople = (measures: readonly StoredMeasure[], entries: readonly RollupEntry[]): string =>
  textOf(entries, measures, {})

/** The sums and people of a day as texts that each fit into one row. */
export const textsOfDay = (measures: readonly StoredMeasure[], entries: readonly RollupEntry[]): string[] => {
  const chunks = inChunks(entries, entry => bytesOf(JSON.stringify(entry)), ROW_BYTES)
  return (chunks.length === 0 ? [[]] : chunks).map(chunk => {
    const sums = measures.map((measure, index) => [measure.key, JSON.stringify(columnsOf(chunk, measure, index))])
    return textOf(chunk, measures, Object.fromEntries(sums))
  })
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

/** The rollup of a day, in one or more texts. Measures that were added later have texts of their own. */
export interface DayRollup {
  /** Of the measures it holds. */
  readonly keys: ReadonlySet<string>
  readonly texts: readonly RollupText[]
}

const rollupOf = (texts: readonly RollupText[]): DayRollup => {
  const held = texts.flatMap(({ sums }) => Object.entries(sums)).filter(([, columns]) => columns !== null)
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
