import type { Env } from './env'
import { logFailure } from './lib/log'
import { sendAlarms } from './reports/alarms/sendAlarms'
import { type Outlets, outletsOf, type WaysOut } from './reports/delivery/outlets'
import { sendReports } from './reports/sendReports'
import type { Site } from './site'
import { type StatementBudget, UNLIMITED } from './storage/statementBudget'

/** Where the cron writes files to and sends reports by. */
export type Surroundings = Pick<Env, 'EXPORTS' | 'BACKUPS' | 'KEEP_BACKUPS'> & WaysOut

/** Backups that are kept of a site. */
const KEEP = 7

/** At least one, whatever the variable says. */
const keptBackups = ({ KEEP_BACKUPS = '' }: Surroundings): number =>
  Math.max(1, Math.floor(Number(KEEP_BACKUPS)) || KEEP)

/** Does a job. One that fails is logged and takes no other along. */
const tryJob = async (site: Site, job: string, work: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await work()
  } catch (error) {
    logFailure(error, { job, site: site.config.domain })
    return false
  }
}

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

const settleAndBuild = async (site: Site, now: number, budget: StatementBudget, outlets: Outlets): Promise<void> => {
  let job = 'settle'
  try {
    const changes = await site.settle(now, budget)
    await report(site, now, budget, outlets)
    job = 'rollup'
    await site.buildRollups(now, changes, budget)
  } catch (error) {
    // The others still get their turn.
    logFailure(error, { job, site: site.config.domain })
  }
}

/**
 * Settles sessions, sends what is due, builds rollups and deletes expired events, then writes files where there are buckets for
 * them. A site whose sessions cannot be settled sends nothing and builds no rollups.
 * @returns whether files are left to write
 */
export const maintainSite = async (
  site: Site,
  now: number,
  budget = UNLIMITED,
  surroundings: Surroundings = {},
): Promise<boolean> => {
  await settleAndBuild(site, now, budget, outletsOf(surroundings))
  const { EXPORTS, BACKUPS } = surroundings
  const hasDays = EXPORTS && (await tryJob(site, 'export', () => site.exportDays(EXPORTS, now, budget)))
  const keep = keptBackups(surroundings)
  const hasParts = BACKUPS && (await tryJob(site, 'backup', () => site.writeBackup(BACKUPS, keep, now, budget)))
  return Boolean(hasDays || hasParts)
}
