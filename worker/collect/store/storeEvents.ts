import type { Problem } from '../../lib/problem'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { FactRow, IdentityLink } from '../../storage/factRow'
import { SharedWrites } from '../../storage/sharedWrites'
import type { SiteConfig } from '../../storage/siteConfig'
import { storeFacts } from '../../storage/storeFacts'
import { isConsent, visitorIdentifier } from '../identity/identifyVisitor'
import type { IncomingEvent } from '../parse/incomingEvent'
import { type EventWarning, REFUND, validateRefunds } from '../validate/validateRefunds'
import { factRowOf, identityLinkOf } from './factRowOf'

/** Takes an event that contradicts what is stored. When it throws, nothing is stored. */
export type RejectEvent = (position: number, problem: Problem) => void

/** Takes a warning about an event that is stored. */
export type WarnSender = (position: number, warning: EventWarning) => void

const rejectAll: RejectEvent = (_, problem) => {
  throw problem
}

/** The rows of one event, its sender a number. The queue holds it as JSON, so that its names outlive a release. */
export interface EnrichedEvent {
  readonly claim: IdentityLink | null
  /** `null` for an event that is only an identity link. */
  readonly fact: FactRow | null
}

const isLinkAlone = (event: IncomingEvent): boolean => event.name === 'identify' || isConsent(event)

/** Enriches and identifies, in the order of the events. */
export const enrichEvents = async (
  db: CachedDatabase,
  site: SiteConfig,
  events: readonly IncomingEvent[],
): Promise<EnrichedEvent[]> => {
  const identify = visitorIdentifier(db, site)
  const enriched: EnrichedEvent[] = []
  for (const event of events) {
    const identity = await identify(event)
    const fact = isLinkAlone(event) ? null : factRowOf(event, identity, site)
    enriched.push({ claim: identityLinkOf(event, identity), fact })
  }
  return enriched
}

const factsOf = (enriched: readonly EnrichedEvent[]): FactRow[] => {
  const facts: FactRow[] = []
  for (const { fact } of enriched) if (fact) facts.push(fact)
  return facts
}

const linksOf = (enriched: readonly EnrichedEvent[]): IdentityLink[] => {
  const links: IdentityLink[] = []
  for (const { claim } of enriched) if (claim) links.push(claim)
  return links
}

/**
 * Stores enriched events in one atomic write.
 * @returns for every page view and event, whether it is a duplicate
 */
export const storeEnrichedEvents = (
  db: CachedDatabase,
  site: number,
  enriched: readonly EnrichedEvent[],
): Promise<boolean[]> => storeFacts(db, site, factsOf(enriched), linksOf(enriched))

/** The writes of a site's beacons, which wait for each other. */
const sharedWritesOf = ({ caches }: CachedDatabase, site: number): SharedWrites => {
  const known = caches.sharedWrites.get(site)
  if (known) return known
  const made = new SharedWrites()
  caches.sharedWrites.set(site, made)
  return made
}

/** Stores a beacon's enriched events in one atomic write, which beacons that arrive at the same time share. */
export const storeBeacon = (db: CachedDatabase, site: number, enriched: readonly EnrichedEvent[]): Promise<void> =>
  sharedWritesOf(db, site).run({ facts: factsOf(enriched), links: linksOf(enriched) }, ({ facts, links }) =>
    storeFacts(db, site, facts, links),
  )

/**
 * The end of the pipeline, for beacons and events alike: enrich, identify, store, in one atomic write.
 * @param reject takes each event that is rejected; by default one rejects all
 * @param warn takes each warning about a stored event
 * @returns for every event, whether it is a duplicate
 * @throws Problem `refund_too_large`, unless `reject` takes it
 */
export const storeEvents = async (
  db: CachedDatabase,
  site: SiteConfig,
  events: readonly IncomingEvent[],
  reject: RejectEvent = rejectAll,
  warn: WarnSender = () => {},
): Promise<boolean[]> => {
  const enriched = await enrichEvents(db, site, events)
  const hasRefund = events.some(({ name }) => name === REFUND)
  const found = hasRefund ? await validateRefunds(db, site.id, factsOf(enriched)) : null
  const accepted: EnrichedEvent[] = []
  const positions: number[] = []
  for (const [position, one] of enriched.entries()) {
    const { fact } = one
    const problem = fact && found?.rejected.get(fact)
    if (problem) {
      reject(position, problem)
      continue
    }
    accepted.push(one)
    if (fact) positions.push(position)
    const warning = fact && found?.warnings.get(fact)
    if (warning) warn(position, warning)
  }
  const repeats = await storeEnrichedEvents(db, site.id, accepted)
  const result = events.map(() => false)
  for (const [index, position] of positions.entries()) result[position] = repeats[index] ?? false
  return result
}
