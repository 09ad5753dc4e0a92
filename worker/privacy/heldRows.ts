import { FIRST_CUSTOM_EVENT } from '../../shared/events'
import { jsonChunks } from '../storage/chunks'
import { type Database, statement } from '../storage/database'
import eventIdsSelect from '../storage/sql/event_ids.select_visitors.sql'
import eventsSelect from '../storage/sql/events.select_spans.sql'
import purchasesSelect from '../storage/sql/purchases.select_visitors.sql'
import viewsSelect from '../storage/sql/views.select_spans.sql'
import visitsSelect from '../storage/sql/visits.select_spans.sql'
import { isPerson, type Person, type VisitorSpan } from './findPerson'

/** A row as it is stored, its texts looked up. */
export type HeldRow = Readonly<Record<string, string | number | null>>

/** Everything that is stored of a person, table by table. */
export interface HeldRows {
  readonly views: readonly HeldRow[]
  readonly events: readonly HeldRow[]
  readonly visits: readonly HeldRow[]
  readonly purchases: readonly HeldRow[]
  readonly eventIds: readonly HeldRow[]
}

/** Hours that one statement looks in: some seconds of D1's thirty. */
const MOST_HOURS = 1_000_000

/** Spans as parameters of statements, none of which looks in too many hours. */
export const spanChunks = (spans: readonly VisitorSpan[]): string[] => {
  const parts: VisitorSpan[][] = [[]]
  let hours = 0
  for (const span of spans) {
    hours += span.lastHour - span.firstHour + 1
    if (hours > MOST_HOURS) {
      parts.push([])
      hours = span.lastHour - span.firstHour + 1
    }
    parts.at(-1)?.push(span)
  }
  return parts.flatMap(part =>
    jsonChunks(
      part.map(({ visitor, firstHour, lastHour, since, until }) => [visitor, firstHour, lastHour, since, until]),
    ),
  )
}

/** Reads what is stored of a person. */
export const readHeldRows = async (db: Database, site: number, person: Person): Promise<HeldRows> => {
  const rows = async (sql: string, chunks: readonly string[], ...more: unknown[]): Promise<HeldRow[]> => {
    const statements = chunks.map(chunk => statement(sql, site, chunk, ...more))
    const results = statements.length === 0 ? [] : await db.batch<HeldRow>(statements)
    return results.flatMap(({ rows }) => rows)
  }
  const spans = spanChunks(person.spans)
  const visitors = jsonChunks([...new Set(person.spans.map(({ visitor }) => visitor))])
  const ofPerson = (row: HeldRow): boolean => isPerson(person, Number(row.visitor), Number(row.time))
  return {
    views: await rows(viewsSelect, spans),
    events: await rows(eventsSelect, spans, FIRST_CUSTOM_EVENT),
    visits: await rows(visitsSelect, spans),
    purchases: (await rows(purchasesSelect, visitors)).filter(ofPerson),
    eventIds: (await rows(eventIdsSelect, visitors)).filter(ofPerson),
  }
}
