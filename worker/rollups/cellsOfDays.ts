import type { Measure } from '../metrics/metric'
import { isMergeable } from '../metrics/people'
import type { Cell, MeasurePlace } from '../query/compile/statement'
import type { DayRollup, RollupText } from './rollupText'
import type { StoredMeasure } from './storedMeasures'

/** A measure that is asked for and kept. */
export interface CoveredMeasure extends MeasurePlace {
  readonly rolled: StoredMeasure
  readonly measure: Measure
}

/** Days that fall into one row of an answer. */
export interface CoveredBucket {
  readonly bucket: number
  readonly days: readonly DayRollup[]
}

type Group = Pick<Cell, 'bucket' | 'dimensions'>

/** What a measure's sums add up to, by name and group; a group that has nothing is missing. */
type Totals = readonly (number | undefined)[][]

const addTo = (totals: Totals, columns: readonly (readonly number[])[], places: readonly number[]): void => {
  for (const [name, column] of columns.entries()) {
    const total = totals[name] ?? []
    for (const [index, number] of column.entries()) {
      const place = places[index] ?? 0
      if (number !== 0) total[place] = (total[place] ?? 0) + number
    }
  }
}

/** Finds each group's place among all of them, once for days of the same groups: there can be thousands each day. */
const placing = (groups: Map<string, number>) => {
  const known = new Map<readonly string[], readonly number[]>()
  const placeOf = (group: string): number => {
    const place = groups.get(group) ?? groups.size
    groups.set(group, place)
    return place
  }
  return (own: readonly string[]): readonly number[] => {
    const places = known.get(own) ?? own.map(placeOf)
    known.set(own, places)
    return places
  }
}

const sumsCells = (
  days: readonly DayRollup[],
  asked: readonly CoveredMeasure[],
  of: (group: string) => Group,
): Cell[] => {
  const groups = new Map<string, number>()
  const placesOf = placing(groups)
  const all = asked.map(({ rolled }): Totals => rolled.names.map(() => []))
  for (const text of days.flatMap(({ texts }) => texts)) {
    const places = placesOf(text.groups)
    for (const [index, { rolled }] of asked.entries()) addTo(all[index] ?? [], text.sums[rolled.key] ?? [], places)
  }
  return [...groups].flatMap(([group, place]) =>
    asked.flatMap(({ metric, place: own, rolled }, index): Cell[] => {
      const totals = all[index] ?? []
      if (totals.every(total => total[place] === undefined)) return []
      const sums = Object.fromEntries(rolled.names.map((name, at) => [name, totals[at]?.[place] ?? 0]))
      return [{ ...of(group), metric, place: own, sums }]
    }),
  )
}

const peopleCells = ({ groups, people }: RollupText, asked: CoveredMeasure, of: (group: string) => Group): Cell[] => {
  const { metric, place, measure, rolled } = asked
  if (measure.form !== 'sums' || !isMergeable(measure)) return []
  const names = Object.keys(measure.perPerson)
  return (people[rolled.key] ?? []).map(([group, person, values]) => {
    const own = Object.fromEntries(names.map((name, at) => [name, values[at] ?? null]))
    return { ...of(groups[group] ?? ''), metric, place, sums: {}, person: { person, measure, values: own } }
  })
}

/** Cells of days: sums of each group, then what each of its people adds. */
export const cellsOfDays = (
  { bucket, days }: CoveredBucket,
  asked: readonly CoveredMeasure[],
  isGrouped: boolean,
): Cell[] => {
  const of = (group: string): Group => ({ bucket, dimensions: isGrouped ? [group] : [] })
  const people = days.flatMap(({ texts }) => texts.flatMap(text => asked.flatMap(one => peopleCells(text, one, of))))
  return [...sumsCells(days, asked, of), ...people]
}

/** The sums of a day in total by measure; `null` when one of them is not kept. */
export const sumsByMeasure = (
  { keys, texts }: DayRollup,
  measures: readonly StoredMeasure[],
): Record<string, number>[] | null => {
  if (!measures.every(({ key }) => keys.has(key))) return null
  return measures.map(({ key, names }) => {
    const columns = texts[0]?.sums[key] ?? []
    return Object.fromEntries(names.map((name, index) => [name, columns[index]?.[0] ?? 0]))
  })
}
