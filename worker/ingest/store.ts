import type { Claim, Fact } from '../store/fact'
import { storeFacts } from '../store/facts'
import type { Site } from '../store/sites'
import { claimOf, factOf } from './fact'
import { identifier } from './identify'
import type { Occurrence } from './occurrence'

/**
 * The end of the pipeline, for beacons and events alike: enrich, identify, store, in one atomic write.
 * @returns for every occurrence, whether it only repeats one that was known.
 */
export const store = async (db: D1Database, site: Site, occurrences: readonly Occurrence[]): Promise<boolean[]> => {
  const identify = identifier(db, site)
  const facts: Fact[] = []
  const claims: Claim[] = []
  const positions: number[] = []
  for (const [position, occurrence] of occurrences.entries()) {
    const identity = await identify(occurrence)
    const claim = claimOf(occurrence, identity)
    if (claim) claims.push(claim)
    // An identify is no event: it is only the claim.
    if (occurrence.name === 'identify') continue
    facts.push(factOf(occurrence, identity, site))
    positions.push(position)
  }
  const repeats = await storeFacts(db, site.id, facts, claims)
  const result = occurrences.map(() => false)
  for (const [index, position] of positions.entries()) result[position] = repeats[index] ?? false
  return result
}
