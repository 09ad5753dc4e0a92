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
import { scopeOfDays } from './computeDays'
import { rollupTextsOf } from './dayGatherer'
import type { Days, DaysWithSessions } from './days'
import { readSessionSummary } from './readSessionSummary'
import { type DayRollup, dayRollupOf } from './rollupText'
import { activeOn, beganIn, keepsEveryPerson, type SessionRows } from './sessionRows'
import { everyStoredMeasure, type StoredMeasure } from './storedMeasures'

/** What the stored sessions of a day add up to, and who was active in them. */
export interface TodayTotals {
  readonly version: number
  readonly cells: string
  /** `null` for more people than one row holds. */
  readonly people: readonly number[] | null
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
  const measures = sessionMeasures(site)
  return {
    version,
    cells: rollupTextsOf(measures, await readCells(reads, compileMeasures(scope, measures)))[0] ?? '',
    people: people.map(({ person }) => Number(person)),
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
  if (!isChain(before, changes) || !rows.every(one => keepsEveryPerson(one, day, zone))) return null
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
  const people = before.people && new Set(before.people)
  for (const { added } of rows) for (const person of activeOn(added, day, zone)) people?.add(person)
  const cells = totals.map((sums, measure) => ({ measure, bucket: 0, dimensions: [], sums }))
  return {
    version: before.version + changes.length,
    cells: rollupTextsOf(measures, cells)[0] ?? '',
    people: people && [...people],
  }
}
