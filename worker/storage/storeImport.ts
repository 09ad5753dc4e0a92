import type { ImportTarget } from '../../shared/imports'
import { jsonChunks } from './chunks'
import { type Database, statement } from './database'
import { type ImportRow, rowKey } from './importRow'
import importsCount from './sql/imports.count.sql'
import importsDeleteDays from './sql/imports.delete_days.sql'
import importsUpsert from './sql/imports.upsert.sql'
import { writeBatch } from './writeBatch'

/**
 * Stores rows of one kind in one atomic batch. A row takes the place of the one with its day and key, or all rows take the place of
 * those of their days.
 * @param rows of different days or keys
 * @returns for how many of them there was one, changed or not
 */
export const storeImport = async (
  db: Database,
  site: number,
  { kind, isWholeDays }: Pick<ImportTarget, 'kind' | 'isWholeDays'>,
  rows: readonly ImportRow[],
): Promise<number> => {
  const chunks = jsonChunks(
    rows.map(row => [row.day, rowKey(row), JSON.stringify(row.texts), row.currency, JSON.stringify(row.numbers)]),
  )
  if (chunks.length === 0) return 0
  const each = (sql: string) => chunks.map(chunk => statement(sql, site, kind, chunk))
  const days = JSON.stringify([...new Set(rows.map(({ day }) => day))])
  const cleared = isWholeDays ? [statement(importsDeleteDays, site, kind, days)] : []
  const results = await writeBatch(db, [...each(importsCount), ...cleared, ...each(importsUpsert)])
  return results.slice(0, chunks.length).reduce((sum, { rows: [row] }) => sum + Number(row?.standing), 0)
}
