import { PERSON_STATEMENTS } from '../storage/assembled/personStatements'
import { jsonChunks } from '../storage/chunks'
import { type Database, statement } from '../storage/database'
import { isPerson, type Person, type VisitorSpan } from './findPerson'

/** A stored row with the strings that it refers to. */
export type HeldRow = Readonly<Record<string, string | number | null>>

/** Everything that is stored of a person, table by table. */
export interface HeldRows {
  readonly views: readonly HeldRow[]
  readonly events: readonly HeldRow[]
  readonly visits: readonly HeldRow[]
  readonly purchases: readonly HeldRow[]
  readonly eventIds: readonly HeldRow[]
}

/** Hours that one statement reads: some seconds of D1's thirty. */
const MOST_HOURS = 1_000_000

/** Spans as parameters of statements, none of which reads too many hours. */
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
  const rows = async (table: keyof typeof PERSON_STATEMENTS, chunks: readonly string[]): Promise<HeldRow[]> => {
    const statements = chunks.map(chunk => statement(PERSON_STATEMENTS[table], site, chunk))
    const results = statements.length === 0 ? [] : await db.batch<HeldRow>(statements)
    return results.flatMap(({ rows }) => rows)
  }
  const spans = spanChunks(person.spans)
  const visitors = jsonChunks([...new Set(person.spans.map(({ visitor }) => visitor))])
  const ofPerson = (row: HeldRow): boolean => isPerson(person, Number(row.visitor), Number(row.time))
  return {
    views: await rows('views', spans),
    events: await rows('events', spans),
    visits: await rows('visits', spans),
    purchases: (await rows('purchases', visitors)).filter(ofPerson),
    eventIds: (await rows('event_ids', visitors)).filter(ofPerson),
  }
}
