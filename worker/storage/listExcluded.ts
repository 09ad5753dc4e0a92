import { DAY } from '../../shared/time'
import type { Database } from './database'
import excludedTrafficDeleteBefore from './sql/excluded_traffic.delete_before.sql'
import excludedTrafficSelect from './sql/excluded_traffic.select.sql'

/** Excluded requests of a page, a network and a program, all with the same verdicts. */
export interface ExcludedGroup {
  /** As bits. */
  readonly verdicts: number
  /** 1 if the answers count it. */
  readonly counted: number
  readonly page: string
  readonly network: string
  readonly agent: string
  readonly requests: number
  /** How many page views and events are kept. */
  readonly kept: number
}

const MOST_GROUPS = 1_000

/** Excluded traffic of a site from one UTC day to another, both included: the groups with the most requests. */
export const listExcluded = async (db: Database, site: number, first: number, last: number): Promise<ExcludedGroup[]> =>
  (await db.all<ExcludedGroup>(excludedTrafficSelect, site, first, last, MOST_GROUPS)).rows

/** Days for which excluded traffic is kept. */
export const KEPT_DAYS = 90

/** Deletes the excluded traffic of all sites that is older than it is kept. */
export const deleteOldExcluded = async (db: Database, now: number): Promise<void> => {
  await db.all(excludedTrafficDeleteBefore, Math.floor(now / DAY) - KEPT_DAYS)
}
