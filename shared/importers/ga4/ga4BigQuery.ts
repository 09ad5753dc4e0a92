import type { ImportedEvent, ImportFile, ImportFormat } from '../importFormat.ts'
import { Occurrences } from '../occurrences.ts'
import { readLines } from '../readLines.ts'
import { countGa4 } from './countGa4.ts'
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
  differs: {
    pageviews:
      'Google counts the page views of visitors who refused cookies, too. They have no visitor id and are left out.',
    visitors: 'Google counts each id of a browser. Footfall counts the browsers of one user_id as one visitor.',
    sessions:
      'Both end a session after 30 minutes, but Google counts one that goes past midnight on both days. In Footfall it belongs to the day on which it began.',
    bounces:
      'Google’s bounce is a session that was not engaged: under 10 seconds, one page and no key event. In Footfall it is one page view without any interaction; the parameter rule=engaged of bounce_rate gives Google’s.',
  },
  passes: 2,
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
      if (row && options.figures) countGa4(row, options.figures)
      const event = row === null ? 'lines that cannot be read' : ga4Event(row, pages, text => occurrences.next(text))
      if (typeof event !== 'string') return [event]
      options.leaveOut(event)
      return []
    }
    for await (const lines of linesOf(files, () => options.leaveOut('lines that are too long')))
      yield { kind: 'events', rows: lines.flatMap(toEvents) }
  },
}
