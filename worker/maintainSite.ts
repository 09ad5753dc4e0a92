import type { Env } from './env'
import { logFailure } from './lib/log'
import type { Site } from './site'
import { UNLIMITED } from './storage/statementBudget'

/** Where the cron writes files to. */
export type Buckets = Pick<Env, 'EXPORTS'>

/**
 * Settles sessions, builds rollups, deletes expired events and exports finished days. A site whose sessions cannot be
 * settled builds no rollups.
 * @returns whether days are left to export
 */
export const maintainSite = async (
  site: Site,
  now: number,
  budget = UNLIMITED,
  { EXPORTS }: Buckets = {},
): Promise<boolean> => {
  let job = 'settle'
  try {
    const changes = await site.settle(now, budget)
    job = 'rollup'
    await site.buildRollups(now, changes, budget)
    job = 'export'
    return EXPORTS !== undefined && (await site.exportDays(EXPORTS, now, budget))
  } catch (error) {
    // The others still get their turn.
    logFailure(error, { job, site: site.config.domain })
    return false
  }
}
