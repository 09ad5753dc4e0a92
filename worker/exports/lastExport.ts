import { foldersIn } from '../storage/foldersIn'
import { EXPORT_TABLES } from './exportTables'

/** When the last day of a site was written to the bucket of exports; `null` for never. */
export const lastExport = async (bucket: R2Bucket, domain: string): Promise<Date | null> => {
  const days = await foldersIn(bucket, `site=${domain}/table=${EXPORT_TABLES[0]?.name}/`)
  const last = days.at(-1)
  if (last === undefined) return null
  const { objects } = await bucket.list({ prefix: last, limit: 1 })
  return objects[0]?.uploaded ?? null
}
