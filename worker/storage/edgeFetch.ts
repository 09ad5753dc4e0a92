import { type Database, firstRow, statement } from './database'
import edgeFetchesSelect from './sql/edge_fetches.select.sql'
import edgeFetchesUpsert from './sql/edge_fetches.upsert.sql'
import { writeBatch } from './writeBatch'

/** How far a site has got with fetching what Cloudflare served. */
export interface EdgeFetch {
  /** The last local day that was fetched, days since 1970; 0 for none. */
  readonly day: number
  /** The last attempt, epoch milliseconds. */
  readonly tried: number
  /** Why it failed; `null` if it did not. */
  readonly problem: string | null
}

export const readEdgeFetch = async (db: Database, site: number): Promise<EdgeFetch> =>
  (await firstRow<EdgeFetch>(db, edgeFetchesSelect, site)) ?? { day: 0, tried: 0, problem: null }

export const storeEdgeFetch = async (db: Database, site: number, { day, tried, problem }: EdgeFetch): Promise<void> => {
  await writeBatch(db, [statement(edgeFetchesUpsert, site, day, tried, problem)])
}
