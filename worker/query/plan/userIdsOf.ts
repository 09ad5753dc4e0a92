import { hmacKey, lastingId } from '../../lib/hash'
import type { SiteConfig } from '../../storage/siteConfig'

/** Ids of users by their names. */
export const userIdsOf = async (
  { secret }: SiteConfig,
  names: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  if (names.length === 0) return new Map()
  const key = await hmacKey(secret)
  return new Map(await Promise.all(names.map(async name => [name, await lastingId(key, 'user', name)] as const)))
}
