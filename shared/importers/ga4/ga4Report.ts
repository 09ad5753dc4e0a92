import { type CountRow, dayTableReader } from '../dayTable.ts'
import { ImportFailure } from '../importFailure.ts'
import type { FileStart, ImportFile, ImportFormat } from '../importFormat.ts'
import { readTables } from '../readDays.ts'
import { withoutComments } from '../withoutComments.ts'
import { GA4_TABLE } from './ga4Table.ts'

const DATE = 'date'

/** Events that Google Analytics sends by itself and that are none here: sessions and visitors are counted as such. */
const NO_EVENTS: readonly string[] = ['session_start', 'first_visit', 'user_engagement']

/** `20260131`, or `2026-01-31` after a spreadsheet. */
const dayIn = (text: string): string | null => {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text.trim()) ?? []
  return year === undefined ? null : `${year}-${month}-${day}`
}

/** The events of a report by event; in total they would include page views. */
const withEvents =
  (count: CountRow): CountRow =>
  cell =>
    count(cell).flatMap(row => {
      if (row.dimension !== 'event') return [row]
      const events = Number(cell('event count'))
      if (NO_EVENTS.includes(row.value) || !Number.isSafeInteger(events)) return []
      return [{ ...row, counts: { ...row.counts, events } }]
    })

const columnsOf = ({ text }: FileStart): readonly string[] => {
  const line = text.split(/\r?\n/).find(one => one !== '' && !/^"?#/.test(one)) ?? ''
  return line.split(/[,;\t]/).map(column => column.replaceAll('"', '').trim().toLowerCase())
}

const isTable = (columns: readonly string[]): boolean => GA4_TABLE.numbers.some(([column]) => columns.includes(column))

/** A report or a free-form exploration with the dimension Date, downloaded as CSV. */
export const ga4Report: ImportFormat = {
  takes: 'reports and explorations as CSV, each with the dimension Date and at most one other',
  fits: starts => starts.some(start => /^"?#/.test(start.text) || isTable(columnsOf(start))),
  read: (files, { leaveOut }) => {
    const tables = files.map(({ name, open }): ImportFile => ({ name, open: () => withoutComments(open()) }))
    return readTables(tables, (columns, name) => {
      if (!columns.includes(DATE))
        throw new ImportFailure(
          `${name} has no column Date, so it does not say what happened on which day: add the dimension Date to the exploration, and download it again.`,
        )
      return {
        dayOf: cell => dayIn(cell(DATE)),
        countsOf: withEvents(dayTableReader(GA4_TABLE, columns, name)),
        leaveOut: (_, count) => leaveOut('rows of totals', count),
      }
    })
  },
}
