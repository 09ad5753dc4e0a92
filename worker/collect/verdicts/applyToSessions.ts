import type { SiteSettings } from '../../../shared/settings'
import { SESSION_VERDICTS } from '../../../shared/verdicts'
import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { FactKey } from '../../storage/countedFacts'
import type { SiteConfig } from '../../storage/siteConfig'
import visitsSelectUnattended from '../../storage/sql/visits.select_unattended.sql'
import { verdictMask } from '../store/verdictMask'
import { type ExcludedFact, moveFacts } from './moveFacts'
import { type AppliedVerdicts, START, type VerdictCursor } from './verdictCursor'

interface UnattendedSession {
  readonly hour: number
  readonly visitor: number
  readonly at: number
  readonly views: number
  readonly one_request: number
  /** JSON */
  readonly keys: string
}

/** Page views that one step moves, but for those of its last session. */
const PAGE_VIEWS = 300

/** The first and the last of some epoch hours. */
export type Hours = readonly [first: number, last: number]

const EVER: Hours = [START, -START]

export const excludesSessions = ({ excluded_verdicts }: SiteSettings): boolean =>
  SESSION_VERDICTS.some(verdict => excluded_verdicts.includes(verdict))

/** The first sessions, up to the page views of one step. */
const firstOf = (sessions: readonly UnattendedSession[]): readonly UnattendedSession[] => {
  let views = 0
  return sessions.filter(session => {
    const fits = views < PAGE_VIEWS
    views += session.views
    return fits
  })
}

/** The page views of a session, with its verdicts; none if the settings exclude neither of them. */
const exclusionsOf = (session: UnattendedSession, { excluded_verdicts }: SiteSettings): ExcludedFact[] => {
  const own = SESSION_VERDICTS.filter(verdict => verdict !== 'one_request' || session.one_request === 1)
  if (!own.some(verdict => excluded_verdicts.includes(verdict))) return []
  return (JSON.parse(session.keys) as FactKey[]).map(key => ({ key, verdicts: verdictMask(own), filters: [] }))
}

/**
 * Excludes the next sessions that the settings exclude as a whole.
 * @param hours the hours in which they began
 */
export const applyToSessions = async (
  db: CachedDatabase,
  site: SiteConfig,
  after: Extract<VerdictCursor, { step: 'sessions' }>['after'],
  hours = EVER,
): Promise<AppliedVerdicts> => {
  if (!excludesSessions(site.settings)) return { counted: 0, excluded: 0, next: null }
  const excludesAll = site.settings.excluded_verdicts.includes('no_interaction') ? 1 : 0
  const bounds = [...after, ...hours, PAGE_VIEWS, excludesAll]
  const { rows } = await db.all<UnattendedSession>(visitsSelectUnattended, site.id, ...bounds)
  const sessions = firstOf(rows)
  const exclusions = sessions.flatMap(session => exclusionsOf(session, site.settings))
  await moveFacts(db, site, 'views', exclusions)
  const last = rows.length < PAGE_VIEWS && sessions.length === rows.length ? undefined : sessions.at(-1)
  return {
    counted: 0,
    excluded: exclusions.length,
    next: last ? { step: 'sessions', after: [last.hour, last.visitor, last.at] } : null,
  }
}
