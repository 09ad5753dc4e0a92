import { HOUR } from '../../shared/time'
import { startOfDay } from '../lib/calendar'
import { type Database, firstRow } from '../storage/database'
import type { Site } from '../storage/sites'
import sumsSelectReaches from '../storage/sql/sums.select_reaches.sql'
import type { RollupState } from './rollupState'

/** When the first session began that can hold something of a day, where the day before is rolled up; else `undefined`. */
export const reachBefore = async (
  db: Database,
  site: Site,
  { rolled, touched, kept }: RollupState,
  day: number,
): Promise<number | undefined> => {
  const [from, to] = [startOfDay(day - 1, site.timezone), startOfDay(day, site.timezone)]
  const isTouched = touched.some(({ hours: [first, last] }) => first * HOUR < to && (last + 1) * HOUR > from)
  // The sums of a day whose facts are gone can be of another time zone's.
  if (day - 1 < kept.day) return undefined
  if (rolled?.zone !== site.timezone || rolled.until < to || isTouched) return undefined
  const row = await firstRow<{ reach: number | null }>(db, sumsSelectReaches, site.id, day - 1, day - 1)
  return row ? Math.min(to, row.reach ?? to) : undefined
}
