import type { Directory } from './directory'
import { logFailure } from './lib/log'
import type { SiteEngine } from './site'
import { type StatementBudget, UNLIMITED } from './storage/statementBudget'

/** As in wrangler.toml. */
const INTERVAL = 5 * 60_000
/** Statements that are worth beginning a site with. */
const FEWEST_STATEMENTS = 20

/** The sites, beginning with another one in each run, so that each gets its share of a limited number of statements. */
const inTurn = (sites: readonly SiteEngine[], now: number): SiteEngine[] => {
  const first = Math.floor(now / INTERVAL) % Math.max(1, sites.length)
  return [...sites.slice(first), ...sites.slice(0, first)]
}

/** A site whose sessions cannot be settled builds no rollups. */
const maintain = async (site: SiteEngine, now: number, budget: StatementBudget): Promise<void> => {
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

/**
 * Runs every few minutes: records that it does, destroys salts whose time has come, then settles the sessions, builds the
 * rollups and deletes the expired events of one site after the other. What the budget leaves undone, later runs continue.
 */
export const runCron = async (directory: Directory, now: number, budget = UNLIMITED): Promise<void> => {
  await directory.recordCronRun(now)
  await directory.destroySalts(now)
  for (const site of inTurn(await directory.list(), now)) {
    if (!budget.hasRoomFor(FEWEST_STATEMENTS)) return
    await maintain(site, now, budget)
  }
}
