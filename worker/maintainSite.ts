import { type EdgeVariables, edgeZoneOf } from './collect/edge/edgeZone'
import { fetchEdge } from './collect/edge/fetchEdge'
import { logFailure } from './lib/log'
import { sendAlarms } from './reports/alarms/sendAlarms'
import { type Outlets, outletsOf, type WaysOut } from './reports/delivery/outlets'
import { sendReports } from './reports/sendReports'
import type { Site } from './site'
import type { StatementBudget } from './storage/statementBudget'
import { tryJob } from './tryJob'

/** What is due is sent before rollups are built: after them, a run on the free plan has no room for it. */
const report = async (site: Site, now: number, budget: StatementBudget, outlets: Outlets): Promise<void> => {
  for (const [job, send] of [
    ['alarm', sendAlarms],
    ['report', sendReports],
  ] as const)
    await tryJob(site, job, async () => {
      await send(site, outlets, now, budget)
      return false
    })
}

/** Fetches what Cloudflare served, where the site has a zone. */
const fetchServed = async (
  site: Site,
  now: number,
  budget: StatementBudget,
  surroundings: WaysOut & EdgeVariables,
): Promise<void> => {
  const zone = edgeZoneOf(surroundings, site.config.domain)
  if (!zone) return
  await tryJob(site, 'edge', async () => {
    await fetchEdge(site, zone, outletsOf(surroundings).fetch, now, budget)
    return false
  })
}

/**
 * Settles sessions, sends what is due, fetches what Cloudflare served, builds rollups and deletes expired events. A site whose
 * sessions cannot be settled sends nothing and builds no rollups.
 */
export const maintainSite = async (
  site: Site,
  now: number,
  budget: StatementBudget,
  surroundings: WaysOut & EdgeVariables,
): Promise<void> => {
  let job = 'settle'
  try {
    const changes = await site.settle(now, budget)
    await report(site, now, budget, outletsOf(surroundings))
    await fetchServed(site, now, budget, surroundings)
    job = 'rollup'
    await site.buildRollups(now, changes, budget)
  } catch (error) {
    // The others still get their turn.
    logFailure(error, { job, site: site.config.domain })
  }
}
