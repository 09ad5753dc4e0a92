import type { ImportDefinition, ImportTarget } from '../../shared/imports'
import type { Database } from './database'
import type { ImportRow } from './importRow'
import { storeDays } from './storeDays'
import { storeImport } from './storeImport'

type StoreRows = (db: Database, site: number, target: ImportTarget, rows: readonly ImportRow[]) => Promise<number>

/** Stores the rows of an import, by the table of its kind. Returns how many took the place of one with the same day and key. */
export const IMPORT_STORES: Readonly<Record<ImportDefinition['table'], StoreRows>> = {
  imports: storeImport,
  imported_days: (db, site, { source }, rows) => storeDays(db, site, rows, source),
}
