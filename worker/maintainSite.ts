import type { Env } from './env'
import { logFailure } from './lib/log'
import type { Site } from './site'
import { UNLIMITED } from './storage/statementBudget'

/** Where the cron writes files to. */
export type Buckets = Pick<Env, 'EXPORTS' | 'BACKUPS' | 'KEEP_BACKUPS'>

/** Backups that are kept of a site. */
const KEEP = 7

/** At least one, whatever the variable says. */
const keptBackups = ({ KEEP_BACKUPS = '' }: Buckets): number => Math.max(1, Math.floor(Number(KEEP_BACKUPS)) || KEEP)

/** Does a job. One that fails is logged and takes no other along. */
const tryJob = async (site: Site, job: string, work: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await work()
  } catch (error) {
    logFailure(error, { job, site: site.config.domain })
    return false
  }
}

const settleAndBuild = async (site: Site, now: number, budget: typeof UNLIMITED): Promise<void> => {
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
 * Settles sessions, builds rollups and deletes expired events, then writes files where there are buckets for them. A site
 * whose sessions cannot be settled builds no rollups.
 * @returns whether files are left to write
 */
export const maintainSite = async (
  site: Site,
  now: number,
  budget = UNLIMITED,
  buckets: Buckets = {},
): Promise<boolean> => {
  await settleAndBuild(site, now, budget)
  const { EXPORTS, BACKUPS } = buckets
  const hasDays = EXPORTS && (await tryJob(site, 'export', () => site.exportDays(EXPORTS, now, budget)))
  const keep = keptBackups(buckets)
  const hasParts = BACKUPS && (await tryJob(site, 'backup', () => site.writeBackup(BACKUPS, keep, now, budget)))
  return Boolean(hasDays || hasParts)
}
