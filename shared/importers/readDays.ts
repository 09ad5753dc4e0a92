import { type DayCount, DaySets, type DaysBatch } from './daySets.ts'
import { ImportFailure } from './importFailure.ts'
import type { ImportFile } from './importFormat.ts'
import { readCsv } from './readCsv.ts'

/** A row of a file by the names of its columns, in lower case; '' for one that it lacks. */
export type CellOf = (column: string) => string

/** How the rows of some files are read. */
export interface DayReader {
  /** Like 2026-01-31, `null` if the row has none. */
  dayOf(cell: CellOf): string | null
  countsOf(cell: CellOf): readonly DayCount[]
  leaveOut(reason: string, count?: number): void
}

const DAY = /^\d{4}-\d{2}-\d{2}$/

const cellsBy = (header: readonly string[]) => {
  const positions = new Map(header.map((name, index) => [name.toLowerCase(), index]))
  return (record: readonly string[]): CellOf =>
    column =>
      record[positions.get(column) ?? -1] ?? ''
}

/** Rows of files, some thousand at a time, each with its file's name. */
const partsOf = async function* (files: readonly ImportFile[]): AsyncGenerator<readonly [string, readonly CellOf[]]> {
  for (const { name, open } of files)
    for await (const { header, records } of readCsv(open(), name)) yield [name, records.map(cellsBy(header))]
}

/** Takes rows that are sorted by day, and gives each day when the next one begins. */
class SortedDays {
  readonly #reader: DayReader
  readonly #sets = new DaySets()
  readonly #days = new Set<string>()
  #day: string | null = null

  constructor(reader: DayReader) {
    this.#reader = reader
  }

  *take(name: string, rows: readonly CellOf[]): Generator<DaysBatch> {
    for (const cell of rows) {
      const day = this.#reader.dayOf(cell)
      if (day === null || !DAY.test(day)) {
        this.#reader.leaveOut('rows without a day')
        continue
      }
      if (day !== this.#day) yield* this.#begin(day, name)
      for (const count of this.#reader.countsOf(cell)) this.#sets.add(count)
    }
  }

  *#begin(day: string, name: string): Generator<DaysBatch> {
    yield* this.end()
    if (this.#days.has(day))
      throw new ImportFailure(`${name} has ${day} in two places: sort its rows by day, and give each day once.`)
    this.#days.add(day)
    this.#day = day
  }

  *end(): Generator<DaysBatch> {
    if (this.#day !== null) yield* this.#sets.take(this.#day)
  }
}

/**
 * Reads tables that have a row for each day and value. They must be sorted by day: whole days are sent, and no more than one
 * is in memory.
 * @throws ImportFailure where a day comes twice
 */
export const readDays = async function* (files: readonly ImportFile[], reader: DayReader): AsyncGenerator<DaysBatch> {
  const days = new SortedDays(reader)
  for await (const [name, rows] of partsOf(files)) yield* days.take(name, rows)
  yield* days.end()
}

/** A day of tables that are read whole, and which file each dimension is of. */
class TableDay {
  readonly sets = new DaySets()
  readonly #files = new Map<string, ImportFile>()
  readonly #day: string

  constructor(day: string) {
    this.#day = day
  }

  /** @throws ImportFailure when another file has the same: added up, both would count twice */
  add(count: DayCount, file: ImportFile): void {
    const known = this.#files.get(count.dimension) ?? file
    if (known !== file)
      throw new ImportFailure(
        `${known.name} and ${file.name} both have ${count.dimension === '' ? 'the totals' : `values by ${count.dimension}`} of ${this.#day}: give only one of them.`,
      )
    this.#files.set(count.dimension, file)
    this.sets.add(count)
  }
}

/**
 * Reads tables that are small enough for memory, in any order of their rows.
 * @param readerOf for the columns of a table, in lower case, and its file
 * @param finish called for each day before it is given
 * @throws ImportFailure where two files have the same dimension of a day
 */
export const readTables = async function* (
  files: readonly ImportFile[],
  readerOf: (columns: readonly string[], file: ImportFile) => DayReader,
  finish: (day: DaySets) => void = () => {},
): AsyncGenerator<DaysBatch> {
  const days = new Map<string, TableDay>()
  for (const file of files) {
    let reader: DayReader | null = null
    for await (const { header, records } of readCsv(file.open(), file.name)) {
      reader ??= readerOf(
        header.map(column => column.toLowerCase()),
        file,
      )
      for (const record of records) addRow(days, reader, cellsBy(header)(record), file)
    }
  }
  for (const [day, { sets }] of [...days].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
    finish(sets)
    yield* sets.take(day)
  }
}

const addRow = (days: Map<string, TableDay>, reader: DayReader, cell: CellOf, file: ImportFile): void => {
  const day = reader.dayOf(cell)
  if (day === null || !DAY.test(day)) {
    reader.leaveOut('rows without a day')
    return
  }
  const found = days.get(day) ?? new TableDay(day)
  days.set(day, found)
  for (const count of reader.countsOf(cell)) found.add(count, file)
}
