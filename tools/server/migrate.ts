import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { unstable_splitSqlQuery } from 'wrangler'
import { applyPending, type MigratedDatabase, type Migration } from './applyPending.ts'

/** The migrations of a folder, in the order of their names. */
export const readMigrations = async (folder: string): Promise<Migration[]> => {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async name => ({ name, statements: unstable_splitSqlQuery(await readFile(join(folder, name), 'utf8')) })),
  )
}

/** Applies the pending migrations of a folder, as `applyPending` does. */
export const applyMigrations = async (db: MigratedDatabase, folder: string): Promise<string[]> =>
  applyPending(db, await readMigrations(folder))
