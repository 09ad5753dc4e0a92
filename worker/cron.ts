import { logFailure } from './lib/log'
import { destroySalts } from './privacy/salts'
import { buildDays } from './rollups/buildDays'
import { buildToday } from './rollups/buildToday'
import { deleteExpiredEvents } from './rollups/deleteExpiredEvents'
import { type SessionChanges, settle } from './sessions/settle'
import type { Database } from './storage/database'
import { listSites, type Site } from './storage/sites'

/** A site that fails does not keep the others from theirs. */
const forEach = async (job: string, sites: readonly Site[], work: (site: Site) => Promise<void>): Promise<void> => {
  const results = await Promise.allSettled(sites.map(work))
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected') logFailure(result.reason, { job, site: sites[index]?.domain ?? '' })
  }
}

/**
 * What runs every few minutes: salts whose time has come are destroyed, every site is settled, the days of each that
 * are over are added up, and facts that are older than a site keeps them are removed.
 */
export const runCron = async (db: Database, now: number): Promise<void> => {
  await destroySalts(db, now)
  const sites = await listSites(db)
  // What was settled of each; of a site that was not, no days are added up.
  const changes = new Map<Site, SessionChanges[]>()
  await forEach('settle', sites, async site => {
    changes.set(site, await settle(db, site.id, now))
  })
  await forEach('rollup', [...changes.keys()], async site => {
    await buildDays(db, site, now)
    await deleteExpiredEvents(db, site, now)
    await buildToday(db, site, now, changes.get(site) ?? [])
  })
}
