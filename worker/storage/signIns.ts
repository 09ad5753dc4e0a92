import { type AccessKey, isExpired } from './accessKeys'
import { type Database, firstRow, statement } from './database'
import type { PageShare } from './pageShares'
import signInsDelete from './sql/sign_ins.delete.sql'
import signInsDeleteExpired from './sql/sign_ins.delete_expired.sql'
import signInsInsert from './sql/sign_ins.insert.sql'
import signInsSelect from './sql/sign_ins.select.sql'
import { type MemberRow, memberOf, type TeamMember } from './teamMember'
import { writeBatch } from './writeBatch'

/** Who may sign in: the holder of the admin token or of an access key, or a member. */
type Signer = 'admin' | AccessKey | TeamMember

/** Who may ask for something: somebody who may sign in, or a viewer of shared pages. */
export type Asker = Signer | PageShare

/** A browser that is signed in. */
export interface SignIn {
  /** `null` if the key has been revoked or has expired, or the member was removed. */
  readonly asker: Signer | null
}

/** What a browser signs in with. */
export type SignedInBy = 'admin' | Pick<AccessKey, 'id'> | Pick<TeamMember, 'id'>

/** A key that no site has, so that a release without members finds none. */
const NO_KEY = 0

const columnsOf = (by: SignedInBy): readonly [key: number | null, member: string | null] => {
  if (by === 'admin') return [null, null]
  return typeof by.id === 'string' ? [NO_KEY, by.id] : [by.id, null]
}

/**
 * Keeps a browser signed in, and deletes expired sign-ins.
 * @param expires epoch milliseconds
 * @param former the digest of the sign-in that this one replaces
 */
export const addSignIn = async (
  db: Database,
  digest: string,
  by: SignedInBy,
  expires: number,
  former: string | null = null,
): Promise<void> => {
  const [key, member] = columnsOf(by)
  await writeBatch(db, [
    statement(signInsDeleteExpired, Date.now()),
    ...(former === null ? [] : [statement(signInsDelete, former)]),
    statement(signInsInsert, digest, key, member, expires),
  ])
}

interface SignInRow extends AccessKey, Omit<MemberRow, 'id'> {
  readonly signed_in_key: number | null
  readonly signed_in_member: string | null
  readonly member: string | null
}

const askerOf = (row: SignInRow): Signer | null => {
  if (row.signed_in_member !== null) return row.member === null ? null : memberOf({ ...row, id: row.member })
  if (row.signed_in_key === null) return 'admin'
  const { id, scope, domain, expires } = row
  return id === null || isExpired(row) ? null : { id, scope, domain, expires }
}

export const findSignIn = async (db: Database, digest: string): Promise<SignIn | null> => {
  const row = await firstRow<SignInRow>(db, signInsSelect, digest, Date.now())
  return row && { asker: askerOf(row) }
}

export const removeSignIn = async (db: Database, digest: string): Promise<void> => {
  await writeBatch(db, [statement(signInsDelete, digest)])
}
