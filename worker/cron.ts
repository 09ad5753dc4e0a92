import type { EdgeVariables } from './collect/edge/edgeZone'
import type { Directory } from './directory'
import type { Env } from './env'
import { maintainSite } from './maintainSite'
import type { WaysOut } from './reports/delivery/outlets'
import type { Site } from './site'
import { fileBudget } from './storage/fileBudget'
import { hasDailyRows, UNLIMITED } from './storage/statementBudget'
import { type Buckets, writeFiles } from './writeFiles'

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
 * rollups, deletes the expired events and sends the reports of one site after the other. Once all sites had their turn,
 * it deletes old excluded traffic and writes files with what is left of the budget. The alarm of an object does that for its
 * site.
 * Later runs finish what the budget did not allow.
 */
export const runCron = async (
  directory: Directory,
  now: number,
  budget = UNLIMITED,
  surroundings: WaysOut & Buckets & EdgeVariables & Pick<Env, 'PLAN'> = {},
): Promise<void> => {
  await directory.recordCronRun(now, hasDailyRows(surroundings.PLAN))
  await directory.destroySalts(now)
  const sites = inTurn(await directory.listInDatabase(), now)
  for (const site of sites) {
    if (!budget.hasRoomFor(FEWEST_STATEMENTS)) return
    await maintainSite(site, now, budget, surroundings)
  }
  // A day later is soon enough, so rollups have the first call on statements.
  if (budget.hasRoomFor(1)) await directory.deleteOldExcluded(now)
  const forFiles = fileBudget(budget)
  for (const site of sites) await writeFiles(site, now, surroundings, forFiles)
}
