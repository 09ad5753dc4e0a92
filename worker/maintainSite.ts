import { logFailure } from './lib/log'
import type { Site } from './site'
import { UNLIMITED } from './storage/statementBudget'

/** Settles sessions, builds rollups and deletes expired events. A site whose sessions cannot be settled builds no rollups. */
export const maintainSite = async (site: Site, now: number, budget = UNLIMITED): Promise<void> => {
  let job = 'settle'
  try {
    const changes = await site.settle(now, budget)
    job = 'rollup'
    await site.buildRollups(now, changes, budget)
  } catch (error) {
    // The others still get their turn.
    logFailure(error, { job, site: site.config.domain })
  }
}
