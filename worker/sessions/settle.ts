import { HOUR } from '../../shared/time'
import { VISITS_UPSERT } from '../storage/assembled/sessionStatements'
import { jsonChunks } from '../storage/chunks'
import { type Database, firstRow, type SqlStatement, statement } from '../storage/database'
import dirtyDelete from '../storage/sql/dirty.delete.sql'
import dirtySelect from '../storage/sql/dirty.select.sql'
import exportedDaysOutdate from '../storage/sql/exported_days.outdate.sql'
import hourSumsDeleteFrom from '../storage/sql/hour_sums.delete_from.sql'
import hourSumsDeleteHours from '../storage/sql/hour_sums.delete_hours.sql'
import settlementsClose from '../storage/sql/settlements.close.sql'
import settlementsCommit from '../storage/sql/settlements.commit.sql'
import settlementsGoBack from '../storage/sql/settlements.go_back.sql'
import settlementsNext from '../storage/sql/settlements.next.sql'
import settlementsSelect from '../storage/sql/settlements.select.sql'
import touchedInsert from '../storage/sql/touched.insert.sql'
import visitsDelete from '../storage/sql/visits.delete.sql'
import { UNLIMITED } from '../storage/statementBudget'
import { isWatermarkAhead, WATERMARK_LAG } from '../storage/watermark'
import { writeBatch } from '../storage/writeBatch'
import { deriveDelta, isOpen, type Seeds, type SessionDelta } from './deriveDelta'
import type { DerivedSession, Session } from './sessionize'
import type { VisitorHour } from './sessionReader'
import { type HourSpan, staleHours } from './staleHours'
import { sessionKeyValues, sessionValues } from './storedSession'

/** Visitors' hours with late events that one step settles: bounds its memory. */
const LATE_HOURS_PER_STEP = 4000
/** Statements of a long step. Most take about 12, and only a page that reports for days takes more than 40. */
const STEP_STATEMENTS = 40
/** How far the watermark moves in one step, milliseconds. */
const STEP = 2 * HOUR
/** How long ago a step's watermark may be for its changes to be returned, milliseconds. */
const RETURNED = 2 * STEP
/** Sessions in the changes that are returned. It bounds the memory when the events of a whole day arrive late. */
const MOST_RETURNED = 10_000

/** An hour in which late events of a visitor arrived. */
interface LateHour {
  readonly visitor: number
  readonly hour: number
  readonly changes: number
}

export interface SettleState {
  readonly version: number
  /** The watermark, epoch milliseconds. */
  readonly settled: number
  readonly open: readonly VisitorHour[]
  readonly late: readonly LateHour[]
  readonly rowsRead: number
}

/** Reads a site's watermark and the first late events since. */
export const readSettleState = async (db: Database, site: number): Promise<SettleState> => {
  const [settlement, late] = await db.batch<Record<string, number | string>>([
    statement(settlementsSelect, site),
    statement(dirtySelect, site, LATE_HOURS_PER_STEP),
  ])
  const row = settlement?.rows[0]
  return {
    version: Number(row?.version ?? 0),
    settled: Number(row?.settled ?? 0),
    open: JSON.parse(String(row?.open ?? '[]')),
    late: (late?.rows ?? []) as unknown as LateHour[],
    rowsRead: (settlement?.rowsRead ?? 0) + (late?.rowsRead ?? 0),
  }
}

const hoursOfLate = (late: readonly LateHour[]): VisitorHour[] => late.map(({ visitor, hour }) => [visitor, hour])

/** The hours and visitors that a session's events are stored under. */
const hoursOfSession = (session: DerivedSession): VisitorHour[] => {
  const pairs = new Map(
    session.timeline.map(({ visitor, time }) => [
      `${visitor}/${Math.floor(time / HOUR)}`,
      [visitor, Math.floor(time / HOUR)] as const,
    ]),
  )
  return [...pairs.values()]
}

const row = (session: Session): unknown[] => [...sessionKeyValues(session), ...sessionValues(session)]

const writes = (site: number, difference: SessionDelta, until: number): SqlStatement[] => {
  const closed = difference.add.filter(session => !isOpen(session, until))
  const kept = new Set(closed.map(session => `${session.visitor}/${session.begin}`))
  const gone = difference.remove.filter(session => !kept.has(`${session.visitor}/${session.begin}`))
  return [
    ...jsonChunks(gone.map(sessionKeyValues)).map(chunk => statement(visitsDelete, site, chunk)),
    ...jsonChunks(closed.map(row)).map(chunk => statement(VISITS_UPSERT, site, chunk)),
  ]
}

/** @param hours JSON, pairs of first and last hours in which events or sessions changed */
const outdated = (site: number, hours: string): SqlStatement[] =>
  [touchedInsert, exportedDaysOutdate].map(sql => statement(sql, site, hours))

/** What one step changed in the stored sessions. */
export interface SessionChanges {
  /** `settlements.version` before; afterwards it is one more. */
  readonly version: number
  readonly gone: readonly Session[]
  readonly added: readonly Session[]
}

/** Whether one atomic step was written. It is not when another run settled the site first. */
const wasWritten = async (db: Database, statements: SqlStatement[]): Promise<boolean> => {
  try {
    await writeBatch(db, statements)
    return true
  } catch (error) {
    if (!String(error).includes('settlements.version')) throw error
    return false
  }
}

/** Writes one step atomically: the changes and the watermark. Nothing is written when another run came first. */
const commit = async (
  db: Database,
  site: number,
  state: SettleState,
  settled: number,
  open: readonly VisitorHour[],
  difference: SessionDelta,
  late: readonly LateHour[],
): Promise<SessionChanges | null> => {
  const statements = [
    statement(settlementsCommit, site, state.version, settled, JSON.stringify(open)),
    ...writes(site, difference, settled),
    ...jsonChunks(staleHours(difference, hoursOfLate(late))).flatMap(chunk => outdated(site, chunk)),
    ...jsonChunks([...new Set(late.map(({ hour }) => hour))]).map(chunk => statement(hourSumsDeleteHours, site, chunk)),
    ...jsonChunks(late.map(({ visitor, hour, changes }) => [visitor, hour, changes])).map(chunk =>
      statement(dirtyDelete, site, chunk),
    ),
  ]
  if (!(await wasWritten(db, statements))) return null
  return {
    version: state.version,
    gone: difference.remove,
    added: difference.add.filter(session => !isOpen(session, settled)),
  }
}

const settleLateEvents = async (db: Database, site: number, state: SettleState): Promise<SessionChanges | null> => {
  const seeds: Seeds = { from: 0, to: 0, hours: hoursOfLate(state.late) }
  const difference = await deriveDelta(db, site, seeds)
  // A session that a late event reopened joins the other open ones.
  const reopened = difference.add.filter(session => isOpen(session, state.settled)).flatMap(hoursOfSession)
  return commit(db, site, state, state.settled, [...state.open, ...reopened], difference, state.late)
}

const settleUntil = async (
  db: Database,
  site: number,
  state: SettleState,
  until: number,
): Promise<SessionChanges | null> => {
  await db.all(settlementsClose, site, until)
  const difference = await deriveDelta(db, site, { from: state.settled, to: until, hours: state.open })
  const open = difference.sessions
    .filter(session => isOpen(session, until) && session.begin < until)
    .flatMap(hoursOfSession)
  return commit(db, site, state, until, open, difference, [])
}

/**
 * Moves the watermark back after a run whose clock was ahead. Events that arrived since, for the last minutes before its
 * watermark, were not recorded as late, so that stretch is settled again and its rollups are built again. The cron runs
 * far more often than a step is long.
 */
const goBack = async (db: Database, site: number, { version, settled }: SettleState, now: number): Promise<void> => {
  const back = now - WATERMARK_LAG - STEP
  const [first, last] = [back, settled].map(time => Math.floor(time / HOUR))
  await wasWritten(db, [
    statement(settlementsGoBack, site, version, back),
    ...outdated(site, JSON.stringify([[first, last]])),
    statement(hourSumsDeleteFrom, site, first),
  ])
}

/** As many of the last changes as have few enough sessions. */
const latestChanges = (changes: readonly SessionChanges[]): SessionChanges[] => {
  let sessions = 0
  const first = changes.findLastIndex(({ gone, added }) => {
    sessions += gone.length + added.length
    return sessions > MOST_RETURNED
  })
  return changes.slice(first + 1)
}

/** The watermark of the next step; `null` when there is nothing to settle, and so nothing to write. */
const nextStep = async (db: Database, site: number, state: SettleState, now: number): Promise<number | null> => {
  const end = now - WATERMARK_LAG
  if (state.settled >= end) return null
  if (state.open.length > 0) return Math.min(end, state.settled + STEP)
  const first = await firstRow<{ hour: number | null }>(db, settlementsNext, site, Math.floor(state.settled / HOUR))
  if (first?.hour === null || first?.hour === undefined || first.hour * HOUR >= end) return null
  return Math.min(end, Math.max(state.settled, first.hour * HOUR) + STEP)
}

/** Whether the watermark is so near that an answer needs no settling first. */
const isNear = ({ settled, late }: SettleState, now: number): boolean =>
  late.length < LATE_HOURS_PER_STEP && settled >= now - WATERMARK_LAG - STEP && !isWatermarkAhead(settled, now)

/** Whether an answer settles one step at most: the rest is recent, or there is nothing else. */
export const isNearlySettled = async (db: Database, site: number, now: number): Promise<boolean> => {
  const state = await readSettleState(db, site)
  if (isNear(state, now)) return true
  if (state.late.length > 0 || isWatermarkAhead(state.settled, now)) return false
  const next = await nextStep(db, site, state, now)
  return next === null || next >= now - WATERMARK_LAG
}

/**
 * Settles a site's sessions up to a time: first those with late events, then those that ended half an hour before. Each
 * step is atomic and repeatable, so it can be interrupted anywhere or run twice.
 * @param now epoch milliseconds
 * @returns what the last steps changed, in their order
 */
export const settle = async (
  db: Database,
  site: number,
  now: number,
  budget = UNLIMITED,
): Promise<SessionChanges[]> => {
  let changes: SessionChanges[] = []
  while (budget.hasRoomFor(STEP_STATEMENTS)) {
    const state = await readSettleState(db, site)
    if (isWatermarkAhead(state.settled, now)) {
      await goBack(db, site, state, now)
      continue
    }
    const until = state.late.length > 0 ? state.settled : await nextStep(db, site, state, now)
    if (until === null) return changes
    const change =
      state.late.length > 0 ? await settleLateEvents(db, site, state) : await settleUntil(db, site, state, until)
    // Nothing needs older changes, so they are not held in memory.
    if (change && until > now - RETURNED) changes = latestChanges([...changes, change])
  }
  return changes
}

/**
 * The live delta of an answer: with it the answer does not depend on when the cron ran. Where the watermark is far behind,
 * sessions are settled first, so that the delta stays small.
 */
export const settleAndReadLiveDelta = async (
  db: Database,
  site: number,
  now: number,
): Promise<
  SessionDelta & { readonly version: number; readonly touched: readonly HourSpan[]; readonly marked: readonly number[] }
> => {
  let state = await readSettleState(db, site)
  if (!isNear(state, now)) {
    await settle(db, site, now)
    state = await readSettleState(db, site)
  }
  const difference = await deriveDelta(db, site, {
    from: state.settled,
    to: Number.MAX_SAFE_INTEGER,
    hours: [...state.open, ...hoursOfLate(state.late)],
  })
  return {
    ...difference,
    touched: staleHours(difference, hoursOfLate(state.late)),
    marked: [...new Set(state.late.map(({ hour }) => hour))],
    version: state.version,
    rowsRead: difference.rowsRead + state.rowsRead,
  }
}
