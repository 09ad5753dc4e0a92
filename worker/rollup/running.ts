import { startOfDay } from '../calendar'
import { Asking } from '../metrics/asking'
import { peopleOf } from '../metrics/compile/peopleOf'
import type { Scope } from '../metrics/compile/scope'
import type { Cell } from '../metrics/compile/statement'
import { statements } from '../metrics/compile/statements'
import { Reads } from '../metrics/reads'
import { sumsByMeasure } from '../metrics/sums/cellsOfDays'
import { everyRolledMeasure, type RolledMeasure } from '../metrics/sums/measures'
import { activeOn, isEverybodyThere, isOn, type Laid } from '../metrics/sums/running'
import { daySumsOf, textsOf } from '../metrics/sums/text'
import { sessionRow } from '../settle/sessionRow'
import type { Change } from '../settle/settle'
import type { Site } from '../store/sites'
import { type Days, scopeOfDays } from './sumsOfDays'

/** What the stored visits of a day add up to, and who was active in them. */
export interface Running {
  readonly version: number
  readonly cells: string
  /** `null` for more than can be kept. */
  readonly people: readonly number[] | null
}

const sessionMeasures = (site: Site): RolledMeasure[] =>
  everyRolledMeasure(site.settings, null).filter(({ isOfSessions }) => isOfSessions)

const cellsIn = (asking: Asking, scope: Scope, measures: readonly RolledMeasure[]): Promise<Cell[]> => {
  const asked = measures.map(({ measureOf }, metric) => ({ metric, place: 0, measureOf }))
  return asking.cells(statements(scope, asked, () => 0))
}

/** From all stored visits of the day. */
export const runningOf = async (db: D1Database, site: Site, days: Days, version: number): Promise<Running> => {
  const asking = new Asking(new Reads(db), site)
  const scope = await scopeOfDays(asking, days, null)
  const [rows = []] = await asking.rows([peopleOf(scope)])
  const measures = sessionMeasures(site)
  return {
    version,
    cells: textsOf(measures, await cellsIn(asking, scope, measures))[0] ?? '',
    people: rows.map(({ person }) => Number(person)),
  }
}

const laidOf = ({ added, gone }: Change): Laid => ({
  added: added.map(visit => sessionRow(visit, false)),
  gone: gone.map(visit => sessionRow(visit, false)),
})

/** Whether each change follows on the one before it, the first on what is kept. */
const isChain = ({ version }: Running, changes: readonly Change[]): boolean =>
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
export const runningAfter = async (
  db: D1Database,
  site: Site,
  day: number,
  before: Running,
  changes: readonly Change[],
): Promise<Running | null> => {
  const zone = site.timezone
  const laid = changes.map(laidOf)
  if (!isChain(before, changes) || !laid.every(one => isEverybodyThere(one, day, zone))) return null
  const measures = sessionMeasures(site)
  const sums = sumsByMeasure(daySumsOf(before.cells), measures)
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
    cells: textsOf(measures, cells)[0] ?? '',
    people: people && [...people],
  }
}
