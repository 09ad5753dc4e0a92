import { jsonChunks } from '../storage/chunks'
import { type Database, type SqlStatement, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import sumsInsert from '../storage/sql/sums.insert.sql'
import { writeBatch } from '../storage/writeBatch'
import { computeDays } from './computeDays'
import type { Days } from './days'
import type { ComputedRow, RollupTarget } from './gatheredDays'
import { readEarliestSessionStart } from './readEarliestSessionStart'
import type { SessionsOfDays } from './readSessions'
import type { RollupState } from './rollupState'

/** Sessions of days whose statements share a round trip: their results are in memory at once. */
const FEW_SESSIONS = 5_000

/** Sessions times dimensions of one statement: its result must fit into memory. */
const MOST_GROUPED = 100_000

/** Targets that share statements: dimensions of sessions, as many as fit into memory; every other by itself. */
export const sharedTargets = <T extends Pick<RollupTarget, 'dimension'>>(
  targets: readonly T[],
  { count }: SessionsOfDays,
): T[][] => {
  const isOfSessions = ({ dimension }: T): boolean => dimension?.level === 'session'
  const sessions = targets.filter(isOfSessions)
  const most = Math.max(1, Math.floor(MOST_GROUPED / Math.max(1, count)))
  const shared = Array.from({ length: Math.ceil(sessions.length / most) }, (_, part) =>
    sessions.slice(part * most, (part + 1) * most),
  )
  const others = targets.filter(target => !isOfSessions(target)).map(target => [target])
  // Totals come last.
  return [...others.filter(([one]) => one?.dimension), ...shared, ...others.filter(([one]) => !one?.dimension)]
}

/** What to store of some days. */
interface DaysToStore {
  readonly targets: readonly RollupTarget[]
  readonly sessions: SessionsOfDays
  /** Goes into the first batch. */
  readonly before: readonly SqlStatement[]
}

/**
 * Computes measures of some days and stores them, in more than one batch where people take much space. A settling
 * meanwhile keeps the rest from being stored; the days are then built again.
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
