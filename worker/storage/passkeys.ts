import { sha256Hex } from '../lib/hash'
import { type Database, firstRow, statement } from './database'
import challengesDeleteExpired from './sql/challenges.delete_expired.sql'
import challengesInsert from './sql/challenges.insert.sql'
import challengesTake from './sql/challenges.take.sql'
import invitesSelect from './sql/invites.select.sql'
import invitesUse from './sql/invites.use.sql'
import passkeysCount from './sql/passkeys.count.sql'
import passkeysInsertInvited from './sql/passkeys.insert_invited.sql'
import passkeysSelect from './sql/passkeys.select.sql'
import { writeBatch } from './writeBatch'

/** An invite and the member whom it invites. */
export interface Invite {
  readonly id: string
  readonly name: string
  /** Epoch milliseconds. */
  readonly expires: number
  /** When a passkey was registered with it, `null` before. */
  readonly used: number | null
}

/** The invite with a token, `null` for none. */
export const findInvite = async (db: Database, token: string): Promise<Invite | null> =>
  firstRow<Invite>(db, invitesSelect, await sha256Hex(token))

/** The public half of a passkey. */
export interface Passkey {
  /** The id of the credential, base64url. */
  readonly id: string
  /** COSE, base64url. */
  readonly publicKey: string
  readonly counter: number
}

/**
 * Stores the passkey of whoever was invited, and uses up the invite.
 * @returns the id of the member, `null` when the invite was used before or has expired
 */
export const addInvitedPasskey = async (
  db: Database,
  token: string,
  { id, publicKey, counter }: Passkey,
): Promise<string | null> => {
  const [digest, now] = [await sha256Hex(token), Date.now()]
  const [added] = await db.batch<{ member: string }>([
    statement(passkeysInsertInvited, digest, id, publicKey, counter, now),
    statement(invitesUse, digest, now),
  ])
  return added?.rows[0]?.member ?? null
}

interface StoredPasskey extends Passkey {
  readonly member: string
}

export const findPasskey = async (db: Database, id: string): Promise<StoredPasskey | null> => {
  const row = await firstRow<{ id: string; member: string; public_key: string; counter: number }>(
    db,
    passkeysSelect,
    id,
  )
  return row && { id: row.id, member: row.member, publicKey: row.public_key, counter: row.counter }
}

/** Records how many signatures the authenticator has counted, so that a copy of it is noticed. */
export const countPasskey = async (db: Database, { id }: Passkey, counter: number): Promise<void> => {
  await writeBatch(db, [statement(passkeysCount, id, counter)])
}

/** Stores a challenge, and deletes expired ones. */
export const addChallenge = async (db: Database, digest: string, expires: number): Promise<void> => {
  await writeBatch(db, [statement(challengesDeleteExpired, Date.now()), statement(challengesInsert, digest, expires)])
}

/**
 * Deletes a challenge.
 * @returns whether it existed and had not expired
 */
export const takeChallenge = async (db: Database, digest: string): Promise<boolean> =>
  (await firstRow(db, challengesTake, digest, Date.now())) !== null
