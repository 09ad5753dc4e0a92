import { DAY_NUMBERS } from '../../shared/imports'
import { jsonChunks } from './chunks'
import { type Database, statement } from './database'
import { extendImportedStatement } from './extendImported'
import { importedSpan } from './importedSpan'
import type { ImportRow } from './importRow'
import { largestValues } from './largestValues'
import importedDaysCount from './sql/imported_days.count.sql'
import importedDaysDeleteOthers from './sql/imported_days.delete_others.sql'
import importedDaysUpsert from './sql/imported_days.upsert.sql'
import { writeBatch } from './writeBatch'

/** The values of each dimension and day. */
const valuesOf = (rows: readonly ImportRow[]) =>
  [...Map.groupBy(rows, ({ day, texts }) => JSON.stringify([texts.dimension, day])).values()].map(own => [
    own[0]?.texts.dimension,
    own[0]?.day,
    own.map(({ texts }) => texts.value),
  ])

const packed = ({ day, texts, numbers }: ImportRow): unknown[] => [
  texts.dimension,
  day,
  texts.value,
  ...DAY_NUMBERS.map(({ name }) => numbers[name] ?? null),
]

/**
 * Stores imported days in one atomic batch. Rows of a dimension and day take the place of all that were stored for them.
 * Those beyond the largest values of a day become "(other)".
 * @param given rows of different days, dimensions or values
 * @param source the tool that counted them, '' if unknown
 * @returns how many rows replace one with the same day, dimension and value
 */
export const storeDays = async (
  db: Database,
  site: number,
  given: readonly ImportRow[],
  source: string,
): Promise<number> => {
  if (given.length === 0) return 0
  const rows = largestValues(given)
  const chunks = jsonChunks(rows.map(packed))
  const each = (sql: string, texts: readonly string[]) => texts.map(text => statement(sql, site, text))
  const results = await writeBatch(db, [
    ...each(importedDaysCount, chunks),
    ...each(importedDaysDeleteOthers, jsonChunks(valuesOf(rows))),
    ...each(importedDaysUpsert, chunks),
    extendImportedStatement(site, importedSpan(rows, source)),
  ])
  return results.slice(0, chunks.length).reduce((sum, { rows: [row] }) => sum + Number(row?.standing), 0)
}
