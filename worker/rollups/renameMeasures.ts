import type { SiteSettings } from '../../shared/settings'
import type { Dimension } from '../metrics/dimensions'
import { type Database, statement } from '../storage/database'
import { KEYS_OF_HASHES } from '../storage/keysOfHashes'
import type { SiteConfig } from '../storage/siteConfig'
import sumsRenameMeasures from '../storage/sql/sums.rename_measures.sql'
import sumsSelectNewestKeys from '../storage/sql/sums.select_newest_keys.sql'
import { writeBatch } from '../storage/writeBatch'
import { ROLLED_DIMENSIONS } from './rolledDimensions'
import { everyStoredMeasure } from './storedMeasures'

/** The key of a measure under the settings of a site, for its key under those of a new site. */
const keyUnder = (settings: SiteSettings, dimension: Dimension | null, key: string): string =>
  everyStoredMeasure(settings, dimension).find(one => one.key.startsWith(`${key}/`))?.key ?? key

/**
 * The keys of measures that the site's own settings changed, by their hashes and their order in the newest row, which
 * these settings made. Rows of earlier settings keep their hashes: nobody knows what those counted.
 */
const ownHashes = (
  site: SiteConfig,
  dimension: Dimension | null,
  newest: readonly string[],
): Record<string, string> => {
  const known = KEYS_OF_HASHES[dimension?.id ?? ''] ?? {}
  const unknown = newest.filter(hash => known[hash] === undefined)
  const missing = Object.entries(known).flatMap(([hash, key]) => (newest.includes(hash) ? [] : [key]))
  if (unknown.length !== missing.length) return {}
  return Object.fromEntries(
    unknown.map((hash, index) => [hash, keyUnder(site.settings, dimension, missing[index] as string)]),
  )
}

/**
 * Gives the measures of days whose events are deleted the keys that replaced hashes of SQL. Other days are rolled up
 * again. It can be repeated.
 */
export const renameMeasures = async (db: Database, site: SiteConfig): Promise<void> => {
  for (const dimension of ROLLED_DIMENSIONS) {
    const name = dimension?.id ?? ''
    const { rows } = await db.all<{ key: string }>(sumsSelectNewestKeys, site.id, name)
    const newest = rows.map(({ key }) => key)
    const keys = { ...KEYS_OF_HASHES[name], ...ownHashes(site, dimension, newest) }
    await writeBatch(db, [statement(sumsRenameMeasures, site.id, name, JSON.stringify(keys))])
  }
}
