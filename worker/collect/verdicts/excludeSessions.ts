import type { CachedDatabase } from '../../storage/cachedDatabase'
import type { SiteConfig } from '../../storage/siteConfig'
import type { StatementBudget } from '../../storage/statementBudget'
import { applyToSessions, type Hours } from './applyToSessions'
import { BEGINNING, type VerdictCursor } from './verdictCursor'

/** Statements of one step. */
const STEP_STATEMENTS = 20

interface ExcludedSessions {
  readonly pageViews: number
  /** Whether every session of these hours is judged. */
  readonly isFinished: boolean
}

/** Judges the sessions that began in some hours, as far as the budget allows. */
export const excludeSessions = async (
  db: CachedDatabase,
  site: SiteConfig,
  hours: Hours,
  budget: StatementBudget,
): Promise<ExcludedSessions> => {
  let pageViews = 0
  let next: VerdictCursor | null = { step: 'sessions', after: BEGINNING }
  while (next?.step === 'sessions' && budget.hasRoomFor(STEP_STATEMENTS)) {
    const step = await applyToSessions(db, site, next.after, hours)
    pageViews += step.excluded
    next = step.next
  }
  return { pageViews, isFinished: next === null }
}
