import type { PersonValue, Sums, SumsMeasure } from './metric'

/** The maximum of an expression over the rows of a person. */
export const most = (of: string): PersonValue => ({ merge: 'max', of })

/** The sum of an expression over the rows of a person. */
export const total = (of: string): PersonValue => ({ merge: 'sum', of })

/** One person's values in one group, by the measure's names. */
export type PersonValues = Readonly<Record<string, number | null>>

/** Sums over people whose values merge over time. */
export interface MergeableMeasure extends SumsMeasure {
  readonly perPerson: Readonly<Record<string, PersonValue>>
  readonly sums: Readonly<Record<string, readonly string[]>>
}

/** Whether a measure's values per person merge over time. */
export const isMergeable = (measure: SumsMeasure): measure is MergeableMeasure =>
  measure.perPerson !== undefined &&
  Object.values(measure.perPerson).every(value => typeof value !== 'string') &&
  Object.values(measure.sums).every(sum => Array.isArray(sum))

const MERGES: Readonly<Record<PersonValue['merge'], (one: number, other: number) => number>> = {
  max: Math.max,
  sum: (one, other) => one + other,
}

const mergeOne = ({ merge }: PersonValue, one: number | null, other: number | null): number | null => {
  if (one === null || other === null) return one ?? other
  return MERGES[merge](one, other)
}

/** One person's values over two disjoint spans of time. */
export const mergePerson = ({ perPerson }: MergeableMeasure, one: PersonValues, other: PersonValues): PersonValues =>
  Object.fromEntries(
    Object.entries(perPerson).map(([name, value]) => [name, mergeOne(value, one[name] ?? null, other[name] ?? null)]),
  )

const product = (names: readonly string[], values: PersonValues): number =>
  names.reduce((result, name) => result * (values[name] ?? 0), 1)

/**
 * The sums over people, as the database would compute them.
 * @example sumsOfPeople(visitors, [{ active: 1, open: 0 }]) // { count: 1, pending: 0 }
 */
export const sumsOfPeople = ({ sums }: MergeableMeasure, people: Iterable<PersonValues>): Sums => {
  const entries = Object.entries(sums)
  const result = Object.fromEntries(entries.map(([name]) => [name, 0]))
  for (const values of people) {
    for (const [name, factors] of entries) result[name] = (result[name] ?? 0) + product(factors, values)
  }
  return result
}
