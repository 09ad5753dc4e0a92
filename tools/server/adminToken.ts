import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isWeakAdminToken, WEAK_ADMIN_TOKEN } from '../../shared/adminToken.ts'
import { CommandFailure } from '../failure.ts'
import { makeDataFolder } from './dataFolder.ts'

export interface AdminToken {
  readonly token: string
  /** Whether this call created it, so that it has not been shown yet. */
  readonly isNew: boolean
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** @throws CommandFailure when the token is too short */
export const expectStrongToken = (token: string): string => {
  if (isWeakAdminToken(token)) throw new CommandFailure(WEAK_ADMIN_TOKEN)
  return token
}

/**
 * Reads the admin token from `dataDir`. The first call creates it: 32 random bytes as base64url, readable by the owner only.
 * @throws CommandFailure when the stored token is too short
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
