import { DAY } from '../../shared/time'
import { type Database, type SqlStatement, statement } from './database'
import refusalsCount from './sql/refusals.count.sql'
import refusalsSelect from './sql/refusals.select.sql'

/** For requests that name no known site. */
const NO_SITE = 0

/** The statement that counts reasons in a UTC day. */
export const rejectionsStatement = (site: number, day: number, reasons: readonly string[]): SqlStatement => {
  const counts = new Map<string, number>()
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return statement(refusalsCount, JSON.stringify([...counts].map(([reason, count]) => [site, day, reason, count])))
}

/** Counts rejected and filtered events by reason and UTC day. */
export const countRejections = async (db: Database, site: number | null, reasons: readonly string[]): Promise<void> => {
  if (reasons.length === 0) return
  const { sql, values } = rejectionsStatement(site ?? NO_SITE, Math.floor(Date.now() / DAY), reasons)
  await db.all(sql, ...values)
}

export interface Rejections {
  /** UTC, days since 1970. */
  readonly day: number
  readonly reason: string
  readonly count: number
}

/** Rejected and filtered events of a site from one UTC day to another, both included. */
export const listRejections = async (db: Database, site: number, first: number, last: number): Promise<Rejections[]> =>
  (await db.all<Rejections>(refusalsSelect, site, first, last)).rows
