import type { Sums } from '../metrics/metric'
import type { Cell } from '../query/execute/cell'
import type { PackedPeople } from '../query/execute/packedPeople'
import { bytesOf } from '../storage/chunks'
import { ROW_BYTES, type RollupEntry, textOfPeople, textsOfDay } from './rollupText'
import type { StoredMeasure } from './storedMeasures'

/** Values of people in one entry. Each takes at most about 100 characters. */
const MOST_VALUES = 5_000

/** Characters that one of them takes besides its values: the index of its group and the person's id. */
const OVERHEAD = 26

const NOTHING: readonly number[] = []

/** Gathers the rollup of one day. It holds only as many people at a time as fit into one row. */
export class DayGatherer {
  readonly #measures: readonly StoredMeasure[]
  /** By group, the sums of each measure; most are empty, because most groups have few measures. */
  readonly #sums = new Map<string, (readonly number[])[]>()
  /** Those that are in no text yet. */
  #people: RollupEntry[] = []
  #bytes = 0

  constructor(measures: readonly StoredMeasure[]) {
    this.#measures = measures
  }

  /** Adds the sums of one measure for one group. */
  addSums(group: string, measure: number, sums: Sums): void {
    const own = this.#sums.get(group) ?? this.#measures.map(() => NOTHING)
    const numbers = this.#measures[measure]?.names.map(name => sums[name] ?? 0) ?? NOTHING
    if (numbers.some(number => number !== 0)) own[measure] = numbers
    this.#sums.set(group, own)
  }

  /**
   * Adds people of one group.
   * @param measures for each list of their values, the position of its measure; -1 to leave it out
   * @returns the text of each row that is full
   */
  *addPeople(group: string, measures: readonly number[], people: PackedPeople['people']): Generator<string> {
    const places = [...measures.entries()].filter(([, measure]) => measure >= 0)
    const most = Math.ceil(MOST_VALUES / measures.length)
    for (let first = 0; first < people.length && places.length > 0; first += most) {
      const values = people
        .slice(first, first + most)
        .flatMap(([person, lists]) => places.map(([place, measure]) => [measure, person, lists[place] ?? []] as const))
      const bytes = values.reduce((sum, [, , list]) => sum + OVERHEAD + JSON.stringify(list).length, bytesOf(group))
      if (this.#bytes + bytes > ROW_BYTES) yield this.#textOfPeople()
      this.#people.push({ group, sums: [], people: values })
      this.#bytes += bytes
    }
  }

  #textOfPeople(): string {
    const text = textOfPeople(this.#measures, this.#people)
    this.#people = []
    this.#bytes = 0
    return text
  }

  /** The remaining texts: all sums, and the people who are in no text yet. */
  texts(): string[] {
    const people = Map.groupBy(this.#people, ({ group }) => group)
    const groups = new Set([...this.#sums.keys(), ...people.keys()])
    // Sorted, so that days with the same groups have equal lists, which sums.select.sql does not repeat.
    const entries = [...groups].sort().flatMap((group): RollupEntry[] => {
      const [first, ...rest] = people.get(group) ?? []
      return [{ group, sums: this.#sums.get(group) ?? [], people: first?.people ?? [] }, ...rest]
    })
    return textsOfDay(this.#measures, entries)
  }
}

/** The rollup of cells that name no people, as texts that each fit into one row. */
export const rollupTextsOf = (measures: readonly StoredMeasure[], cells: readonly Cell[]): string[] => {
  const gatherer = new DayGatherer(measures)
  for (const { measure, dimensions, sums } of cells) gatherer.addSums(dimensions[0] ?? '', measure, sums)
  return gatherer.texts()
}
