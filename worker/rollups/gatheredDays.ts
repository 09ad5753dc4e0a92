import type { Dimension } from '../metrics/dimensions'
import type { Statement } from '../query/compile/statement'
import type { Cell, ResultRow } from '../query/execute/cell'
import { packedPeople } from '../query/execute/packedPeople'
import { readRows } from '../query/execute/readRows'
import { splitGroup } from './combineDimensions'
import { DayGatherer } from './dayGatherer'
import { type Days, daysIn } from './days'
import type { StoredMeasure } from './storedMeasures'

/** How many rows become cells at a time, to bound memory. */
const ROWS = 1_000

/** A row of `sums`. */
export type ComputedRow = readonly [dimension: string, day: number, part: number, reach: number | null, cells: string]

/** The measures to store of some days by one dimension. */
export interface RollupTarget {
  readonly dimension: Dimension | null
  readonly measures: readonly StoredMeasure[]
  /** By day, the number of the last row that stays. */
  readonly lastParts: ReadonlyMap<number, number>
}

/** Rows in lists that can be turned into cells one by one. Other forms need all rows at once. */
const inParts = ({ shape }: Statement, rows: readonly ResultRow[]): (readonly ResultRow[])[] => {
  if (shape.form !== 'sums' && shape.form !== 'packed_people') return [rows]
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, part) => rows.slice(part * ROWS, (part + 1) * ROWS))
}

/** A target while its days are gathered. */
interface TargetState extends RollupTarget {
  /** By position among the measures of all targets, the position among its own; -1 if this target does not store it. */
  readonly own: readonly number[]
  readonly gatherers: ReadonlyMap<number, DayGatherer>
  /** By day, the number of the last row so far. */
  readonly parts: Map<number, number>
}

const nextPart = ({ parts }: TargetState, day: number): number => {
  const part = (parts.get(day) ?? 0) + 1
  parts.set(day, part)
  return part
}

/** Gathers the rollups of some days, one statement after the other. */
export class GatheredDays {
  /** The measures of all targets, each once. */
  readonly measures: readonly StoredMeasure[]
  readonly #days: Days
  readonly #targets: readonly TargetState[]
  readonly #store: (row: ComputedRow) => Promise<void>

  constructor(days: Days, targets: readonly RollupTarget[], store: (row: ComputedRow) => Promise<void>) {
    const all = new Map(targets.flatMap(({ measures }) => measures.map(one => [one.key, one] as const)))
    this.measures = [...all.values()]
    this.#days = days
    this.#targets = targets.map(target => ({
      ...target,
      own: this.measures.map(({ key }) => target.measures.findIndex(one => one.key === key)),
      gatherers: new Map(daysIn(days).map(day => [day, new DayGatherer(target.measures)])),
      parts: new Map(target.lastParts),
    }))
    this.#store = store
  }

  #dayOf(bucket: number): number {
    return this.#days.first === this.#days.last ? this.#days.first : bucket
  }

  #targetOf(group: string): readonly [target: TargetState, group: string] {
    const [place, own] = this.#targets.length === 1 ? [0, group] : splitGroup(group)
    return [this.#targets[place] as TargetState, own]
  }

  #takeCell({ measure, bucket, dimensions, sums }: Cell): void {
    const [{ own, gatherers }, group] = this.#targetOf(dimensions[0] ?? '')
    const place = own[measure] ?? -1
    if (place >= 0) gatherers.get(this.#dayOf(bucket))?.addSums(group, place, sums)
  }

  async take(statement: Statement, rows: readonly ResultRow[]): Promise<void> {
    for (const part of inParts(statement, rows)) for (const cell of readRows(statement, part)) this.#takeCell(cell)
    for (const { bucket, group, measures, people } of packedPeople(statement, rows)) {
      const day = this.#dayOf(bucket)
      const [target, own] = this.#targetOf(group)
      const places = measures.map(measure => target.own[measure] ?? -1)
      for (const text of target.gatherers.get(day)?.addPeople(own, places, people) ?? [])
        await this.#store([target.dimension?.id ?? '', day, nextPart(target, day), null, text])
    }
  }

  /**
   * The remaining rows, whose sums say which measures a day holds. They include row 0 of each day, unless it stays.
   * @param reaches by day
   */
  rows(reaches: ReadonlyMap<number, number>): ComputedRow[] {
    return this.#targets.flatMap(target =>
      [...target.gatherers].flatMap(([day, gatherer]) => {
        const isNew = !target.lastParts.has(day)
        const partOf = (index: number): number => (isNew && index === 0 ? 0 : nextPart(target, day))
        const of = (index: number) =>
          [target.dimension?.id ?? '', day, partOf(index), reaches.get(day) ?? null] as const
        return gatherer.texts().map((text, index): ComputedRow => [...of(index), text])
      }),
    )
  }
}
