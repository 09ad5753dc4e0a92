import type { DayNumber } from '../imports.ts'
import type { ImportBatch } from './importFormat.ts'

/** Values of a day and dimension that are sent. The collector keeps fewer, once it has computed channels and sources. */
const MOST_VALUES = 1_000

/** Characters. */
const LONGEST = 1_000

const OTHER = '(other)'

/** Days of numbers. */
export type DaysBatch = Extract<ImportBatch, { readonly kind: 'days' }>

export type DayCounts = Readonly<Partial<Record<DayNumber, number>>>

/** The counts of a row: by a dimension, or the day's total if that is ''. */
export interface DayCount {
  readonly dimension: string
  readonly value: string
  readonly counts: DayCounts
}

/** A number that either one lacks is unknown. */
const sumOf = (one: DayCounts, other: DayCounts): DayCounts =>
  Object.fromEntries(
    Object.entries(one).flatMap(([name, number]) => {
      const more = other[name as DayNumber]
      return more === undefined ? [] : [[name, number + more]]
    }),
  )

const sizeOf = ({ visitors, sessions, pageviews, events }: DayCounts): number =>
  visitors ?? sessions ?? pageviews ?? events ?? 0

const largestOf = (values: ReadonlyMap<string, DayCounts>): (readonly [string, DayCounts])[] => {
  if (values.size <= MOST_VALUES) return [...values]
  const sorted = [...values].sort(([, one], [, other]) => sizeOf(other) - sizeOf(one))
  const rest = sorted.slice(MOST_VALUES).map(([, counts]) => counts)
  return [...sorted.slice(0, MOST_VALUES), [OTHER, rest.reduce(sumOf)]]
}

/**
 * Adds up the counts of a day by dimension and value. A dimension of a day is one batch, because the collector replaces all
 * that it has of it.
 */
export class DaySets {
  readonly #sets = new Map<string, Map<string, DayCounts>>()

  has(dimension: string): boolean {
    return this.#sets.has(dimension)
  }

  /** Forgets a dimension, and says how many values it had. */
  drop(dimension: string): number {
    const count = this.#sets.get(dimension)?.size ?? 0
    this.#sets.delete(dimension)
    return count
  }

  add({ dimension, value, counts }: DayCount): void {
    const set = this.#sets.get(dimension) ?? new Map<string, DayCounts>()
    this.#sets.set(dimension, set)
    const name = value.trim().slice(0, LONGEST)
    const before = set.get(name)
    set.set(name, before ? sumOf(before, counts) : counts)
  }

  /** The batches of a day, after which the next day can begin. */
  *take(day: string): Generator<DaysBatch> {
    for (const [dimension, set] of this.#sets)
      yield {
        kind: 'days',
        rows: largestOf(set).map(([value, counts]) => ({ day, dimension, value, ...counts })),
      }
    this.#sets.clear()
  }
}
