import type { Period } from '../../shared/question'
import { HOUR } from '../../shared/time'
import { BatchedReads } from '../query/execute/batchedReads'
import { CountedReads } from '../query/execute/countedReads'
import { resolvePeriod } from '../query/parse/period'
import { readFirstDay } from '../query/plan/readFirstDay'
import { type Database, firstRow } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import type { ExportTable } from './exportTable'

/** What one answer exports, in epoch milliseconds, the end excluded. */
export interface ExportSpan {
  readonly from: number
  readonly to: number
  /** Where the next answer goes on; `null` where this one is the last. */
  readonly next: number | null
}

export interface ExportRequest {
  readonly period: Period
  /** Where the answer before ended, epoch milliseconds. */
  readonly after: number | null
  /** Rows of one answer, give or take those of an hour; `null` for any number. */
  readonly most: number | null
}

/** Where an answer must end so that it has no more rows than allowed: at a whole hour, and never without one. */
const endOf = async (
  db: Database,
  site: number,
  { stored }: ExportTable,
  { from, to }: Pick<ExportSpan, 'from' | 'to'>,
  most: number,
): Promise<number> => {
  const [first, last] = [Math.floor(from / HOUR), Math.floor((to - 1) / HOUR)]
  const row = await firstRow<{ hour: number }>(
    db,
    `select hour from ${stored} where site = ?1 and hour between ?2 and ?3 order by hour limit 1 offset ?4`,
    site,
    first,
    last,
    most,
  )
  return row === null ? to : Math.min(to, Math.max(row.hour, first + 1) * HOUR)
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
  const end = most === null || from === to ? to : await endOf(db, site.id, table, { from, to }, most)
  return { from, to: end, next: end < to ? end : null }
}
