import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { CommandFailure } from '../failure.ts'

/** Folders of the files of D1 and of the objects. */
const FOLDERS = ['d1/miniflare-D1DatabaseObject', 'objects/footfall-SiteObject']

/** Describes the damage to a database, `null` if there is none. `quick_check` reads every page, but no index against its table. */
const findDamage = (path: string): string | null => {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    const [row] = db.prepare('pragma quick_check(1)').all()
    const found = String(row?.quick_check).split('\n').at(-1) ?? ''
    return found === 'ok' ? null : found
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  } finally {
    db.close()
  }
}

const databasesIn = async (dataDir: string): Promise<string[]> => {
  const folders = FOLDERS.map(folder => join(dataDir, folder))
  const lists = folders.map(async folder => {
    const names = await readdir(folder).catch((): string[] => [])
    return names.filter(name => name.endsWith('.sqlite')).map(name => join(folder, name))
  })
  return (await Promise.all(lists)).flat()
}

/**
 * SQLite notices damage only when it reads a damaged page, which could be weeks later.
 * @throws CommandFailure when a database of the folder is damaged
 */
export const expectIntactDatabase = async (dataDir: string): Promise<void> => {
  for (const path of await databasesIn(dataDir)) {
    // SQLite would take an empty file for a new database.
    const damage = (await stat(path)).size === 0 ? 'the file is empty' : findDamage(path)
    if (damage === null) continue
    throw new CommandFailure(
      `The database ${resolve(path)} is damaged: ${damage}. Restore a backup into another folder: ` +
        'DATA_DIR=… npm run restore -- --in footfall-2026-01-31.ndjson, then start with that DATA_DIR.',
    )
  }
}
