import type { Scope } from '../../relations/sql/scope'
import { numberChunks } from '../../storage/chunks'
import type { SiteConfig } from '../../storage/siteConfig'
import type { CountedReads } from '../execute/countedReads'
import type { LiveDelta } from './liveDelta'
import { readSiteState, type SiteState } from './readSiteState'

/** A site at the moment of its queries. */
export interface Moment {
  readonly site: SiteConfig
  /** Epoch milliseconds. */
  readonly now: number
  readonly state: SiteState
  readonly delta: LiveDelta
  /** Keys of retracted sessions and rows of added ones: see `Scope`. */
  readonly removed: Scope['removed']
  readonly added: Scope['added']
}

/** @returns `null` when sessions were settled between the reads */
export const readMoment = async (
  reads: CountedReads,
  site: SiteConfig,
  now: number,
  readDelta: () => Promise<LiveDelta>,
): Promise<Moment | null> => {
  const [state, delta] = await Promise.all([readSiteState(reads, site.id), readDelta()])
  reads.rowsRead += delta.rowsRead
  if (state.version !== delta.version) return null
  return { site, now, state, delta, removed: numberChunks(delta.retractedKeys), added: numberChunks(delta.added) }
}
