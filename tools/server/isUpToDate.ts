import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Milliseconds; 0 for what does not exist. */
const changed = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Folders count too: removing a file changes its folder only. */
const within = (folder: string): string[] => [
  folder,
  ...readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(name => join(folder, name)),
]

/**
 * Whether a file was written after everything that it is made from had last changed.
 * @param sources files and folders
 */
export const isUpToDate = (file: string, sources: readonly string[]): boolean => {
  const written = changed(file)
  return sources.every(source => {
    const paths = statSync(source).isDirectory() ? within(source) : [source]
    return paths.every(path => changed(path) < written)
  })
}
