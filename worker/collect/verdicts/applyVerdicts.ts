import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { SiteConfig } from '../../storage/siteConfig'
import { applyFilters } from './applyFilters'
import { applyToKept } from './applyToKept'
import { applyToSessions } from './applyToSessions'
import { type AppliedVerdicts, START, type VerdictCursor } from './verdictCursor'

/**
 * Takes one step in applying a site's settings to its past: counts kept traffic that they exclude no longer, and excludes
 * what they exclude now. Whoever calls it goes on until `next` is null; a step that is repeated changes nothing.
 */
export const applyVerdicts = (
  db: CachedDatabase,
  site: SiteConfig,
  cursor: VerdictCursor | null,
): Promise<AppliedVerdicts> => {
  if (cursor === null || cursor.step === 'kept') return applyToKept(db, site, cursor?.after ?? [START, START])
  if (cursor.step === 'sessions') return applyToSessions(db, site, cursor.after)
  return applyFilters(db, site, cursor.step, cursor.after)
}
