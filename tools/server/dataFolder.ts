import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Failure } from '../failure.ts'

/** Another process works with the data. */
export class DataInUse extends Failure {}

const BUSY = 5

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === BUSY

/** The folder of a server's data, made for its owner alone. */
export const makeDataFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/**
 * Makes the folder of a server's data and takes hold of it until `release` is called or the
 * process is gone. SQLite asks the operating system for the lock, so that a process that was killed leaves none behind;
 * the number of a process in a file would, and in a container the next process often has the same number.
 * @throws DataInUse
 * @example const release = await takeDataFolder('.data')
 */
export const takeDataFolder = async (folder: string): Promise<() => void> => {
  await makeDataFolder(folder)
  const lock = new DatabaseSync(join(folder, 'lock'))
  try {
    lock.exec('begin exclusive')
  } catch (error) {
    lock.close()
    if (!isBusy(error)) throw error
    throw new DataInUse(
      `Another Footfall process uses the data in ${resolve(folder)}: stop it, or choose another folder with DATA_DIR.`,
    )
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
