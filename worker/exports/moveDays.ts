import { jsonChunks } from '../storage/chunks'
import { type Database, statement } from '../storage/database'
import type { SiteConfig } from '../storage/siteConfig'
import exportedDaysClear from '../storage/sql/exported_days.clear.sql'
import exportedDaysInsertMoved from '../storage/sql/exported_days.insert_moved.sql'
import exportedDaysSelectDays from '../storage/sql/exported_days.select_days.sql'
import { writeBatch } from '../storage/writeBatch'
import { EXPORT_TABLES } from './exportTables'
import { hoursOfDay } from './hoursOfDay'

/**
 * Notes that all exported days are to be written again, with their hours in the site's time zone. A day that has no data in it
 * gets empty files: its old ones have rows that belong to the day before or after now.
 * @param retained the first day whose events are not deleted; files of earlier days stay
 */
export const moveDays = async (
  db: Database,
  { id, timezone }: Pick<SiteConfig, 'id' | 'timezone'>,
  retained: number,
): Promise<void> => {
  const { rows } = await db.all<{ day: number }>(exportedDaysSelectDays, id)
  const moved = rows.map(({ day }) => {
    const [first, last] = hoursOfDay(day, timezone)
    return [last, first, day, day < retained ? 0 : EXPORT_TABLES.length]
  })
  await writeBatch(db, [
    statement(exportedDaysClear, id),
    ...jsonChunks(moved).map(chunk => statement(exportedDaysInsertMoved, id, chunk, EXPORT_TABLES.length)),
  ])
}
