import { type Database, firstRow } from '../storage/database'
import rollupsSelect from '../storage/sql/rollups.select.sql'

/** The end of the last day that is rolled up, epoch milliseconds; 0 before the first. */
export const rolledUpUntil = async (db: Database, site: number): Promise<number> =>
  (await firstRow<{ until: number }>(db, rollupsSelect, site))?.until ?? 0
