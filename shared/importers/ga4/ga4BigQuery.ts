import type { ImportedEvent, ImportFile, ImportFormat } from '../importFormat.ts'
import { Occurrences } from '../occurrences.ts'
import { readLines } from '../readLines.ts'
import { ga4Event } from './ga4Event.ts'
import { Ga4Pages } from './ga4Pages.ts'
import { type Ga4Row, isJson, parametersOf } from './ga4Row.ts'

const rowOf = (line: string): Ga4Row | null => {
  try {
    const row: unknown = JSON.parse(line)
    return isJson(row) ? row : null
  } catch {
    return null
  }
}

const linesOf = async function* (files: readonly ImportFile[], tooLong: () => void): AsyncGenerator<readonly string[]> {
  for (const file of files) yield* readLines(file.open(), tooLong)
}

/** The export of Google Analytics 4 to BigQuery, whose tables `events_*` BigQuery extracts as one JSON a line. */
export const ga4BigQuery: ImportFormat = {
  takes: 'the tables events_* of its export to BigQuery, as newline-delimited JSON',
  fits: starts =>
    starts.some(({ text }) => {
      const row = rowOf(text.split('\n', 1)[0] ?? '')
      return row !== null && 'event_timestamp' in row && 'event_name' in row
    }),
  async *read(files, options) {
    const pages = new Ga4Pages()
    for await (const lines of linesOf(files, () => {}))
      for (const line of lines) {
        const row = rowOf(line)
        if (row) pages.add(row, parametersOf(row))
      }
    const occurrences = new Occurrences()
    const toEvents = (line: string): ImportedEvent[] => {
      const row = rowOf(line)
      const event = row === null ? 'lines that cannot be read' : ga4Event(row, pages, text => occurrences.next(text))
      if (typeof event !== 'string') return [event]
      options.leaveOut(event)
      return []
    }
    for await (const lines of linesOf(files, () => options.leaveOut('lines that are too long')))
      yield { kind: 'events', rows: lines.flatMap(toEvents) }
  },
}
