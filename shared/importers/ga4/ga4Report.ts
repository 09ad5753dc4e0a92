import type { DaySets } from '../daySets.ts'
import { DAYS_DIFFER } from '../daysDiffer.ts'
import { type CountRow, dayTableReader } from '../dayTable.ts'
import { ImportFailure } from '../importFailure.ts'
import type { FileStart, ImportFile, ImportFormat } from '../importFormat.ts'
import { type DayReader, readTables } from '../readDays.ts'
import { wholeCount } from '../wholeCount.ts'
import { withoutComments } from '../withoutComments.ts'
import { ga4NoEvent } from './ga4EventName.ts'
import { GA4_TABLE } from './ga4Table.ts'

const DATE = 'date'

const PAGE_VIEW = 'page_view'

/** Why an event of a report is none of a day's events; `undefined` if it is one. */
const reasonOf = (name: string): string | undefined =>
  name === PAGE_VIEW ? 'page_view events: they are counted as page views' : ga4NoEvent(name)

/** `20260131`, or `2026-01-31` after a spreadsheet. */
const dayIn = (text: string): string | null => {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(text.trim()) ?? []
  return year === undefined ? null : `${year}-${month}-${day}`
}

/** The events of a report by event; in total they would include page views. */
const withEvents =
  (count: CountRow, leaveOut: DayReader['leaveOut']): CountRow =>
  cell =>
    count(cell).flatMap(row => {
      if (row.dimension !== 'event') return [row]
      const events = wholeCount(cell('event count'))
      const reason = reasonOf(cell('event name'))
      if (reason !== undefined) {
        leaveOut(reason, events ?? 1)
        return []
      }
      return [{ ...row, counts: { ...row.counts, ...(events !== null && { events }) } }]
    })

/** The collector computes channels from where sessions came from, so both would count twice. */
const withoutChannels =
  (leaveOut: DayReader['leaveOut']) =>
  (day: DaySets): void => {
    if (day.has('origin')) leaveOut('values by channel: they follow from the session source', day.drop('channel'))
  }

const columnsOf = ({ text }: FileStart): readonly string[] => {
  const line = text.split(/\r?\n/).find(one => one !== '' && !/^"?#/.test(one)) ?? ''
  return line.split(/[,;\t]/).map(column => column.replaceAll('"', '').trim().toLowerCase())
}

const isTable = (columns: readonly string[]): boolean => GA4_TABLE.numbers.some(([column]) => columns.includes(column))

/** A report or a free-form exploration with the dimension Date, downloaded as CSV. */
export const ga4Report: ImportFormat = {
  takes: 'reports and explorations as CSV, each with the dimension Date and at most one other',
  differs: {
    ...DAYS_DIFFER,
    bounces:
      'Google’s bounce is a session that was not engaged. The parameter rule=engaged of bounce_rate gives its rate.',
  },
  fits: starts => starts.some(start => /^"?#/.test(start.text) || isTable(columnsOf(start))),
  read: (files, { leaveOut }) => {
    const tables = files.map(({ name, open }): ImportFile => ({ name, open: () => withoutComments(open()) }))
    const readerOf = (columns: readonly string[], { name }: ImportFile): DayReader => {
      if (!columns.includes(DATE))
        throw new ImportFailure(
          `${name} has no column Date, so it does not say what happened on which day: add the dimension Date to the exploration, and download it again.`,
        )
      return {
        dayOf: cell => dayIn(cell(DATE)),
        countsOf: withEvents(dayTableReader(GA4_TABLE, columns, name), leaveOut),
        leaveOut: (_, count) => leaveOut('rows of totals', count),
      }
    }
    return readTables(tables, readerOf, withoutChannels(leaveOut))
  },
}
