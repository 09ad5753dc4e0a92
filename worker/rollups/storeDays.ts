import { jsonChunks } from '../storage/chunks'
import { type Database, type SqlStatement, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import sumsInsert from '../storage/sql/sums.insert.sql'
import { writeBatch } from '../storage/writeBatch'
import { computeDays } from './computeDays'
import type { Days } from './days'
import type { ComputedRow, RollupTarget } from './gatheredDays'
import { readEarliestSessionStart } from './readEarliestSessionStart'
import type { SessionSummary } from './readSessionSummary'
import type { RollupState } from './rollupState'

/**
 * With at most this many sessions, the results of all statements fit into memory at once, so they share a round trip.
 */
const FEW_SESSIONS = 5_000

/** The most sessions times dimensions of one statement, whose result must fit into memory. */
const MOST_GROUPED = 100_000

/**
 * Groups targets that share statements: as many dimensions of sessions as fit into memory. Every other is by itself.
 */
export const groupTargets = <T extends Pick<RollupTarget, 'dimension'>>(
  targets: readonly T[],
  { count }: SessionSummary,
): T[][] => {
  const isOfSessions = ({ dimension }: T): boolean => dimension?.level === 'session'
  const sessions = targets.filter(isOfSessions)
  const most = Math.max(1, Math.floor(MOST_GROUPED / Math.max(1, count)))
  const shared = Array.from({ length: Math.ceil(sessions.length / most) }, (_, part) =>
    sessions.slice(part * most, (part + 1) * most),
  )
  const others = targets.filter(target => !isOfSessions(target)).map(target => [target])
  // Totals come last: they say that a day is complete.
  return [...others.filter(([one]) => one?.dimension), ...shared, ...others.filter(([one]) => !one?.dimension)]
}

/** What to compute and store of some days. */
interface DaysToStore {
  readonly targets: readonly RollupTarget[]
  readonly sessions: SessionSummary
  /** Statements of the first batch. */
  readonly before: readonly SqlStatement[]
}

/**
 * Computes measures of some days and stores them, in several batches if people take much space. If sessions are settled
 * meanwhile, it stores nothing more, and the days are built again.
 */
export const storeDays = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  days: Days,
  { targets, sessions, before }: DaysToStore,
): Promise<void> => {
  let next = before
  const store = async (rows: readonly ComputedRow[]): Promise<void> => {
    const first = next
    next = []
    const inserts = jsonChunks(rows).map(chunk => statement(sumsInsert, site.id, chunk, state.version))
    await writeBatch(db, [...first, ...inserts])
  }
  const reach = await readEarliestSessionStart(db, site, state, days.first)
  const request = { targets, isBusy: sessions.count > FEW_SESSIONS, store: (row: ComputedRow) => store([row]) }
  await store(await computeDays(db, site, { ...days, reach, heldTo: sessions.end }, request))
}
