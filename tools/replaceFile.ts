import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DIST } from './dist.ts'

/**
 * Writes a file of `dist/` atomically: tests and servers that run in parallel each build the same ones. The draft is in
 * no folder whose files are served.
 */
export const replaceFile = async (path: string, content: string | Uint8Array): Promise<void> => {
  const draft = join(DIST, `draft-${randomUUID()}`)
  await mkdir(dirname(path), { recursive: true })
  await writeFile(draft, content)
  await rename(draft, path)
}
