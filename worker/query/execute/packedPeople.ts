import type { Statement } from '../compile/statement'
import type { ResultRow } from './cell'
import { groupOf } from './readRows'

type Values = readonly (number | null)[]

/** People of one group, each with the values of each measure. */
export interface PackedPeople {
  readonly bucket: number
  readonly group: string
  /** Their positions in the list of measures that was compiled. */
  readonly measures: readonly number[]
  readonly people: readonly (readonly [person: number, values: readonly Values[]])[]
}

const peopleIn = (text: string): PackedPeople['people'] =>
  (JSON.parse(text) as [number, ...Values[]][]).map(([person, ...values]) => [person, values])

/** Parses the people of one row at a time, because those of all rows may not fit into memory. */
export function* packedPeople({ shape, dimensions, measures }: Statement, rows: readonly ResultRow[]) {
  if (shape.form !== 'packed_people') return
  for (const row of rows) {
    if (row.slice === null) continue
    const { bucket, dimensions: groups } = groupOf(row, dimensions)
    const people: PackedPeople = { bucket, group: groups[0] ?? '', measures, people: peopleIn(String(row.people)) }
    yield people
  }
}
