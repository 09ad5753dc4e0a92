import type { Period } from '../../shared/question'
import { HOUR } from '../../shared/time'
import { BatchedReads } from '../query/execute/batchedReads'
import { CountedReads } from '../query/execute/countedReads'
import { resolvePeriod } from '../query/parse/period'
import { readFirstDay } from '../query/plan/readFirstDay'
import { type Database, firstRow } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import { type ExportTable, mostAtOnce } from './exportTable'

/** What one answer exports, in epoch milliseconds, the end excluded. */
export interface ExportSpan {
  readonly from: number
  readonly to: number
  /** Where the next answer goes on; `null` where this one is the last. */
  readonly next: number | null
  /** How much of it is read at once to begin with, milliseconds; without it, a day. */
  readonly firstWindow?: number
}

export interface ExportRequest {
  readonly period: Period
  /** Where the answer before ended, epoch milliseconds. */
  readonly after: number | null
  /** Rows of one answer; `null` for any number. */
  readonly most: number | null
}

/** Where an answer must end so that it has no more rows than allowed; later than it begins. */
const endOf = async (
  db: Database,
  site: number,
  { stored }: ExportTable,
  { from, to }: Pick<ExportSpan, 'from' | 'to'>,
  most: number,
): Promise<number> => {
  const row = await firstRow<{ time: number }>(
    db,
    `select hour * 3600000 + at as time from ${stored}
where site = ?1 and hour between ?2 and ?3 and hour * 3600000 + at >= ?4
order by hour, at limit 1 offset ?5`,
    site,
    Math.floor(from / HOUR),
    Math.floor((to - 1) / HOUR),
    from,
    most,
  )
  return row === null ? to : Math.min(to, Math.max(row.time, from + 1))
}

/**
 * Resolves what an answer exports: the period, or the part of it that one invocation of the Worker can read.
 * @param now epoch milliseconds: what comes later is not exported
 */
export const exportSpan = async (
  db: Database,
  site: SiteConfig,
  table: ExportTable,
  { period, after, most }: ExportRequest,
  now: number,
): Promise<ExportSpan> => {
  const firstDay = period === 'all' ? await readFirstDay(new CountedReads(new BatchedReads(db)), site) : null
  const range = resolvePeriod(period, site.timezone, now, firstDay)
  const from = Math.max(range.from, after ?? 0)
  const to = Math.max(from, Math.min(range.to, now + 1))
  if (most === null || from === to) return { from, to, next: null }
  const end = await endOf(db, site.id, table, { from, to }, most)
  const next = end < to ? end : null
  return most > mostAtOnce(table) ? { from, to: end, next } : { from, to: end, next, firstWindow: end - from }
}
