import { randomHex, sha256Hex } from '../lib/hash'
import { type Database, firstRow } from './database'
import keysDelete from './sql/keys.delete.sql'
import keysInsert from './sql/keys.insert.sql'
import keysSelect from './sql/keys.select.sql'
import keysSelectAll from './sql/keys.select_all.sql'

export const SCOPES = ['read', 'write', 'export'] as const
export type KeyScope = (typeof SCOPES)[number]

const timeText = (time: number | null): string | null => (time === null ? null : new Date(time).toISOString())

/**
 * Makes a key; the secret string is in the answer and nowhere else.
 * @param expires epoch milliseconds, `null` for never
 */
export const addKey = async (db: Database, site: number, name: string, scope: KeyScope, expires: number | null) => {
  const key = `footfall_${scope}_${randomHex(24)}`
  const row = await firstRow<{ id: number }>(
    db,
    keysInsert,
    site,
    name,
    scope,
    await sha256Hex(key),
    Date.now(),
    expires,
  )
  return { id: String(row?.id), name, scope, expires: timeText(expires), key }
}

/** A stored key and the site that it belongs to. */
export interface AccessKey {
  readonly id: number
  readonly scope: KeyScope
  readonly domain: string
  /** Epoch milliseconds, `null` for never. */
  readonly expires: number | null
}

/** Whether a key has expired. */
export const isExpired = ({ expires }: AccessKey): boolean => expires !== null && expires <= Date.now()

/** The key with a secret string, `null` for none. The look-up is by digest, so that its duration reveals nothing. */
export const findKey = async (db: Database, key: string): Promise<AccessKey | null> =>
  firstRow<AccessKey>(db, keysSelect, await sha256Hex(key))

interface ListedKey extends Omit<AccessKey, 'domain'> {
  readonly name: string
  readonly created: number
}

/** Lists keys without their secrets. */
export const listKeys = async (db: Database, site: number) =>
  (await db.all<ListedKey>(keysSelectAll, site)).rows.map(({ id, name, scope, created, expires }) => ({
    id: String(id),
    name,
    scope,
    created: timeText(created),
    expires: timeText(expires),
  }))

/** @returns whether there was such a key to remove */
export const removeKey = async (db: Database, site: number, id: number): Promise<boolean> =>
  (await firstRow(db, keysDelete, site, id)) !== null
