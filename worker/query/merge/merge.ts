import type { Sums } from '../../metrics/metric'
import { type MergeableMeasure, mergePerson, type PersonValues, sumsOfPeople } from '../../metrics/people'
import type { AlikePeople, PartialResult } from '../execute/partialResult'
import { groupKey, type Totals } from './totals'

/** The people of one measure in one group. */
interface GroupPeople {
  readonly result: PartialResult
  readonly measure: MergeableMeasure
  readonly values: Map<number, PersonValues>
}

/** What has been merged so far. */
interface Merging {
  readonly totals: Map<string, Record<string, number>[]>
  readonly people: Map<string, GroupPeople>
}

const addSums = ({ totals }: Merging, { position, bucket, dimensions }: PartialResult, sums: Sums): void => {
  const key = groupKey(bucket, dimensions)
  const group = totals.get(key) ?? []
  const own = group[position] ?? {}
  for (const [name, sum] of Object.entries(sums)) own[name] = (own[name] ?? 0) + sum
  group[position] = own
  totals.set(key, group)
}

const peopleOf = ({ people }: Merging, result: PartialResult, measure: MergeableMeasure): Map<number, PersonValues> => {
  const { position, index, bucket, dimensions } = result
  const key = `${position}/${index}/${groupKey(bucket, dimensions)}`
  const own = people.get(key) ?? { result, measure, values: new Map() }
  people.set(key, own)
  return own.values
}

const add = (merging: Merging, result: PartialResult): void => {
  if (!result.person) {
    addSums(merging, result, result.sums)
    return
  }
  const { person, measure, values } = result.person
  const own = peopleOf(merging, result, measure)
  const before = own.get(person)
  own.set(person, before ? mergePerson(measure, before, values) : values)
}

/** Adds people with equal values: one by one those whom other results name or can name, the others all at once. */
const addAlike = (merging: Merging, result: PartialResult, { measure, people, values }: AlikePeople): void => {
  const own = peopleOf(merging, result, measure)
  let others = 0
  for (const person of people) {
    const before = own.get(person)
    if (before) own.set(person, mergePerson(measure, before, values))
    else if (person < 0) own.set(person, values)
    else others++
  }
  const sums = sumsOfPeople(measure, [values])
  addSums(merging, result, Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum * others])))
}

/** Adds partial results up, wherever they come from: sums by adding, people by counting each of them once. */
export const merge = (results: readonly PartialResult[]): Totals => {
  const merging: Merging = { totals: new Map(), people: new Map() }
  for (const result of results) if (!result.alike) add(merging, result)
  for (const result of results) if (result.alike) addAlike(merging, result, result.alike)
  for (const { result, measure, values } of merging.people.values())
    addSums(merging, result, sumsOfPeople(measure, values.values()))
  return merging.totals
}
