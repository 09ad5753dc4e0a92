import type { FileBudget } from '../fileBudget'
import type { SiteConfig } from '../siteConfig'
import { type BackupCursor, type BackupPart, FIRST_PART } from './backupPart'
import { backupText, firstBackupText } from './backupText'

/** Statements that one part takes. */
const PART_STATEMENTS = 8
/** Characters after which an object ends: with its last part it has at most twice as many in memory. */
const SIZE = 8_000_000
/** Keys that one call deletes. */
const MOST_KEYS = 1_000

/** Names a site for good: another one may have its domain later. */
type Owner = Pick<SiteConfig, 'id' | 'created'>

/** How far a backup is. */
interface BackupProgress extends Owner {
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

const deleteAll = async (bucket: R2Bucket, prefix: string): Promise<void> => {
  for (;;) {
    const { objects } = await bucket.list({ prefix, limit: MOST_KEYS })
    if (objects.length === 0) return
    await bucket.delete(objects.map(({ key }) => key))
  }
}

/** What an object of the site itself says, and of no former site with its domain. */
const ownJson = async <T extends Owner>({ bucket, site }: BackupJob, key: string): Promise<T | null> => {
  const text = (await (await bucket.get(key))?.text()) || 'null'
  const found = JSON.parse(text) as T | null
  return found?.id === site.id && found.created === site.created ? found : null
}

/** What to go on with; `null` when the day has its backup. */
const progressOf = async (job: BackupJob, now: number): Promise<BackupProgress | null> => {
  const { bucket, site } = job
  const begun = await ownJson<BackupProgress>(job, progressKey(site))
  if (begun) return begun
  const day = new Date(now).toISOString().slice(0, 10)
  if (await ownJson(job, completeKey(site, day))) return null
  // What a former site left there would be restored with this one.
  await deleteAll(bucket, dayFolder(site, day))
  return { id: site.id, created: site.created, day, object: 0, cursor: null }
}

/** Writes the next object. Returns what follows, `null` after the last one. */
const writeObject = async (
  { bucket, site, read }: BackupJob,
  progress: BackupProgress,
  hasRoom: () => boolean,
): Promise<BackupProgress | null> => {
  const texts = progress.cursor === null ? [await firstBackupText(site)] : []
  let cursor: BackupCursor | null = progress.cursor ?? FIRST_PART
  for (let size = 0; size < SIZE && cursor !== null && (size === 0 || hasRoom()); ) {
    const part: BackupPart = await read(cursor)
    const text = await backupText(site, cursor, part)
    texts.push(text)
    size += text.length
    cursor = part.next
  }
  await bucket.put(objectKey(site, progress), texts.join(''), { httpMetadata: { contentType: 'application/x-ndjson' } })
  return cursor && { ...progress, object: progress.object + 1, cursor }
}

/** Deletes all objects of a site's backups but those of the last ones. */
const deleteOld = async ({ bucket, site, keep }: BackupJob): Promise<void> => {
  const { delimitedPrefixes } = await bucket.list({ prefix: folderOf(site), delimiter: '/' })
  const old = delimitedPrefixes.toSorted().slice(0, -keep)
  for (const prefix of old) await deleteAll(bucket, prefix)
}

/**
 * Writes a backup of a site once a UTC day, in as many runs as it takes: what the next one needs to know is beside it in the
 * bucket. A backup is complete when its folder has the object `complete`.
 * @returns whether the next run has more to do
 */
export const writeBackup = async (job: BackupJob, now: number, budget: FileBudget): Promise<boolean> => {
  const { bucket, site } = job
  const hasRoom = (): boolean => budget.hasRoomFor(PART_STATEMENTS)
  let progress = await progressOf(job, now)
  if (progress === null) return false
  while (hasRoom()) {
    const next: BackupProgress | null = await writeObject(job, progress, hasRoom)
    if (next === null) {
      const { id, created, day } = progress
      await bucket.put(completeKey(site, day), JSON.stringify({ id, created }))
      await bucket.delete(progressKey(site))
      await deleteOld(job)
      return false
    }
    await bucket.put(progressKey(site), JSON.stringify(next))
    progress = next
  }
  return true
}
