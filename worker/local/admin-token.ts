import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/**
 * The admin token kept in `dataDir`, made on the first call: 32 random bytes, base64url, readable by the owner alone.
 * @example await adminTokenIn('.data') // 'q0Yx…'
 */
export const adminTokenIn = async (dataDir: string): Promise<string> => {
  const path = join(dataDir, 'admin-token')
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (!isMissing(error)) throw error
  }
  const token = randomBytes(32).toString('base64url')
  await mkdir(dataDir, { recursive: true })
  await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' })
  return token
}
