import type { SiteConfig } from '../siteConfig'
import { UNLIMITED } from '../statementBudget'
import { type BackupCursor, type BackupPart, FIRST_PART } from './backupPart'
import { backupText, firstBackupText } from './backupText'

/** Milliseconds of one run of the cron, after which the next one continues. */
const LONGEST_RUN = 20_000
/** Statements that one part takes. */
const PART_STATEMENTS = 8
/** Parts of one object: some megabytes of text. */
const PARTS = 8
/** Keys that one call deletes. */
const MOST_KEYS = 1_000

/** How far a backup is. */
interface BackupProgress {
  readonly day: string
  /** The number of the next object, from 0. */
  readonly object: number
  /** Where the next part begins; `null` before the first part, which holds the site. */
  readonly cursor: BackupCursor | null
}

export interface BackupJob {
  readonly bucket: R2Bucket
  readonly site: SiteConfig
  readonly read: (cursor: BackupCursor) => Promise<BackupPart>
  /** How many backups are kept. */
  readonly keep: number
}

const folderOf = ({ domain }: SiteConfig): string => `site=${domain}/`
const progressKey = (site: SiteConfig): string => `${folderOf(site)}progress.json`
const dayFolder = (site: SiteConfig, day: string): string => `${folderOf(site)}day=${day}/`
/** Objects in the order of their names are the backup. */
const objectKey = (site: SiteConfig, { day, object }: BackupProgress): string =>
  `${dayFolder(site, day)}${String(object).padStart(6, '0')}.ndjson`
const completeKey = (site: SiteConfig, day: string): string => `${dayFolder(site, day)}complete`

/** What to go on with; `null` when the day has its backup. */
const progressOf = async ({ bucket, site }: BackupJob, now: number): Promise<BackupProgress | null> => {
  const begun = await bucket.get(progressKey(site))
  if (begun) return begun.json<BackupProgress>()
  const day = new Date(now).toISOString().slice(0, 10)
  return (await bucket.head(completeKey(site, day))) ? null : { day, object: 0, cursor: null }
}

/** Writes the next object. Returns what follows, `null` after the last one. */
const writeObject = async (
  { bucket, site, read }: BackupJob,
  progress: BackupProgress,
  hasRoom: () => boolean,
): Promise<BackupProgress | null> => {
  const texts = progress.cursor === null ? [await firstBackupText(site)] : []
  let cursor: BackupCursor | null = progress.cursor ?? FIRST_PART
  for (let n = 0; n < PARTS && cursor !== null && (n === 0 || hasRoom()); n++) {
    const part: BackupPart = await read(cursor)
    texts.push(await backupText(site, cursor, part))
    cursor = part.next
  }
  await bucket.put(objectKey(site, progress), texts.join(''), { httpMetadata: { contentType: 'application/x-ndjson' } })
  return cursor && { ...progress, object: progress.object + 1, cursor }
}

/** Deletes all objects of a site's backups but those of the last ones. */
const deleteOld = async ({ bucket, site, keep }: BackupJob): Promise<void> => {
  const { delimitedPrefixes } = await bucket.list({ prefix: folderOf(site), delimiter: '/' })
  const old = delimitedPrefixes.toSorted().slice(0, -keep)
  for (const prefix of old) {
    for (;;) {
      const { objects } = await bucket.list({ prefix, limit: MOST_KEYS })
      if (objects.length === 0) break
      await bucket.delete(objects.map(({ key }) => key))
    }
  }
}

/**
 * Writes a backup of a site once a UTC day, in as many runs as it takes: what the next one needs to know is beside it in the
 * bucket. A backup is complete when its folder has the object `complete`.
 * @returns whether the next run has more to do
 */
export const writeBackup = async (job: BackupJob, now: number, budget = UNLIMITED): Promise<boolean> => {
  const { bucket, site } = job
  const began = Date.now()
  const hasRoom = (): boolean => Date.now() - began < LONGEST_RUN && budget.hasRoomFor(PART_STATEMENTS)
  let progress = await progressOf(job, now)
  if (progress === null) return false
  while (hasRoom()) {
    const next: BackupProgress | null = await writeObject(job, progress, hasRoom)
    if (next === null) {
      await bucket.put(completeKey(site, progress.day), '')
      await bucket.delete(progressKey(site))
      await deleteOld(job)
      return false
    }
    await bucket.put(progressKey(site), JSON.stringify(next))
    progress = next
  }
  return true
}
