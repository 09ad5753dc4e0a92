import { DAY_NUMBERS, type DayNumber } from '../../imports.ts'
import type { DayCount, DayCounts, DaysBatch } from '../daySets.ts'
import { DAYS_DIFFER } from '../daysDiffer.ts'
import { dayTableReader } from '../dayTable.ts'
import { ImportFailure } from '../importFailure.ts'
import type { ImportFile, ImportFormat, ReadOptions } from '../importFormat.ts'
import { type CellOf, readTables } from '../readDays.ts'
import { fathomTable } from './fathomTable.ts'
import { wholeRate } from './wholeRate.ts'

const TIME = 'timestamp'

const [TOTALS, REFERRERS] = ['Site', 'Referrers'] as const
const TABLES: readonly string[] = ['Pages', 'Browsers', 'Countries', 'DeviceTypes', 'Events']

const tableOf = (name: string): string => /(?:^|\/)([^/]+)\.csv$/.exec(name)?.[1] ?? ''

/** Pages have visits that began on them, not those that saw them. */
const ofPage = ({ pageviews, visitors }: DayCounts): DayCounts => ({
  ...(pageviews !== undefined && { pageviews }),
  ...(visitors !== undefined && { visitors }),
})

const hostOf = (text: string): string => text.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '')

const countOf = ({ dimension, value, counts }: DayCount): DayCount => ({
  dimension,
  value,
  counts: dimension === 'page' ? ofPage(counts) : counts,
})

/** Reads the files of a table, whose rows are of hours: several ZIPs have one each. */
const readTable = async function* (files: readonly ImportFile[], { leaveOut }: ReadOptions): AsyncGenerator<DaysBatch> {
  const rates = new Map<ImportFile, 1 | 100>()
  for (const file of files) rates.set(file, await wholeRate(file))
  yield* readTables(files, (columns, file) => {
    const { name } = file
    if (!columns.includes(TIME)) throw new ImportFailure(`${name} has no column Timestamp: export it with dates.`)
    const countRow = dayTableReader(fathomTable(rates.get(file) ?? 1), columns, name)
    const withHost =
      (cell: CellOf): CellOf =>
      column =>
        column === 'referrer hostname' ? hostOf(cell(column)) : cell(column)
    return { dayOf: cell => cell(TIME).slice(0, 10), countsOf: cell => countRow(withHost(cell)).map(countOf), leaveOut }
  })
}

type Row = Readonly<Record<string, unknown>>

/** The part of a day's total that its rows lack: visits without a referrer. */
const restOf = (total: Row, rows: readonly Row[]): Row[] => {
  const names = DAY_NUMBERS.map(({ name }) => name).filter(
    name => typeof total[name] === 'number' && rows.every(row => name in row),
  )
  const sumOf = (name: DayNumber): number => rows.reduce((sum, row) => sum + Number(row[name]), 0)
  const rest = names.map(name => [name, Math.max(0, Number(total[name]) - sumOf(name))] as const)
  if (rest.every(([, number]) => number === 0)) return []
  return [{ day: total.day, dimension: 'origin', value: '', ...Object.fromEntries(rest) }]
}

/** Adds visits without a referrer to those with one, and to days that have none of these. */
const withDirect = async function* (
  batches: AsyncIterable<DaysBatch>,
  totals: ReadonlyMap<unknown, Row>,
): AsyncGenerator<DaysBatch> {
  const rest = new Map(totals)
  for await (const { kind, rows } of batches) {
    const day = rows[0]?.day
    const total = rest.get(day)
    rest.delete(day)
    yield { kind, rows: total ? [...rows, ...restOf(total, rows)] : rows }
  }
  for (const total of rest.values()) yield { kind: 'days', rows: restOf(total, []) }
}

/** Keeps the totals of days that pass. */
const keepTotals = async function* (
  batches: AsyncIterable<DaysBatch>,
  totals: Map<unknown, Row>,
): AsyncGenerator<DaysBatch> {
  for await (const batch of batches) {
    for (const row of batch.rows) totals.set(row.day, row)
    yield batch
  }
}

const read = async function* (files: readonly ImportFile[], options: ReadOptions): AsyncGenerator<DaysBatch> {
  const totals = new Map<unknown, Row>()
  const filesOf = (table: string) => files.filter(({ name }) => tableOf(name) === table)
  if (filesOf(TOTALS).length === 0)
    throw new ImportFailure('The export has no file Site.csv: give the ZIP, or the folder with all of its files.')
  yield* keepTotals(readTable(filesOf(TOTALS), options), totals)
  for (const table of TABLES) yield* readTable(filesOf(table), options)
  const referrers = filesOf(REFERRERS)
  if (referrers.length > 0) yield* withDirect(readTable(referrers, options), totals)
}

/** The ZIP that Fathom exports, or its files. */
export const fathomCsv: ImportFormat = {
  takes: 'the ZIP of CSV files that Fathom exports',
  differs: DAYS_DIFFER,
  fits: files =>
    files.some(
      ({ name, text }) => [TOTALS, REFERRERS, ...TABLES].includes(tableOf(name)) && /^"?timestamp"?[,;]/i.test(text),
    ),
  read,
}
