import type { Database } from './database'
import migrationsSelect from './sql/migrations.select.sql'

/** The names of the applied migrations, in their order. */
export const listMigrations = async (db: Database): Promise<string[]> =>
  (await db.all<{ name: string }>(migrationsSelect)).rows.map(({ name }) => name)
