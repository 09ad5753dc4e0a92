import { foldersIn } from '../foldersIn'

/** The last day may have no complete backup yet. */
const DAYS = 2

/** When the last complete backup of a site was written to the bucket of backups; `null` for never. */
export const lastBackup = async (bucket: R2Bucket, domain: string): Promise<Date | null> => {
  const days = (await foldersIn(bucket, `site=${domain}/`)).toReversed()
  for (const day of days.slice(0, DAYS)) {
    const complete = await bucket.head(`${day}complete`)
    if (complete) return complete.uploaded
  }
  return null
}
