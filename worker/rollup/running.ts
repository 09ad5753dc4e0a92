import { dayOf, startOfDay } from '../calendar'
import { Asking } from '../metrics/asking'
import { peopleOf } from '../metrics/compile/peopleOf'
import { statements } from '../metrics/compile/statements'
import type { Dimension } from '../metrics/dimensions'
import { Reads } from '../metrics/reads'
import { everyRolledMeasure } from '../metrics/sums/measures'
import { textsOf } from '../metrics/sums/text'
import type { Site } from '../store/sites'
import hourSumsDeleteBefore from '../store/sql/hour_sums.delete_before.sql'
import hourSumsInsert from '../store/sql/hour_sums.insert.sql'
import hourSumsSelectHours from '../store/sql/hour_sums.select_hours.sql'
import runningDelete from '../store/sql/running.delete.sql'
import runningSelectVersions from '../store/sql/running.select_versions.sql'
import runningUpsert from '../store/sql/running.upsert.sql'
import { writeBatch } from '../store/write'
import { reachBefore } from './reachBefore'
import { ROLLED_DIMENSIONS } from './rules'
import { type RollupState, readRollupState } from './state'
import { type Days, scopeOfDays } from './sumsOfDays'

const HOUR = 3_600_000

/** What facts are told by without their sessions. */
const HOURLY_DIMENSIONS = ROLLED_DIMENSIONS.filter(dimension => dimension === null || dimension.level === 'event')

/** Of a day with fewer visitors the visits are soon read. */
const FEW = 1000

/** The sums of a day's stored visits and who was active in them; `null` when they are few. */
const runningOf = async (
  db: D1Database,
  site: Site,
  days: Days,
  few: number,
): Promise<{ cells: string; people: string } | null> => {
  const asking = new Asking(new Reads(db), site)
  const scope = await scopeOfDays(asking, days, null)
  const [rows = []] = await asking.rows([peopleOf(scope)])
  if (rows.length < few) return null
  const measures = everyRolledMeasure(site.settings, null).filter(({ isOfSessions }) => isOfSessions)
  const asked = measures.map(({ measureOf }, metric) => ({ metric, place: 0, measureOf }))
  const cells = await asking.cells(statements(scope, asked, () => 0))
  return {
    cells: textsOf(measures, cells)[0] ?? '',
    people: JSON.stringify(rows.map(({ person }) => Number(person))),
  }
}

/** Facts of one settled hour. */
const keepHour = async (
  db: D1Database,
  site: Site,
  { version }: RollupState,
  hour: number,
  dimension: Dimension | null,
): Promise<void> => {
  const asking = new Asking(new Reads(db), site)
  const zone = site.timezone
  const day = dayOf(hour * HOUR, zone)
  const scope = await scopeOfDays(asking, { first: day, last: day }, dimension)
  const measures = everyRolledMeasure(site.settings, dimension).filter(({ isOfFacts }) => isOfFacts)
  const asked = measures.map(({ measureOf }, metric) => ({ metric, place: 0, measureOf }))
  const range = { ...scope.range, from: hour * HOUR, to: (hour + 1) * HOUR }
  const cells = await asking.cells(statements({ ...scope, range }, asked, () => 0))
  const texts = textsOf(measures, cells)
  // An hour with more groups than one row holds is read from its facts.
  if (texts.length > 1) return
  await writeBatch(db, [db.prepare(hourSumsInsert).bind(site.id, dimension?.id ?? '', hour, texts[0] ?? '', version)])
}

/** The settled hours of a busy day that are not kept yet. */
const keepHours = async (db: D1Database, site: Site, state: RollupState, day: number): Promise<void> => {
  const zone = site.timezone
  const first = Math.ceil(startOfDay(day, zone) / HOUR)
  const end = Math.floor(Math.min(startOfDay(day + 1, zone), state.settled) / HOUR)
  for (const dimension of HOURLY_DIMENSIONS) {
    const { results } = await db
      .prepare(hourSumsSelectHours)
      .bind(site.id, dimension?.id ?? '')
      .all<{ hour: number }>()
    const known = new Set(results.map(({ hour }) => hour))
    for (let hour = first; hour < end; hour++) if (!known.has(hour)) await keepHour(db, site, state, hour, dimension)
  }
}

const keepDay = async (db: D1Database, site: Site, state: RollupState, day: number, few: number): Promise<void> => {
  const reach = await reachBefore(db, site, state, day)
  const running = await runningOf(db, site, { first: day, last: day, reach }, few)
  if (!running) return
  const { cells, people } = running
  await keepHours(db, site, state, day)
  await writeBatch(db, [db.prepare(runningUpsert).bind(site.id, day, state.version, site.timezone, cells, people)])
}

/**
 * Keeps what the stored visits of the days add up to that are not rolled up yet, so that a busy day is not read
 * whole each time somebody looks.
 * @param now epoch milliseconds
 * @param few visitors of a day of which nothing is kept
 */
export const keepRunning = async (db: D1Database, site: Site, now: number, few = FEW): Promise<void> => {
  const state = await readRollupState(db, site.id)
  const zone = site.timezone
  if (state.rolled?.zone !== zone) return
  const today = dayOf(now, zone)
  const first = Math.max(dayOf(state.rolled.until, zone), today - 1)
  const { results } = await db
    .prepare(runningSelectVersions)
    .bind(site.id)
    .all<{ day: number; version: number; zone: string }>()
  for (let day = first; day <= today; day++) {
    const known = results.find(row => row.day === day)
    if (known?.version !== state.version || known.zone !== zone) await keepDay(db, site, state, day, few)
  }
  if (results.some(row => row.day < first)) {
    const firstHour = Math.floor(startOfDay(first, zone) / HOUR)
    await writeBatch(db, [
      db.prepare(runningDelete).bind(site.id, first),
      db.prepare(hourSumsDeleteBefore).bind(site.id, firstHour),
    ])
  }
}
