import type { Directory } from './directory'
import { logFailure } from './lib/log'
import type { SessionChanges } from './sessions/settle'
import type { SiteEngine } from './site'

/** A site that fails does not keep the others from their turn. */
const forEach = async (
  job: string,
  sites: readonly SiteEngine[],
  work: (site: SiteEngine) => Promise<void>,
): Promise<void> => {
  const results = await Promise.allSettled(sites.map(work))
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected') logFailure(result.reason, { job, site: sites[index]?.config.domain ?? '' })
  }
}

/**
 * Runs every few minutes: records that it does, destroys salts whose time has come, settles the sessions of every site, then builds rollups and
 * deletes expired events. Sessions of all sites come first, as the queries of one run may be limited.
 */
export const runCron = async (directory: Directory, now: number): Promise<void> => {
  await directory.recordCronRun(now)
  await directory.destroySalts(now)
  // A site whose sessions cannot be settled builds no rollups.
  const settled = new Map<SiteEngine, SessionChanges[]>()
  await forEach('settle', await directory.list(), async site => {
    settled.set(site, await site.settle(now))
  })
  await forEach('rollup', [...settled.keys()], site => site.buildRollups(now, settled.get(site) ?? []))
}
