import { type Database, type SqlStatement, statement } from './database'
import type { ImportedSpan } from './siteConfig'
import sitesExtendImported from './sql/sites.extend_imported.sql'
import { writeBatch } from './writeBatch'

/** Records that a site has imported days. */
export const extendImportedStatement = (site: number, { firstDay, lastDay, source }: ImportedSpan): SqlStatement =>
  statement(sitesExtendImported, site, firstDay, lastDay, source)

/** Records in the directory that a site's object has imported days. */
export const extendImported = async (db: Database, site: number, span: ImportedSpan): Promise<void> => {
  await writeBatch(db, [extendImportedStatement(site, span)])
}
