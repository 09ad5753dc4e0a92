import type { Directory } from './directory'
import { maintainSite, type Surroundings } from './maintainSite'
import type { Site } from './site'
import { UNLIMITED } from './storage/statementBudget'

/** As in wrangler.toml. */
const INTERVAL = 5 * 60_000
/** Statements that are worth beginning a site with. */
const FEWEST_STATEMENTS = 20

/** The sites, beginning with another one in each run, so that each gets its share of a limited number of statements. */
const inTurn = (sites: readonly Site[], now: number): Site[] => {
  const first = Math.floor(now / INTERVAL) % Math.max(1, sites.length)
  return [...sites.slice(first), ...sites.slice(0, first)]
}

/**
 * Runs every few minutes: records that it does, destroys salts whose time has come, then settles the sessions, builds the
 * rollups, deletes the expired events, sends the reports and exports the finished days of one site after the other. The alarm of an
 * object does that for its site.
 * Later runs continue what the budget leaves undone.
 */
export const runCron = async (
  directory: Directory,
  now: number,
  budget = UNLIMITED,
  surroundings: Surroundings = {},
): Promise<void> => {
  await directory.recordCronRun(now)
  await directory.destroySalts(now)
  for (const site of inTurn(await directory.listInDatabase(), now)) {
    if (!budget.hasRoomFor(FEWEST_STATEMENTS)) return
    await maintainSite(site, now, budget, surroundings)
  }
}
