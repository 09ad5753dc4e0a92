import { DAY } from '../../../shared/time'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import { statement } from '../../storage/database'
import { rejectionsStatement } from '../../storage/rejections'
import type { SiteConfig } from '../../storage/siteConfig'
import excludedTrafficInsert from '../../storage/sql/excluded_traffic.insert.sql'
import type { ExcludedTraffic } from '../filter/excludedTraffic'
import { KEPT_REASONS } from '../filter/exclusionOfBeacon'
import { filtersMatching } from '../filter/filteredOut'
import { filterHashes } from '../filter/filterHashes'
import { type EnrichedEvent, enrichEvents } from './storeEvents'
import { verdictMask } from './verdictMask'

/** Requests of a site's UTC day that are all kept. */
const KEPT_WHOLE = 1_000

/** As the queue holds events: without the name of the client, which is never stored. */
const withoutClient = ({ claim, fact }: EnrichedEvent): EnrichedEvent => ({
  claim,
  fact: fact && { ...fact, client: null },
})

/**
 * Keeps excluded events apart from those of people, as the rows that they would have been, and counts them. It costs at
 * most two rows, whatever a beacon holds. Nothing is repeated where the connection is lost: that could count twice.
 * @param whole requests of a day that are all kept
 */
export const keepExcluded = async (
  db: CachedDatabase,
  site: SiteConfig,
  traffic: ExcludedTraffic,
  whole = KEPT_WHOLE,
): Promise<void> => {
  const enriched = (await enrichEvents(db, site, traffic.events)).map(withoutClient)
  const filters = traffic.verdicts.includes('rule') ? filtersMatching(traffic.events, site) : []
  const day = Math.floor(Date.now() / DAY)
  const first = traffic.events[0]
  const insert = statement(
    excludedTrafficInsert,
    site.id,
    day,
    first?.recordId ?? 0,
    verdictMask(traffic.verdicts),
    traffic.isCounted ? 1 : 0,
    enriched.find(({ fact }) => fact?.page)?.fact?.page?.[1] ?? '',
    traffic.network,
    traffic.agent,
    JSON.stringify(await filterHashes(site, filters)),
    JSON.stringify(enriched),
    JSON.stringify(KEPT_REASONS),
    whole,
  )
  const count = traffic.reasons.length > 0 ? [rejectionsStatement(site.id, day, traffic.reasons)] : []
  await db.batch([...count, insert])
}
