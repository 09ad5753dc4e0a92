import { isMergeable } from '../../metrics/people'
import type { RollupText } from '../../rollups/rollupText'
import type { CoveredMeasure, RollupSegment } from '../plan/segment'
import type { PartialResult } from './partialResult'

/** The total of each sum of a measure, by group; groups in which it is zero are missing. */
type Totals = readonly (number | undefined)[][]

const addTo = (totals: Totals, columns: readonly (readonly number[])[], indexes: readonly number[]): void => {
  for (const [name, column] of columns.entries()) {
    const total = totals[name] ?? []
    for (const [at, number] of column.entries()) {
      const index = indexes[at] ?? LEFT_OUT
      if (number !== 0 && index !== LEFT_OUT) total[index] = (total[index] ?? 0) + number
    }
  }
}

/** The number of a group that is not added up. */
const LEFT_OUT = -1

const isWanted = ({ groups }: RollupSegment, group: string): boolean => groups?.includes(group) ?? true

/** Numbers groups; days that share a list of groups, which can be thousands, look each of them up once. */
const numberGroups = (segment: RollupSegment, numbers: Map<string, number>) => {
  const memoized = new Map<readonly string[], readonly number[]>()
  const numberOf = (group: string): number => {
    if (!isWanted(segment, group)) return LEFT_OUT
    const number = numbers.get(group) ?? numbers.size
    numbers.set(group, number)
    return number
  }
  return (groups: readonly string[]): readonly number[] => {
    const own = memoized.get(groups) ?? groups.map(numberOf)
    memoized.set(groups, own)
    return own
  }
}

/** By group, its number; by measure, its totals. */
const addUp = (segment: RollupSegment) => {
  const { rollups, measures } = segment
  const groups = new Map<string, number>()
  const numbersOf = numberGroups(segment, groups)
  const totals = measures.map(({ stored }): Totals => stored.names.map(() => []))
  for (const text of rollups.flatMap(({ texts }) => texts)) {
    const indexes = numbersOf(text.groups)
    for (const [index, { stored }] of measures.entries()) {
      addTo(totals[index] ?? [], text.sums[stored.key] ?? [], indexes)
    }
  }
  return { groups, totals }
}

const resultOf = (
  { bucket, isGrouped }: RollupSegment,
  { position, index }: CoveredMeasure,
  group: string,
): Omit<PartialResult, 'sums'> => ({ position, index, bucket, dimensions: isGrouped ? [group] : [] })

const sumsOf = (segment: RollupSegment): PartialResult[] => {
  const { groups, totals } = addUp(segment)
  return [...groups].flatMap(([group, number]) =>
    segment.measures.flatMap((measure, index): PartialResult[] => {
      const own = totals[index] ?? []
      if (own.every(total => total[number] === undefined)) return []
      const sums = Object.fromEntries(measure.stored.names.map((name, at) => [name, own[at]?.[number] ?? 0]))
      return [{ ...resultOf(segment, measure, group), sums }]
    }),
  )
}

const peopleOf = (segment: RollupSegment, { groups, people }: RollupText, covered: CoveredMeasure): PartialResult[] => {
  const { measure, stored } = covered
  if (measure.form !== 'sums' || !isMergeable(measure)) return []
  const names = Object.keys(measure.perPerson)
  const wanted = groups.map(group => isWanted(segment, group))
  return (people[stored.key] ?? [])
    .filter(([group]) => wanted[group])
    .map(([group, person, values]) => ({
      ...resultOf(segment, covered, groups[group] ?? ''),
      sums: {},
      person: { person, measure, values: Object.fromEntries(names.map((name, at) => [name, values[at] ?? null])) },
    }))
}

/** Adds rollups up: the sums of each group, then the values of each of its people. */
export const readRollupSegment = (segment: RollupSegment): PartialResult[] => {
  const texts = segment.rollups.flatMap(({ texts }) => texts)
  return [
    ...sumsOf(segment),
    ...texts.flatMap(text => segment.measures.flatMap(measure => peopleOf(segment, text, measure))),
  ]
}
