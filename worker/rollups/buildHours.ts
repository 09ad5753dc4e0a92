import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { Dimension } from '../metrics/dimensions'
import { Asking } from '../query/asking'
import { statements } from '../query/compile/statements'
import { Reads } from '../query/reads'
import { type Database, statement } from '../storage/database'
import type { Site } from '../storage/sites'
import hourSumsInsert from '../storage/sql/hour_sums.insert.sql'
import hourSumsSelectHours from '../storage/sql/hour_sums.select_hours.sql'
import { writeBatch } from '../storage/writeBatch'
import { scopeOfDays } from './computeDays'
import { ROLLED_DIMENSIONS } from './rolledDimensions'
import type { RollupState } from './rollupState'
import { rollupTextsOf } from './rollupText'
import { everyStoredMeasure } from './storedMeasures'

/** What facts are told by without their sessions. */
const HOURLY_DIMENSIONS = ROLLED_DIMENSIONS.filter(dimension => dimension === null || dimension.level === 'event')

/** Facts of one settled hour. */
const keepHour = async (
  db: Database,
  site: Site,
  { version }: RollupState,
  hour: number,
  dimension: Dimension | null,
): Promise<void> => {
  const asking = new Asking(new Reads(db), site)
  const day = dayOf(hour * HOUR, site.timezone)
  const scope = await scopeOfDays(asking, { first: day, last: day, heldTo: (hour + 1) * HOUR }, dimension)
  const measures = everyStoredMeasure(site.settings, dimension).filter(({ isOfFacts }) => isOfFacts)
  const asked = measures.map(({ measureOf }, metric) => ({ metric, place: 0, measureOf }))
  const range = { ...scope.range, from: hour * HOUR, to: (hour + 1) * HOUR }
  const texts = rollupTextsOf(measures, await asking.cells(statements({ ...scope, range }, asked, () => 0)))
  // An hour with more groups than one row holds is read from its facts.
  if (texts.length > 1) return
  await writeBatch(db, [statement(hourSumsInsert, site.id, dimension?.id ?? '', hour, texts[0] ?? '', version)])
}

/** Keeps the settled hours of a day that are not kept yet. */
export const buildHours = async (db: Database, site: Site, state: RollupState, day: number): Promise<void> => {
  const zone = site.timezone
  const first = Math.ceil(startOfDay(day, zone) / HOUR)
  const end = Math.floor(Math.min(startOfDay(day + 1, zone), state.settled) / HOUR)
  for (const dimension of HOURLY_DIMENSIONS) {
    const { rows: results } = await db.all<{ hour: number }>(hourSumsSelectHours, site.id, dimension?.id ?? '', first)
    const known = new Set(results.map(({ hour }) => hour))
    for (let hour = first; hour < end; hour++) if (!known.has(hour)) await keepHour(db, site, state, hour, dimension)
  }
}
