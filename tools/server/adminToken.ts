import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isWeakAdminToken, WEAK_ADMIN_TOKEN } from '../../shared/adminToken.ts'
import { Failure } from '../failure.ts'
import { makeDataFolder } from './dataFolder.ts'

export interface AdminToken {
  readonly token: string
  /** Whether it was made just now, so that nobody has seen it yet. */
  readonly isNew: boolean
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** @throws Failure when the token is too short */
export const expectStrongToken = (token: string): string => {
  if (isWeakAdminToken(token)) throw new Failure(WEAK_ADMIN_TOKEN)
  return token
}

/**
 * The admin token kept in `dataDir`, made on the first call: 32 random bytes, base64url, readable by the owner alone.
 * @throws Failure when the one that is kept is too short
 * @example (await adminTokenIn('.data')).token // 'q0Yx…'
 */
export const adminTokenIn = async (dataDir: string): Promise<AdminToken> => {
  const path = join(dataDir, 'admin-token')
  try {
    return { token: expectStrongToken((await readFile(path, 'utf8')).trim()), isNew: false }
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const token = randomBytes(32).toString('base64url')
  await makeDataFolder(dataDir)
  await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
  return { token, isNew: true }
}
