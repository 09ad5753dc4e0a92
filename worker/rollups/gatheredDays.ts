import type { Statement } from '../query/compile/statement'
import type { ResultRow } from '../query/execute/cell'
import { packedPeople } from '../query/execute/packedPeople'
import { readRows } from '../query/execute/readRows'
import { DayGatherer } from './dayGatherer'
import { type Days, daysIn } from './days'
import type { StoredMeasure } from './storedMeasures'

/** Rows that become cells at once. */
const ROWS = 1_000

/** A row of `sums`: day, part, reach, cells. */
export type ComputedRow = readonly [day: number, part: number, reach: number | null, cells: string]

/** How days are stored. */
export interface StoredDays {
  readonly measures: readonly StoredMeasure[]
  /** By day, the last row that stays. */
  readonly lastParts: ReadonlyMap<number, number>
  /** Stores a row of people. It is in no answer until the last rows are stored. */
  readonly store: (row: ComputedRow) => Promise<void>
}

/** The rows of a statement in lists of which each makes cells of its own. */
const inParts = ({ shape }: Statement, rows: readonly ResultRow[]): (readonly ResultRow[])[] => {
  if (shape.form !== 'sums' && shape.form !== 'packed_people') return [rows]
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part) => rows.slice(part * ROWS, (part + 1) * ROWS))
}

/** Gathers what some days add up to, statement by statement. */
export class GatheredDays {
  readonly #days: Days
  readonly #stored: StoredDays
  readonly #gatherers: ReadonlyMap<number, DayGatherer>
  /** By day. */
  readonly #lastParts: Map<number, number>

  constructor(days: Days, stored: StoredDays) {
    this.#days = days
    this.#stored = stored
    this.#gatherers = new Map(daysIn(days).map(day => [day, new DayGatherer(stored.measures)]))
    this.#lastParts = new Map(stored.lastParts)
  }

  #dayOf(bucket: number): number {
    return this.#days.first === this.#days.last ? this.#days.first : bucket
  }

  #nextPart(day: number): number {
    const part = (this.#lastParts.get(day) ?? 0) + 1
    this.#lastParts.set(day, part)
    return part
  }

  async take(statement: Statement, rows: readonly ResultRow[]): Promise<void> {
    for (const part of inParts(statement, rows))
      for (const cell of readRows(statement, part)) this.#gatherers.get(this.#dayOf(cell.bucket))?.addSums(cell)
    for (const people of packedPeople(statement, rows)) {
      const day = this.#dayOf(people.bucket)
      for (const text of this.#gatherers.get(day)?.addPeople(people) ?? [])
        await this.#stored.store([day, this.#nextPart(day), null, text])
    }
  }

  /**
   * The last rows, which say which measures the days hold. Row 0 of a day is among them, unless it stays.
   * @param reaches by day
   */
  rows(reaches: ReadonlyMap<number, number>): ComputedRow[] {
    return [...this.#gatherers].flatMap(([day, gatherer]) => {
      const isNew = !this.#stored.lastParts.has(day)
      return gatherer
        .texts()
        .map(
          (text, index): ComputedRow => [
            day,
            isNew && index === 0 ? 0 : this.#nextPart(day),
            reaches.get(day) ?? null,
            text,
          ],
        )
    })
  }
}
