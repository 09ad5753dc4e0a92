import type { DayNumber } from '../../shared/imports'

/** The sums of a metric from the numbers of imported days. */
export interface DayMeasure {
  /** What it needs; days that lack one of them cannot answer it. */
  readonly numbers: readonly DayNumber[]
  readonly sums: (day: Readonly<Record<DayNumber, number>>) => Readonly<Record<string, number>>
  /** By dimension of a query, another whose rows it takes. */
  readonly by?: Readonly<Record<string, string>>
}

/** A count that imported days hold. */
export const countOfDays = (number: DayNumber, by: DayMeasure['by'] = {}): DayMeasure => ({
  numbers: [number],
  sums: day => ({ count: day[number] }),
  by,
})
