import { type AccessKey, isExpired } from './accessKeys'
import { type Database, firstRow, statement } from './database'
import signInsDelete from './sql/sign_ins.delete.sql'
import signInsDeleteExpired from './sql/sign_ins.delete_expired.sql'
import signInsInsert from './sql/sign_ins.insert.sql'
import signInsSelect from './sql/sign_ins.select.sql'
import { writeBatch } from './writeBatch'

/** Who is signed in: the owner, or the holder of an access key. */
export interface SignIn {
  /** `null` when the key was revoked or has expired since. */
  readonly asker: 'admin' | AccessKey | null
}

/**
 * Keeps a browser signed in, and forgets those whose time is over.
 * @param key the id of the access key, `null` for the admin token
 * @param expires epoch milliseconds
 */
export const addSignIn = async (db: Database, digest: string, key: number | null, expires: number): Promise<void> => {
  await writeBatch(db, [statement(signInsDeleteExpired, Date.now()), statement(signInsInsert, digest, key, expires)])
}

export const findSignIn = async (db: Database, digest: string): Promise<SignIn | null> => {
  const row = await firstRow<{ signed_in: number | null } & AccessKey>(db, signInsSelect, digest, Date.now())
  if (!row) return null
  const { signed_in: signedIn, ...key } = row
  if (signedIn === null) return { asker: 'admin' }
  return { asker: key.id === null || isExpired(key) ? null : key }
}

export const removeSignIn = async (db: Database, digest: string): Promise<void> => {
  await writeBatch(db, [statement(signInsDelete, digest)])
}
