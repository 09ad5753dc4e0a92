import type { SiteConfig } from '../../storage/siteConfig'
import settlementsSelectVersion from '../../storage/sql/settlements.select_version.sql'
import type { CountedReads } from '../execute/countedReads'

/** `settlements.version` now: see `SiteState`. */
export const readVersion = async (reads: CountedReads, { id }: SiteConfig): Promise<number> => {
  const [row] = await reads.all(settlementsSelectVersion, id)
  return Number(row?.version ?? 0)
}
