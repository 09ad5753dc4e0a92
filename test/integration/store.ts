import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { SiteObject } from '../../worker/index'
import { d1 } from '../../worker/storage/d1'
import type { SqlResult, SqlStatement } from '../../worker/storage/database'
import type { SiteConfig } from '../../worker/storage/siteConfig'
import { findCurrentSite } from '../../worker/storage/sites'
import { objectOf } from './objectOf'

const resultOf = ({ rows, rowsRead, rowsWritten, changes }: SqlResult) => ({
  results: rows,
  success: true,
  meta: { rows_read: rowsRead, rows_written: rowsWritten, changes },
})

/** The database of an object, as D1 has it. */
const databaseOfObject = (object: DurableObjectStub<SiteObject>): D1Database => {
  const batch = async (statements: readonly SqlStatement[]) =>
    (await runInDurableObject(object, ({ database }) => database.batch(statements))).map(resultOf)
  const prepared = (sql: string, values: readonly unknown[]) => {
    const all = async () => (await batch([{ sql, values }]))[0]
    const first = async (column?: string) => {
      const row = (await all())?.results[0] ?? null
      return row && column ? row[column] : row
    }
    return { sql, values, all, run: all, first, bind: (...bound: unknown[]) => prepared(sql, bound) }
  }
  return { prepare: (sql: string) => prepared(sql, []), batch } as unknown as D1Database
}

const known = new Map<number, D1Database>()

/** The database that holds a site's events: D1, or that of its object. */
export const databaseOf = (site: SiteConfig): D1Database => {
  const object = objectOf(site)
  if (!object) return env.DB
  const database = known.get(site.id) ?? databaseOfObject(object)
  known.set(site.id, database)
  return database
}

/** The database that holds the events of the site with a domain. */
export const storeOf = async ({ domain }: { readonly domain: string }): Promise<D1Database> => {
  const site = await findCurrentSite(d1(env.DB), domain)
  return site ? databaseOf(site) : env.DB
}
