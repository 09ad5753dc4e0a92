import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT } from './config.ts'

export const buildSnippet = async () => {
  if (!existsSync(join(PROJECT, 'snippet/build.ts'))) return
  const { build } = await import(join(PROJECT, 'snippet/build.ts'))
  await build()
}
