import { statfs } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CommandFailure } from '../failure.ts'

/** Bytes. Migrating a new database writes a megabyte; with less than this, a server would soon stop storing. */
const LEAST = 16 * 1024 * 1024

/** @throws CommandFailure when the disk of the data is full */
export const expectFreeSpace = async (folder: string): Promise<void> => {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= LEAST) return
  throw new CommandFailure(
    `The disk of ${resolve(folder)} is full. Free at least 16 MB, or choose a folder on another disk with DATA_DIR.`,
  )
}
