import { randomHex, sha256Hex } from '../hash'
import keysDelete from './sql/keys.delete.sql'
import keysInsert from './sql/keys.insert.sql'
import keysSelect from './sql/keys.select.sql'
import keysSelectAll from './sql/keys.select_all.sql'
import keysSelectId from './sql/keys.select_id.sql'

export const SCOPES = ['read', 'write'] as const
export type Scope = (typeof SCOPES)[number]

/** Makes a key; the secret string is in the answer and nowhere else. */
export const addKey = async (db: D1Database, site: number, name: string, scope: Scope) => {
  const key = `footfall_${scope}_${randomHex(24)}`
  const row = await db
    .prepare(keysInsert)
    .bind(site, name, scope, await sha256Hex(key), Date.now())
    .first<{ id: number }>()
  return { id: String(row?.id), name, scope, key }
}

/** A key as it is stored, and the site it opens. */
export interface Key {
  readonly id: number
  readonly scope: Scope
  readonly domain: string
}

/** What a secret string opens, `null` for none. The look-up is by digest, so its time tells nothing of the secret. */
export const findKey = async (db: D1Database, key: string): Promise<Key | null> =>
  db
    .prepare(keysSelect)
    .bind(await sha256Hex(key))
    .first<Key>()

/** The key with an id, `null` when it was removed; ids are never given twice. */
export const findKeyById = (db: D1Database, id: number): Promise<Key | null> =>
  db.prepare(keysSelectId).bind(id).first<Key>()

export const listKeys = async (db: D1Database, site: number) =>
  (
    await db.prepare(keysSelectAll).bind(site).all<{ id: number; name: string; scope: Scope; created: number }>()
  ).results.map(row => ({
    id: String(row.id),
    name: row.name,
    scope: row.scope,
    created: new Date(row.created).toISOString(),
  }))

/** Whether there was such a key to remove. */
export const removeKey = async (db: D1Database, site: number, id: number): Promise<boolean> =>
  (await db.prepare(keysDelete).bind(site, id).first()) !== null
