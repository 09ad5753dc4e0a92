import type { FilterOut } from '../../../shared/settings'
import { hmacKey, keyedHash47 } from '../../lib/hash'
import type { SiteConfig } from '../../storage/siteConfig'

/** Keyed hashes of filters: they tell whether an entry of `settings.filters_out` is still there. */
export const filterHashes = async ({ secret }: SiteConfig, filters: readonly FilterOut[]): Promise<number[]> => {
  if (filters.length === 0) return []
  const key = await hmacKey(secret)
  return Promise.all(filters.map(({ what, is }) => keyedHash47(key, `filter\n${what}\n${is}`)))
}
