import { startOfDay } from '../lib/calendar'
import { Asking } from '../query/asking'
import { peopleOf } from '../query/compile/peopleOf'
import type { Cell } from '../query/compile/statement'
import { statements } from '../query/compile/statements'
import { Reads } from '../query/reads'
import type { Scope } from '../relations/sql/scope'
import { sessionRow } from '../sessions/sessionRow'
import type { SessionChanges } from '../sessions/settle'
import type { Database } from '../storage/database'
import type { Site } from '../storage/sites'
import { sumsByMeasure } from './cellsOfDays'
import { type Days, scopeOfDays } from './computeDays'
import { activeOn, isEverybodyThere, isOn, type SessionRows } from './readToday'
import { dayRollupOf, rollupTextsOf } from './rollupText'
import { everyStoredMeasure, type StoredMeasure } from './storedMeasures'

/** What the stored visits of a day add up to, and who was active in them. */
export interface TodayTotals {
  readonly version: number
  readonly cells: string
  /** `null` for more than can be kept. */
  readonly people: readonly number[] | null
}

const sessionMeasures = (site: Site): StoredMeasure[] =>
  everyStoredMeasure(site.settings, null).filter(({ isOfSessions }) => isOfSessions)

const cellsIn = (asking: Asking, scope: Scope, measures: readonly StoredMeasure[]): Promise<Cell[]> => {
  const asked = measures.map(({ measureOf }, metric) => ({ metric, place: 0, measureOf }))
  return asking.cells(statements(scope, asked, () => 0))
}

/** From all stored visits of the day. */
export const todayFromSessions = async (
  db: Database,
  site: Site,
  days: Days,
  version: number,
): Promise<TodayTotals> => {
  const asking = new Asking(new Reads(db), site)
  const scope = await scopeOfDays(asking, days, null)
  const [rows = []] = await asking.rows([peopleOf(scope)])
  const measures = sessionMeasures(site)
  return {
    version,
    cells: rollupTextsOf(measures, await cellsIn(asking, scope, measures))[0] ?? '',
    people: rows.map(({ person }) => Number(person)),
  }
}

const laidOf = ({ added, gone }: SessionChanges): SessionRows => ({
  added: added.map(visit => sessionRow(visit, false)),
  gone: gone.map(visit => sessionRow(visit, false)),
})

/** Whether each change follows on the one before it, the first on what is kept. */
const isChain = ({ version }: TodayTotals, changes: readonly SessionChanges[]): boolean =>
  changes.every((change, index) => change.version === version + index)

const add = (into: Record<string, number>[], cells: readonly Cell[], sign: number): void => {
  for (const { metric, sums } of cells) {
    const own = into[metric] ?? {}
    for (const [name, sum] of Object.entries(sums)) own[name] = (own[name] ?? 0) + sign * sum
    into[metric] = own
  }
}

/**
 * From what was kept and what was settled since; `null` when that does not say it all: a step is missing, the
 * measures are others, or somebody is gone of whom nobody knows whether more is left.
 */
export const todayAfterChanges = async (
  db: Database,
  site: Site,
  day: number,
  before: TodayTotals,
  changes: readonly SessionChanges[],
): Promise<TodayTotals | null> => {
  const zone = site.timezone
  const laid = changes.map(laidOf)
  if (!isChain(before, changes) || !laid.every(one => isEverybodyThere(one, day, zone))) return null
  const measures = sessionMeasures(site)
  const sums = sumsByMeasure(dayRollupOf(before.cells), measures)
  if (!sums) return null
  const asking = new Asking(new Reads(db), site)
  const range = { from: startOfDay(day, zone), to: startOfDay(day + 1, zone), firstDay: day, lastDay: day }
  const scope = {
    ...(await scopeOfDays(asking, { first: day, last: day, heldTo: range.to }, null)),
    stored: false,
  } as const
  for (const [key, sign] of [
    ['added', 1],
    ['gone', -1],
  ] as const) {
    const rows = laid.flatMap(one => one[key]).filter(row => isOn(row, range))
    if (rows.length > 0) add(sums, await cellsIn(asking, { ...scope, added: JSON.stringify(rows) }, measures), sign)
  }
  const people = before.people && new Set(before.people)
  for (const { added } of laid) for (const person of activeOn(added, day, zone)) people?.add(person)
  const cells = sums.map((own, metric) => ({ metric, place: 0, bucket: 0, dimensions: [], sums: own }))
  return {
    version: before.version + changes.length,
    cells: rollupTextsOf(measures, cells)[0] ?? '',
    people: people && [...people],
  }
}
