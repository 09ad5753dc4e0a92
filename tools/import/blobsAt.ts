import { openAsBlob } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { NamedBlob } from '../../shared/importers/openImport.ts'
import { CommandFailure } from '../failure.ts'

const pathsAt = async (path: string): Promise<string[]> => {
  const found = await stat(path).catch(() => null)
  if (found === null) throw new CommandFailure(`There is no file ${path}.`)
  if (!found.isDirectory()) return [path]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  if (files.length === 0) throw new CommandFailure(`The folder ${path} is empty.`)
  return files.sort()
}

/**
 * The files at the given paths, and in the folders among them. They are read when they are used.
 * @throws CommandFailure when there is none
 */
export const blobsAt = async (paths: readonly string[]): Promise<NamedBlob[]> => {
  const all = (await Promise.all(paths.map(pathsAt))).flat()
  return Promise.all(all.map(async path => ({ name: basename(path), blob: await openAsBlob(path) })))
}
