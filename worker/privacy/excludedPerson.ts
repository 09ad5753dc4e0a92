import { inChunks, jsonChunks } from '../storage/chunks'
import { type Database, type SqlStatement, statement } from '../storage/database'
import excludedTrafficCountDays from '../storage/sql/excluded_traffic.count_days.sql'
import excludedTrafficErase from '../storage/sql/excluded_traffic.erase.sql'
import excludedTrafficSelectLinked from '../storage/sql/excluded_traffic.select_linked.sql'
import type { Person } from './findPerson'

/** Rows of one statement, which parses all events that are kept in them. A day has more only by its own. */
const MOST_ROWS = 10_000

/** A daily visitor is linked to a persistent id, and that one to the user. */
const LINKS = 2

/** What of the excluded traffic of a site is a person's. */
export interface ExcludedPerson {
  /** First and last day of each statement. */
  readonly spans: readonly (readonly [first: number, last: number])[]
  readonly visitors: readonly number[]
}

const readSpans = async (db: Database, site: number): Promise<ExcludedPerson['spans']> => {
  const { rows } = await db.all<{ day: number; count: number }>(excludedTrafficCountDays, site)
  return inChunks(rows, ({ count }) => count, MOST_ROWS).map(days => [days[0]?.day ?? 0, days.at(-1)?.day ?? 0])
}

const inSlices = (sql: string, site: number, { spans, visitors }: ExcludedPerson): SqlStatement[] =>
  jsonChunks(visitors).flatMap(chunk => spans.map(span => statement(sql, site, chunk, ...span)))

/** Everybody whom excluded traffic can name for a person: links that were excluded are stored with it alone. */
export const findExcluded = async (
  db: Database,
  site: number,
  { own, spans: held }: Person,
): Promise<ExcludedPerson> => {
  const spans = await readSpans(db, site)
  const visitors = new Set([...own, ...held.map(({ visitor }) => visitor)])
  for (let link = 0; link < LINKS && spans.length > 0; link++) {
    const statements = inSlices(excludedTrafficSelectLinked, site, { spans, visitors: [...visitors] })
    const results = await db.batch<{ visitor: number }>(statements)
    for (const { visitor } of results.flatMap(({ rows }) => rows)) visitors.add(visitor)
  }
  return { spans, visitors: [...visitors] }
}

/** Statements that erase it. */
export const eraseExcluded = (site: number, person: ExcludedPerson): SqlStatement[] =>
  inSlices(excludedTrafficErase, site, person)
