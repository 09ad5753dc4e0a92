import type { Question } from '../../shared/question'
import { randomHex, sha256Hex } from '../lib/hash'
import { type Database, firstRow } from './database'
import type { SharedView } from './pageShares'
import sharesDelete from './sql/shares.delete.sql'
import sharesInsert from './sql/shares.insert.sql'
import sharesSelect from './sql/shares.select.sql'
import sharesSelectAll from './sql/shares.select_all.sql'

/** A query of the site that the share is of. */
export type SharedQuery = Omit<Question, 'site'>

/** What the owner shares: a query under a name. */
export interface NewShare {
  readonly name: string
  readonly query: SharedQuery
  /** Epoch milliseconds, `null` for never. */
  readonly expires: number | null
}

/** Makes a share; the token is in the answer and nowhere else. */
export const addShare = async (
  db: Database,
  site: number,
  { name, query, expires }: NewShare,
): Promise<{ readonly id: string; readonly token: string }> => {
  const token = randomHex(24)
  const row = await firstRow<{ id: number }>(
    db,
    sharesInsert,
    site,
    name,
    await sha256Hex(token),
    JSON.stringify(query),
    Date.now(),
    expires,
    null,
    null,
  )
  return { id: String(row?.id), token }
}

/** A share and the domain of its site. */
export interface Share {
  readonly domain: string
  readonly query: SharedQuery
}

/** The share with a token, `null` for none and for one that has expired. */
export const findShare = async (db: Database, token: string, now: number): Promise<Share | null> => {
  const row = await firstRow<{ domain: string; query: string; expires: number | null }>(
    db,
    sharesSelect,
    await sha256Hex(token),
  )
  if (!row || (row.expires !== null && row.expires <= now)) return null
  return { domain: row.domain, query: JSON.parse(row.query) }
}

interface Listed extends Pick<NewShare, 'name' | 'expires'> {
  readonly id: string
  readonly created: number
}

/** A share of a query or of pages, without its token. */
export type ListedShare = Listed & (Pick<NewShare, 'query'> | (SharedView & { readonly password: boolean }))

interface ListedRow extends Listed {
  readonly query: string
  readonly view: string | null
  readonly has_password: number
}

/** Lists shares without their tokens. */
export const listShares = async (db: Database, site: number): Promise<ListedShare[]> =>
  (await db.all<ListedRow>(sharesSelectAll, site)).rows.map(
    ({ id, name, created, expires, query, view, has_password: hasPassword }) => ({
      id: String(id),
      name,
      created,
      expires,
      ...(view === null
        ? { query: JSON.parse(query) as SharedQuery }
        : { ...(JSON.parse(view) as SharedView), password: hasPassword === 1 }),
    }),
  )

/** @returns whether there was such a share to remove */
export const removeShare = async (db: Database, site: number, id: number): Promise<boolean> =>
  (await firstRow(db, sharesDelete, site, id)) !== null
