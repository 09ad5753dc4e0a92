import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CommandFailure } from '../failure.ts'

/** Another process uses the data. */
export class DataInUse extends CommandFailure {}

const BUSY = 5

const isBusy = (error: unknown): boolean => error instanceof Error && 'errcode' in error && error.errcode === BUSY

/** Creates the folder of a server's data, accessible to its owner only. */
export const makeDataFolder = async (folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

/**
 * Creates the folder of a server's data and locks it until `release` is called or the process ends. SQLite locks through
 * the operating system, so a killed process leaves no lock behind. A file with a process id would, and in a container the
 * next process often has the same id.
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
      `Another Footfall process uses the data in ${resolve(folder)}. Stop it, or choose another folder with DATA_DIR.`,
    )
  }
  return () => {
    if (lock.isOpen) lock.close()
  }
}
