import type { Sums } from '../metrics/metric'
import { type MergeableMeasure, mergePerson, type PersonValues, sumsOfPeople } from '../metrics/people'
import type { Cell } from './compile/statement'

/** By group, the sums of each metric by its position. */
export type Measured = ReadonlyMap<string, readonly (Sums | undefined)[]>

export const groupKey = (bucket: number, dimensions: readonly string[]): string =>
  JSON.stringify([bucket, ...dimensions])

type Of = Pick<Cell, 'metric' | 'place' | 'bucket' | 'dimensions'>

/** What is known of people of one measure in one group. */
interface People {
  readonly of: Of
  readonly measure: MergeableMeasure
  readonly values: Map<number, PersonValues>
}

/** Many people of whom the same is known. */
export interface AlikePeople extends Of {
  readonly measure: MergeableMeasure
  readonly people: ReadonlySet<number>
  readonly values: PersonValues
}

/** Puts together what was found of each metric in each group. */
export class Gathering {
  readonly #groups = new Map<string, Record<string, number>[]>()
  readonly #people = new Map<string, People>()
  readonly #alike: AlikePeople[] = []

  add(cell: Cell): void {
    if (!cell.person) {
      this.#addSums(cell, cell.sums)
      return
    }
    const { person, measure, values } = cell.person
    const own = this.#peopleOf(cell, measure).values
    const before = own.get(person)
    own.set(person, before ? mergePerson(measure, before, values) : values)
  }

  /** People of one day, beside whom others of that day may be added one by one. */
  addAlike(people: AlikePeople): void {
    this.#alike.push(people)
  }

  #peopleOf(of: Of, measure: MergeableMeasure): People {
    const key = `${of.metric}/${of.place}/${groupKey(of.bucket, of.dimensions)}`
    const known = this.#people.get(key) ?? { of, measure, values: new Map() }
    this.#people.set(key, known)
    return known
  }

  #addSums({ metric, bucket, dimensions }: Of, sums: Sums): void {
    const key = groupKey(bucket, dimensions)
    const group = this.#groups.get(key) ?? []
    const own = group[metric] ?? {}
    for (const [name, sum] of Object.entries(sums)) own[name] = (own[name] ?? 0) + sum
    group[metric] = own
    this.#groups.set(key, group)
  }

  /** Those of whom something else is known too, or who can be there on other days, are taken one by one. */
  #addAlikePeople(alike: AlikePeople): void {
    const { measure, people, values } = alike
    const own = this.#peopleOf(alike, measure).values
    let others = 0
    for (const person of people) {
      const before = own.get(person)
      if (before) own.set(person, mergePerson(measure, before, values))
      else if (person < 0) own.set(person, values)
      else others++
    }
    const sums = sumsOfPeople(measure, [values])
    this.#addSums(alike, Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum * others])))
  }

  /** All of it, with every person counted once. */
  measured(): Measured {
    for (const alike of this.#alike.splice(0)) this.#addAlikePeople(alike)
    for (const { of, measure, values } of this.#people.values())
      this.#addSums(of, sumsOfPeople(measure, values.values()))
    this.#people.clear()
    return this.#groups
  }
}
