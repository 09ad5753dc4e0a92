import type { DayCounts } from '../daySets.ts'
import { DAYS_DIFFER } from '../daysDiffer.ts'
import { ImportFailure } from '../importFailure.ts'
import type { ImportBatch, ImportFile, ImportFormat, ReadOptions } from '../importFormat.ts'
import { readCsv } from '../readCsv.ts'
import { type CellOf, type DayReader, readDays } from '../readDays.ts'
import { wholeCount } from '../wholeCount.ts'
import { withinSessions } from '../withinSessions.ts'
import { PLAUSIBLE_TABLES, type PlausibleTable } from './plausibleTables.ts'

/** `imported_pages_20230209_20240123.csv`; the days may be missing. */
const FILE = /(?:^|\/)(imported_[a-z_]+?)(?:_\d{8}_\d{8})?\.csv$/

const tableOf = (name: string): string => FILE.exec(name)?.[1] ?? ''

const TOTALS = 'imported_visitors'
const EVENTS = 'imported_custom_events'
const PAGES = 'imported_pages'

/** The numbers of a row; those of columns that the file lacks are unknown. */
const countsIn = ({ numbers }: PlausibleTable, cell: CellOf): DayCounts =>
  Object.fromEntries(
    Object.entries(numbers).flatMap(([name, column]) => {
      const count = wholeCount(cell(column))
      return count === null ? [] : [[name, count]]
    }),
  )

const dayOf = (cell: CellOf): string => cell('date').slice(0, 10)

/** Adds up the events of each day, which the totals lack. */
type EventsOfDays = Map<string, number>

interface ReaderOptions extends Pick<ReadOptions, 'leaveOut'> {
  readonly hasOneHost: boolean
}

const readerOf = (
  table: PlausibleTable,
  events: EventsOfDays | null,
  isTotals: boolean,
  { leaveOut, hasOneHost }: ReaderOptions,
): DayReader => ({
  dayOf,
  leaveOut,
  countsOf: cell => {
    const counts = withinSessions(countsIn(table, cell))
    const day = dayOf(cell)
    if (isTotals)
      return [{ dimension: '', value: '', counts: { ...counts, ...(events && { events: events.get(day) ?? 0 }) } }]
    if (counts.events !== undefined) events?.set(day, (events.get(day) ?? 0) + counts.events)
    const values = table.values(cell).map(([dimension, value]) => ({ dimension, value, counts }))
    const hosts = hostOf(cell, counts)
    if (hasOneHost) return [...values, ...hosts]
    leaveOut('hostnames of pages: the export names only one for each page', hosts.length)
    return values
  },
})

/** Page views add up to those of a host. Visitors and visits of its pages do not. */
const hostOf = (cell: CellOf, { pageviews }: DayCounts) => {
  const host = cell('hostname')
  return host === '' || pageviews === undefined ? [] : [{ dimension: 'hostname', value: host, counts: { pageviews } }]
}

/** Whether all pages are on one host. If not, page views by host are arbitrary: the export names one host for each page. */
const areOnOneHost = async (pages: readonly ImportFile[]): Promise<boolean> => {
  const hosts = new Set<string>()
  for (const { name, open } of pages)
    for await (const { header, records } of readCsv(open(), name)) {
      const place = header.indexOf('hostname')
      for (const record of records) if (record[place]) hosts.add(record[place])
      if (hosts.size > 1) return false
    }
  return true
}

const byName = (one: ImportFile, other: ImportFile): number => (one.name < other.name ? -1 : 1)

const read = async function* (files: readonly ImportFile[], { leaveOut }: ReadOptions): AsyncGenerator<ImportBatch> {
  const tables = Map.groupBy(files.toSorted(byName), ({ name }) => tableOf(name))
  if (!tables.has(TOTALS))
    throw new ImportFailure(`The export has no file ${TOTALS}: give all of its files, or the ZIP.`)
  const events: EventsOfDays | null = tables.has(EVENTS) ? new Map() : null
  const hasOneHost = await areOnOneHost(tables.get(PAGES) ?? [])
  // Events before totals, which name their number.
  const names = [EVENTS, ...Object.keys(PLAUSIBLE_TABLES).filter(name => name !== EVENTS)]
  for (const name of names) {
    const table = PLAUSIBLE_TABLES[name] as PlausibleTable
    yield* readDays(tables.get(name) ?? [], readerOf(table, events, name === TOTALS, { leaveOut, hasOneHost }))
  }
}

/** The ZIP that Plausible exports, or its files. */
export const plausibleCsv: ImportFormat = {
  takes: 'the ZIP of CSV files that Plausible exports',
  differs: DAYS_DIFFER,
  fits: files => files.some(({ name }) => Object.hasOwn(PLAUSIBLE_TABLES, tableOf(name))),
  read,
}
