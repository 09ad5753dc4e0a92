import { aiCrawlerOf } from '../../../shared/aiCrawlerOf'
import type { ImportKind } from '../../../shared/imports'
import { HOUR } from '../../../shared/time'
import { dayOf, startOfDay } from '../../lib/calendar'
import type { Site } from '../../site'
import type { EdgeFetch } from '../../storage/edgeFetch'
import type { ImportRow } from '../../storage/importRow'
import type { StatementBudget } from '../../storage/statementBudget'
import { askEdge } from './askEdge'
import { EdgeProblem } from './edgeProblem'
import { agentsQuery, pagesQuery } from './edgeQuery'
import type { EdgeZone } from './edgeZone'
import { fetchRows } from './fetchRows'
import { servedRows } from './servedRows'

/** How long after a day's end its numbers are complete, and how long a failed attempt waits for the next. */
const WAIT = HOUR
/** Of days before, Cloudflare's free plan keeps nothing. */
const MOST_DAYS_BACK = 2
/** Two imports, and the state before and after. */
const STATEMENTS = 6

/** User agents that one query names. */
const MOST_CRAWLERS = 100

/** The day to fetch; `null` if there is none or the last attempt is recent. */
const dueDay = ({ day, tried, problem }: EdgeFetch, now: number, zone: string): number | null => {
  const last = dayOf(now - WAIT, zone) - 1
  if (day >= last || (problem !== null && tried > now - WAIT)) return null
  return Math.max(day + 1, last - MOST_DAYS_BACK + 1)
}

const fetched = async (site: Site, day: number, zone: EdgeZone, ask: typeof fetch) => {
  const { domain, timezone } = site.config
  const span = { domain, from: startOfDay(day, timezone), to: startOfDay(day + 1, timezone) }
  const agents = await askEdge(zone, agentsQuery(zone.zone, span), ask)
  const isOfAi = (userAgent: string): boolean => aiCrawlerOf(userAgent) !== null
  const crawlers = agents
    .map(({ userAgent }) => userAgent)
    .filter(isOfAi)
    .slice(0, MOST_CRAWLERS)
  const pages = crawlers.length === 0 ? [] : await askEdge(zone, pagesQuery(zone.zone, span, crawlers), ask)
  return { served_pages: servedRows(day, agents), ai_fetches: fetchRows(day, pages) } satisfies Partial<
    Record<ImportKind, readonly ImportRow[]>
  >
}

/**
 * Fetches what Cloudflare served on the last finished day of a site, once: the pages by browser, and those that crawlers of AI
 * services fetched. Nothing is stored of a day that cannot be fetched whole; the state says why.
 */
export const fetchEdge = async (
  site: Site,
  zone: EdgeZone,
  ask: typeof fetch,
  now: number,
  budget: StatementBudget,
): Promise<void> => {
  if (!budget.hasRoomFor(STATEMENTS)) return
  const state = await site.edgeFetch()
  const day = dueDay(state, now, site.config.timezone)
  if (day === null) return
  try {
    const rows = await fetched(site, day, zone, ask)
    for (const [kind, ofKind] of Object.entries(rows))
      if (ofKind.length > 0)
        await site.importRows({ kind: kind as ImportKind, table: 'imports', source: 'cloudflare' }, ofKind)
    await site.storeEdgeFetch({ day, tried: now, problem: null })
  } catch (error) {
    if (!(error instanceof EdgeProblem)) throw error
    await site.storeEdgeFetch({ ...state, tried: now, problem: error.message })
  }
}
