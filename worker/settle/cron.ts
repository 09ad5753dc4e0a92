import { logFailure } from '../log'
import { destroySalts } from '../store/salts'
import { listSites } from '../store/sites'
import { settle } from './settle'

/**
 * What runs every few minutes: salts whose time has come are destroyed, and every site is settled. A
 * site that fails does not keep the others from theirs.
 */
export const runCron = async (db: D1Database, now: number): Promise<void> => {
  await destroySalts(db, now)
  const sites = await listSites(db)
  const results = await Promise.allSettled(sites.map(site => settle(db, site.id, now)))
  for (const [index, result] of results.entries()) {
    if (result.status === 'rejected') logFailure(result.reason, { job: 'settle', site: sites[index]?.domain ?? '' })
  }
}
