import { startOfDay } from '../lib/calendar'
import { compileMeasures } from '../query/compile/compileMeasures'
import { peopleStatement } from '../query/compile/peopleStatement'
import { BatchedReads } from '../query/execute/batchedReads'
import type { Cell } from '../query/execute/cell'
import { CountedReads } from '../query/execute/countedReads'
import { readCells } from '../query/execute/readCells'
import { sessionRow } from '../sessions/sessionRow'
import type { SessionChanges } from '../sessions/settle'
import { numberChunks } from '../storage/chunks'
import type { Database } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import { type ActivePeople, ID_COLUMNS } from './activePeople'
import { scopeOfDays } from './computeDays'
import { rollupTextsOf } from './dayGatherer'
import type { Days, DaysWithSessions } from './days'
import { readSessionSummary } from './readSessionSummary'
import { type DayRollup, dayRollupOf } from './rollupText'
import { type ActiveSession, activeKey, activeOn, beganIn, keepsEverybody, type SessionRows } from './sessionRows'
import { everyStoredMeasure, type StoredMeasure } from './storedMeasures'

/** What the stored sessions of a day add up to, and who was active in them. */
export interface TodayTotals {
  readonly version: number
  readonly cells: string
  /** `null` for more people than one row holds. */
  readonly active: ActivePeople | null
}

const sessionMeasures = (site: SiteConfig): StoredMeasure[] =>
  everyStoredMeasure(site.settings, null).filter(({ isOfSessions }) => isOfSessions)

/** The totals of a day, by measure and name; `null` when one of the measures is not stored. */
const totalsOf = ({ keys, texts }: DayRollup, measures: readonly StoredMeasure[]): Record<string, number>[] | null => {
  if (!measures.every(({ key }) => keys.has(key))) return null
  return measures.map(({ key, names }) => {
    const columns = texts[0]?.sums[key] ?? []
    return Object.fromEntries(names.map((name, index) => [name, columns[index]?.[0] ?? 0]))
  })
}

/** Computes them from all stored sessions of the day. */
export const todayFromSessions = async (
  db: Database,
  site: SiteConfig,
  { reach, ...days }: Days & Pick<DaysWithSessions, 'reach'>,
  version: number,
): Promise<TodayTotals> => {
  const reads = new CountedReads(new BatchedReads(db))
  const { end } = await readSessionSummary(db, site, days)
  const scope = await scopeOfDays(reads, site, { ...days, reach, heldTo: end }, null)
  const { sql, values } = peopleStatement(scope)
  const people = await reads.all(sql, ...values)
  const listOf = (column: string): (number | null)[] =>
    people.map(row => (row[column] === null ? null : Number(row[column])))
  const measures = sessionMeasures(site)
  return {
    version,
    cells: rollupTextsOf(measures, await readCells(reads, compileMeasures(scope, measures)))[0] ?? '',
    active: { people: people.map(({ person }) => Number(person)), ids: ID_COLUMNS.map(listOf) },
  }
}

const rowsOf = ({ added, gone }: SessionChanges): SessionRows => ({
  added: added.map(session => sessionRow(session, false)),
  retracted: gone.map(session => sessionRow(session, false)),
})

/** Whether each change follows the one before it, and the first what is stored. */
const isChain = ({ version }: TodayTotals, changes: readonly SessionChanges[]): boolean =>
  changes.every((change, index) => change.version === version + index)

/** Adds cells to the totals of their measures, or subtracts them. */
const addTo = (totals: Record<string, number>[], cells: readonly Cell[], sign: 1 | -1): void => {
  for (const { measure, sums } of cells) {
    const own = totals[measure] ?? {}
    for (const [name, sum] of Object.entries(sums)) own[name] = (own[name] ?? 0) + sign * sum
    totals[measure] = own
  }
}

/** Adds the people of sessions who are not listed yet, with the ids of the sessions where the list has ids. */
const withSessions = ({ people, ids }: ActivePeople, sessions: readonly ActiveSession[]): ActivePeople => {
  const key = (session: Pick<ActiveSession, 'person' | 'ids'>): string =>
    ids === null ? String(session.person) : activeKey(session)
  const missing = new Map(sessions.map(session => [key(session), session]))
  const named = new Set(sessions.map(({ person }) => person))
  for (const [place, person] of people.entries())
    if (named.has(person)) missing.delete(key({ person, ids: ids?.map(list => list[place] ?? null) ?? [] }))
  const more = [...missing.values()]
  return {
    people: [...people, ...more.map(({ person }) => person)],
    ids: ids?.map((list, column) => [...list, ...more.map(session => session.ids[column] ?? null)]) ?? null,
  }
}

/**
 * Computes them from what is stored and what was settled since; `null` when that is not enough: a step is missing, the
 * measures are others, or a session of somebody was retracted of whom it is not known whether another is left.
 */
export const todayAfterChanges = async (
  db: Database,
  site: SiteConfig,
  day: number,
  before: TodayTotals,
  changes: readonly SessionChanges[],
): Promise<TodayTotals | null> => {
  const zone = site.timezone
  const rows = changes.map(rowsOf)
  if (!isChain(before, changes) || !rows.every(one => keepsEverybody(one, day, zone))) return null
  const measures = sessionMeasures(site)
  const totals = totalsOf(dayRollupOf(before.cells), measures)
  if (!totals) return null
  const reads = new CountedReads(new BatchedReads(db))
  const range = { from: startOfDay(day, zone), to: startOfDay(day + 1, zone), firstDay: day, lastDay: day }
  const days = { first: day, last: day, heldTo: range.to }
  const scope = { ...(await scopeOfDays(reads, site, days, null)), stored: false } as const
  for (const [key, sign] of [
    ['added', 1],
    ['retracted', -1],
  ] as const) {
    const own = rows.flatMap(one => one[key]).filter(row => beganIn(row, range))
    if (own.length === 0) continue
    addTo(totals, await readCells(reads, compileMeasures({ ...scope, added: numberChunks(own) }, measures)), sign)
  }
  const cells = totals.map((sums, measure) => ({ measure, bucket: 0, dimensions: [], sums }))
  return {
    version: before.version + changes.length,
    cells: rollupTextsOf(measures, cells)[0] ?? '',
    active:
      before.active &&
      withSessions(
        before.active,
        rows.flatMap(({ added }) => activeOn(added, day, zone)),
      ),
  }
}
