import { HOUR } from '../../shared/time'
import { startOfDay } from '../lib/calendar'
import { type Database, firstRow } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import sumsSelectReaches from '../storage/sql/sums.select_reaches.sql'
import type { RollupState } from './rollupState'

/** When the first session began that can hold an event of a day; `undefined` unless the day before is rolled up. */
export const readEarliestSessionStart = async (
  db: Database,
  site: SiteConfig,
  { rolledUp, stale, retained }: RollupState,
  day: number,
): Promise<number | undefined> => {
  const [from, to] = [startOfDay(day - 1, site.timezone), startOfDay(day, site.timezone)]
  const isStale = stale.some(({ hours: [first, last] }) => first * HOUR < to && (last + 1) * HOUR > from)
  // The rollup of a day without events can be of another time zone.
  if (day - 1 < retained.day) return undefined
  if (rolledUp?.zone !== site.timezone || rolledUp.until < to || isStale) return undefined
  const row = await firstRow<{ reach: number | null }>(
    db,
    sumsSelectReaches,
    site.id,
    JSON.stringify([['', day - 1, day - 1]]),
  )
  return row ? Math.min(to, row.reach ?? to) : undefined
}
