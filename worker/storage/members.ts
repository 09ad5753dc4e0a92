import { DAY } from '../../shared/time'
import { randomHex, sha256Hex } from '../lib/hash'
import { type Database, firstRow, type SqlStatement, statement } from './database'
import invitesDelete from './sql/invites.delete.sql'
import invitesInsert from './sql/invites.insert.sql'
import membersDelete from './sql/members.delete.sql'
import membersInsert from './sql/members.insert.sql'
import membersSelectAll from './sql/members.select_all.sql'
import membersSelectByEmail from './sql/members.select_by_email.sql'
import membersUpdate from './sql/members.update.sql'
import membershipsDelete from './sql/memberships.delete.sql'
import membershipsInsert from './sql/memberships.insert.sql'
import passkeysDelete from './sql/passkeys.delete.sql'
import signInsDeleteOfMember from './sql/sign_ins.delete_of_member.sql'
import { type MemberRow, memberOf, type TeamMember } from './teamMember'
import { writeBatch } from './writeBatch'

const INVITED_FOR = 7 * DAY
/** Bytes. */
const ID = 8
const TOKEN = 32

/** A member with what only the owners of their sites may know. */
export interface ListedMember extends TeamMember {
  /** The digest of the email address. */
  readonly email: string | null
  /** Epoch milliseconds, as the others. */
  readonly created: number
  readonly passkeys: number
  /** Until when the invite can be used, `null` when it was used. */
  readonly invited: number | null
}

type MemberFields = Omit<TeamMember, 'id'> & Pick<ListedMember, 'email'>

const addSites = ({ id, sites }: Pick<TeamMember, 'id' | 'sites'>): SqlStatement[] =>
  sites === '*' ? [] : [statement(membershipsInsert, id, JSON.stringify(sites))]

const everySite = ({ sites }: Pick<TeamMember, 'sites'>): number => (sites === '*' ? 1 : 0)

/**
 * The digest by which an email address is found. Only A to Z are lowered: Unicode also lowers the Kelvin sign to k, which
 * would make two people one.
 */
export const digestOfEmail = (email: string): Promise<string> =>
  sha256Hex(email.trim().replace(/[A-Z]/g, letter => letter.toLowerCase()))

/** Only its digest is stored. */
const newInvite = async (id: string): Promise<{ readonly token: string; readonly insert: SqlStatement }> => {
  const token = randomHex(TOKEN)
  return { token, insert: statement(invitesInsert, await sha256Hex(token), id, Date.now() + INVITED_FOR) }
}

/**
 * Adds a member.
 * @returns the member and the token of the invite, which is in no table
 */
export const addMember = async (
  db: Database,
  fields: MemberFields,
): Promise<{ readonly id: string; readonly token: string }> => {
  const id = randomHex(ID)
  const { token, insert } = await newInvite(id)
  await writeBatch(db, [
    statement(membersInsert, id, fields.name, fields.role, everySite(fields), fields.email, Date.now()),
    ...addSites({ id, ...fields }),
    insert,
  ])
  return { id, token }
}

/**
 * Invites a member again, so that they can register another passkey.
 * @returns the token of the invite, which is in no table
 */
export const inviteMember = async (db: Database, id: string): Promise<string> => {
  const { token, insert } = await newInvite(id)
  await writeBatch(db, [insert])
  return token
}

interface ListedRow extends MemberRow, Omit<ListedMember, keyof TeamMember> {}

export const listMembers = async (db: Database): Promise<ListedMember[]> =>
  (await db.all<ListedRow>(membersSelectAll)).rows.map(({ email, created, passkeys, invited, ...row }) => ({
    ...memberOf(row),
    email,
    created,
    passkeys,
    invited,
  }))

export const updateMember = async (db: Database, id: string, fields: MemberFields): Promise<void> => {
  await writeBatch(db, [
    statement(membersUpdate, id, fields.name, fields.role, everySite(fields), fields.email),
    statement(membershipsDelete, id),
    ...addSites({ id, ...fields }),
  ])
}

/** Removes a member and everything that lets them sign in. */
export const removeMember = async (db: Database, id: string): Promise<void> => {
  await writeBatch(
    db,
    [signInsDeleteOfMember, passkeysDelete, invitesDelete, membershipsDelete, membersDelete].map(sql =>
      statement(sql, id),
    ),
  )
}

/** The member with a verified email address, `null` for none. */
export const findMemberByEmail = async (db: Database, email: string): Promise<TeamMember | null> => {
  const row = await firstRow<MemberRow>(db, membersSelectByEmail, await digestOfEmail(email))
  return row && memberOf(row)
}
