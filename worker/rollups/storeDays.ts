import { jsonChunks } from '../storage/chunks'
import { type Database, type SqlStatement, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import sumsInsert from '../storage/sql/sums.insert.sql'
import { writeBatch } from '../storage/writeBatch'
import { computeDays, type DaysRequest } from './computeDays'
import type { Days } from './days'
import type { ComputedRow } from './gatheredDays'
import { readEarliestSessionStart } from './readEarliestSessionStart'
import type { RollupState } from './rollupState'

/** What to store of some days. */
interface DaysToStore extends Omit<DaysRequest, 'store'> {
  /** Goes into the first batch. */
  readonly before: readonly SqlStatement[]
}

/**
 * Computes measures of some days by one dimension and stores them, in more than one batch where people take much space. A
 * settling meanwhile keeps the rest from being stored; the days are then built again.
 */
export const storeDays = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  days: Days,
  { before, ...request }: DaysToStore,
): Promise<void> => {
  let next = before
  const store = async (rows: readonly ComputedRow[]): Promise<void> => {
    const first = next
    next = []
    const inserts = jsonChunks(rows).map(chunk =>
      statement(sumsInsert, site.id, request.dimension?.id ?? '', chunk, state.version),
    )
    await writeBatch(db, [...first, ...inserts])
  }
  const reach = await readEarliestSessionStart(db, site, state, days.first)
  await store(await computeDays(db, site, { ...days, reach }, { ...request, store: row => store([row]) }))
}
