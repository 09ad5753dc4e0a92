/** A migration: a file of SQL, divided into its statements. */
export interface Migration {
  readonly name: string
  readonly statements: readonly string[]
}

/** What migrating needs of a D1 database. */
export type MigratedDatabase = Pick<D1Database, 'prepare' | 'batch'>

// Exactly wrangler's own table, so that either can continue where the other stopped.
// https://developers.cloudflare.com/d1/reference/migrations/
const CREATE_BOOKKEEPING = `create table if not exists "d1_migrations"(
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  name       TEXT UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP NOT NULL
)`

/**
 * Applies the migrations that a database lacks, in their order, each one atomically.
 * @returns the names of the migrations it applied.
 * @throws D1's error when a statement fails; the migrations before it stay applied.
 */
export const applyPending = async (db: MigratedDatabase, migrations: readonly Migration[]): Promise<string[]> => {
  await db.prepare(CREATE_BOOKKEEPING).run()
  const { results } = await db.prepare('select name from d1_migrations').all<{ name: string }>()
  const applied = new Set(results.map(row => row.name))
  const pending = migrations.filter(({ name }) => !applied.has(name))
  for (const { name, statements } of pending) {
    await db.batch([
      ...statements.map(statement => db.prepare(statement)),
      db.prepare('insert into d1_migrations (name) values (?)').bind(name),
    ])
  }
  return pending.map(({ name }) => name)
}
