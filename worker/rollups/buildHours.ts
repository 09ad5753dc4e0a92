import { HOUR } from '../../shared/time'
import { dayOf, startOfDay } from '../lib/calendar'
import type { Dimension } from '../metrics/dimensions'
import { compileMeasures } from '../query/compile/compileMeasures'
import { BatchedReads } from '../query/execute/batchedReads'
import { CountedReads } from '../query/execute/countedReads'
import { readCells } from '../query/execute/readCells'
import { type Database, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import hourSumsInsert from '../storage/sql/hour_sums.insert.sql'
import hourSumsSelectHours from '../storage/sql/hour_sums.select_hours.sql'
import type { StatementBudget } from '../storage/statementBudget'
import { writeBatch } from '../storage/writeBatch'
import { scopeOfDays } from './computeDays'
import { rollupTextsOf } from './dayGatherer'
import { ROLLED_DIMENSIONS } from './rolledDimensions'
import type { RollupState } from './rollupState'
import { everyStoredMeasure } from './storedMeasures'

/** Statements of an hour by one dimension. */
const STEP_STATEMENTS = 14

/** Dimensions of events, which need no session. */
const HOURLY_DIMENSIONS = ROLLED_DIMENSIONS.filter(dimension => dimension === null || dimension.level === 'event')

/** Stores what the events of a settled hour add up to. */
const buildHour = async (
  db: Database,
  site: SiteConfig,
  { version }: RollupState,
  hour: number,
  dimension: Dimension | null,
): Promise<void> => {
  const reads = new CountedReads(new BatchedReads(db))
  const day = dayOf(hour * HOUR, site.timezone)
  const scope = await scopeOfDays(reads, site, { first: day, last: day, heldTo: (hour + 1) * HOUR }, dimension)
  const measures = everyStoredMeasure(site.settings, dimension).filter(({ isOfEvents }) => isOfEvents)
  const range = { ...scope.range, from: hour * HOUR, to: (hour + 1) * HOUR }
  const texts = rollupTextsOf(measures, await readCells(reads, compileMeasures({ ...scope, range }, measures)))
  // An hour with more groups than one row holds is read from its events.
  if (texts.length > 1) return
  await writeBatch(db, [statement(hourSumsInsert, site.id, dimension?.id ?? '', hour, texts[0] ?? '', version)])
}

/**
 * Rolls up the settled hours of a day that are not rolled up yet.
 * @returns whether the budget allowed all of them
 */
export const buildHours = async (
  db: Database,
  site: SiteConfig,
  state: RollupState,
  day: number,
  budget: StatementBudget,
): Promise<boolean> => {
  const zone = site.timezone
  const first = Math.ceil(startOfDay(day, zone) / HOUR)
  const end = Math.floor(Math.min(startOfDay(day + 1, zone), state.settled) / HOUR)
  const { rows } = await db.all<{ dimension: string; hour: number }>(hourSumsSelectHours, site.id, first)
  const built = new Set(rows.map(({ dimension, hour }) => `${dimension}/${hour}`))
  for (let hour = first; hour < end; hour++) {
    for (const dimension of HOURLY_DIMENSIONS) {
      if (built.has(`${dimension?.id ?? ''}/${hour}`)) continue
      if (!budget.hasRoomFor(STEP_STATEMENTS)) return false
      await buildHour(db, site, state, hour, dimension)
    }
  }
  return true
}
