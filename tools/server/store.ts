import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { CommandFailure } from '../failure.ts'

/** Where new sites are stored: all in one database, or each in an object of its own. */
export type Store = 'd1' | 'objects'

const STORES: readonly Store[] = ['d1', 'objects']

/** The folder of the objects' files in the data folder, absolute. */
export const objectsFolder = (dataDir: string): string => resolve(dataDir, 'objects')

/** @throws CommandFailure for anything but a store */
export const readStore = (given: string | undefined): Store | undefined => {
  const store = STORES.find(one => one === given)
  if (given === undefined || store) return store
  throw new CommandFailure(`--store is "${given}", but must be d1 or objects.`)
}

/**
 * The store of a data folder: what is given, else what the folder has, so that backups and later starts need not name it.
 * @throws CommandFailure when the folder has objects, and they would be out of reach
 */
export const storeOf = (dataDir: string, given: Store | undefined): Store => {
  const hasObjects = existsSync(objectsFolder(dataDir))
  if (given === 'd1' && hasObjects) {
    throw new CommandFailure(
      `${resolve(dataDir)} has sites in objects. Start without --store, or choose another folder with DATA_DIR.`,
    )
  }
  return given ?? (hasObjects ? 'objects' : 'd1')
}
