import type { Env } from '../env'
import { lastExport } from '../exports/lastExport'
import { failureOf } from '../lib/log'
import { lastBackup } from '../storage/backup/lastBackup'
import type { SiteConfig } from '../storage/siteConfig'

/** Sites that are looked at, so that a report takes few calls. */
const MOST_SITES = 20

/** What the cron wrote to a bucket. */
export interface BucketReport {
  /** The site whose last file is the oldest; `null` without any site. */
  readonly site: string | null
  /** When its last file was written, ISO 8601; `null` for never. */
  readonly last: string | null
  /** Why the bucket cannot be read; `null` if it can. */
  readonly failure: string | null
}

type LastFile = (bucket: R2Bucket, domain: string) => Promise<Date | null>

/** By the name of the binding. */
const LAST_FILES = { EXPORTS: lastExport, BACKUPS: lastBackup } as const satisfies Partial<Record<keyof Env, LastFile>>

const reportOf = async (
  bucket: R2Bucket,
  last: LastFile,
  sites: readonly Pick<SiteConfig, 'domain'>[],
): Promise<BucketReport> => {
  const files = await Promise.all(
    sites.map(async ({ domain }) => ({ site: domain, time: (await last(bucket, domain))?.getTime() ?? 0 })),
  )
  const oldest = files.toSorted((one, other) => one.time - other.time)[0]
  return {
    site: oldest?.site ?? null,
    last: oldest && oldest.time > 0 ? new Date(oldest.time).toISOString() : null,
    failure: null,
  }
}

/**
 * The last files in each bucket, `null` for one that is not bound.
 * @param sites those that get files on every day
 */
export const bucketReports = async (
  env: Env,
  sites: readonly Pick<SiteConfig, 'domain'>[],
): Promise<Readonly<Record<string, BucketReport | null>>> => {
  const entries = Object.entries(LAST_FILES).map(async ([name, last]) => {
    const bucket = env[name as keyof typeof LAST_FILES]
    if (!bucket) return [name, null] as const
    const report = reportOf(bucket, last, sites.slice(0, MOST_SITES)).catch(error => ({
      site: null,
      last: null,
      failure: failureOf(error).code,
    }))
    return [name, await report] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}
