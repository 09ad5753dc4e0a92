import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Miniflare } from 'miniflare'
import { unstable_splitSqlQuery } from 'wrangler'

type Database = Awaited<ReturnType<Miniflare['getD1Database']>>

// Exactly wrangler's own table, so that either can continue where the other stopped.
// https://developers.cloudflare.com/d1/reference/migrations/
const CREATE_BOOKKEEPING = `create table if not exists "d1_migrations"(
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`

/**
 * Applies the pending migrations in the order of their names, each one atomically.
 * @returns the names of the migrations it applied.
 * @throws D1's error when a statement fails; the migrations before it stay applied.
 */
export const applyMigrations = async (db: Database, folder: string): Promise<string[]> => {
  await db.prepare(CREATE_BOOKKEEPING).run()
  const { results } = await db.prepare('select name from d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(row => row.name))
  const pending = (await readdir(folder)).filter(name => name.endsWith('.sql') && !applied.has(name)).sort()
  for (const name of pending) {
    const statements = unstable_splitSqlQuery(await readFile(join(folder, name), 'utf8'))
    await db.batch([
      ...statements.map(statement => db.prepare(statement)),
      db.prepare('insert into d1_migrations (name) values (?)').bind(name),
    ])
  }
  return pending
}
