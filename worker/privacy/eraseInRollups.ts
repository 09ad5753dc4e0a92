import { withoutPeople } from '../rollups/rollupText'
import { type Database, firstRow, statement } from '../storage/database'
import settlementsOutdate from '../storage/sql/settlements.outdate.sql'
import settlementsSelect from '../storage/sql/settlements.select.sql'
import sumsSelectPeople from '../storage/sql/sums.select_people.sql'
import sumsUpdateCells from '../storage/sql/sums.update_cells.sql'
import { writeBatch } from '../storage/writeBatch'

/** Rows read at once: one can have a million and a half characters. */
const ROWS = 20

interface SumsRow {
  readonly dimension: string
  readonly day: number
  readonly part: number
  readonly cells: string
}

/**
 * Erases people from rollups whose events are deleted, which cannot be built again without them. Sums in them that count
 * no people, such as page views, stay.
 */
export const eraseInRollups = async (db: Database, site: number, numbers: readonly number[]): Promise<void> => {
  // Rollups hold persistent ids only.
  const erased = new Set(numbers.filter(number => number < 0))
  for (let after: readonly unknown[] = ['', 0, -1]; ; ) {
    const state = await firstRow<{ version: number }>(db, settlementsSelect, site)
    const { rows } = await db.all<SumsRow>(sumsSelectPeople, site, JSON.stringify([...erased]), ...after, ROWS)
    const last = rows.at(-1)
    if (!last) return
    const written = await writeBatch(db, [
      ...rows.map(({ dimension, day, part, cells }) =>
        statement(sumsUpdateCells, site, dimension, day, part, withoutPeople(cells, erased), state?.version ?? null),
      ),
      statement(settlementsOutdate, site),
    ])
    // When the cron or another erasure came first, the rows are read again.
    if (written[0]?.changes) after = [last.dimension, last.day, last.part]
  }
}
