import type { Env } from './env'
import type { Site } from './site'
import type { FileBudget } from './storage/fileBudget'
import { tryJob } from './tryJob'

/** Buckets that the cron writes files to. */
export type Buckets = Pick<Env, 'EXPORTS' | 'BACKUPS' | 'KEEP_BACKUPS'>

/** Backups that are kept of a site. */
const KEEP = 7

/** At least one, whatever the variable says. */
const keptBackups = ({ KEEP_BACKUPS = '' }: Buckets): number => Math.max(1, Math.floor(Number(KEEP_BACKUPS)) || KEEP)

/**
 * Writes a site's finished days and its backup where there are buckets for them.
 * @returns whether files are left to write, also because one could not be written
 */
export const writeFiles = async (site: Site, now: number, buckets: Buckets, budget: FileBudget): Promise<boolean> => {
  const { EXPORTS, BACKUPS } = buckets
  const keep = keptBackups(buckets)
  const hasDays = EXPORTS && (await tryJob(site, 'export', () => site.exportDays(EXPORTS, now, budget)))
  const hasParts = BACKUPS && (await tryJob(site, 'backup', () => site.writeBackup(BACKUPS, keep, now, budget)))
  return Boolean(hasDays || hasParts)
}
